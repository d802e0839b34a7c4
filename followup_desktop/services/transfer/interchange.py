"""The interchange file: everything the user entered, to keep, to move and to script against.

Reading gives a ``Document`` of checked values; merging it into the facts that are there gives the new facts
and a report; writing gives a text that reads back to the same facts and is written again byte for byte.
"""

from __future__ import annotations

from followup_desktop.services.transfer.document import Document, Row
from followup_desktop.services.transfer.interchange_write import write
from followup_desktop.services.transfer.merge import MergeResult, merge
from followup_desktop.services.transfer.readers.interchange import read
from followup_desktop.services.transfer.report import Change, ImportReport, ImportRow

__all__ = ["Change", "Document", "ImportReport", "ImportRow", "MergeResult", "Row", "merge", "read", "write"]
