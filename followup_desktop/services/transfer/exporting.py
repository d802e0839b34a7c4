"""Facts as a file, in the format that its reader wants: for the window and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from followup_desktop.i18n import _
from followup_desktop.services.ports import Files
from followup_desktop.services.transfer.formats import Contents, Writer, writer_for
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store


def export_to(
    store: Store,
    files: Files,
    target: Path,
    now: datetime,
    wording: Wording,
    *,
    writer: Writer | None = None,
    is_cancelled: Callable[[], bool] = bool,
) -> str:
    """Write everything to a file, as ``write_file`` does; says in a sentence what was written, and where.

    Raises ``Refused``.
    """
    used = write_file(files, target, lambda: everything(store, now, wording), writer, is_cancelled)
    return _(used.written).format(file=target.name)


def write_file(
    files: Files,
    target: Path,
    contents: Callable[[], Contents],
    writer: Writer | None = None,
    is_cancelled: Callable[[], bool] = bool,
) -> Writer:
    """Write what these contents are to a file, by its ending unless a writer is named; gives that writer.

    Whoever asks, the bytes are the same. A calendar of ours goes on from what is there. Raises ``Refused``.
    """
    files.check_target(target)  # first, for its ending tells less than whose it is
    writer = writer or writer_for(target)
    written = contents()
    if writer.goes_on and target.is_file():
        written = replace(written, previous=files.read(target))
    files.write(target, writer.mark + writer.write(written), is_cancelled)
    return writer


def everything(store: Store, now: datetime, wording: Wording) -> Contents:
    """All that is stored, to be written."""
    facts, plan = store.facts_and_plan()
    return Contents(facts=facts, plan=plan, now=now, wording=wording)
