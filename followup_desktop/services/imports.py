"""Importing into a store: what the trash has to do with it."""

from __future__ import annotations

from followup_desktop.services.transfer.interchange import Document, Merged, merge
from followup_desktop.storage.store import Thing
from followup_desktop.storage.trash import TrashReads


def merged_into(reads: TrashReads, document: Document) -> Merged:
    """What the stored facts become when the document is imported; nothing is written yet.

    An application or contact in the trash that the file brings again comes out of it: it takes the file's
    values and keeps its others, as if it had never been there. ``Transaction.put_facts`` writes that.
    ``Refused`` is all that writing it would refuse, so that who only asks is told the same, and an import
    into a file that is damaged.
    """
    reads.check_sound()
    restored = reads.in_trash(Thing.CONTACT, [row.id for row in document.contacts])
    restored |= reads.in_trash(Thing.APPLICATION, [row.id for row in document.applications])
    merged = merge(document, reads.facts(restored), restored)
    reads.check_beside_trash(merged.facts, restored)
    return merged
