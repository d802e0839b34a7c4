"""Exporting everything in the window, into a file that the user names."""

from __future__ import annotations

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Progress
from followup_desktop.services.transfer.exporting import export_to
from followup_desktop.ui.kit.file_dialogs import ask_for_export
from followup_desktop.ui.kit.progress import ProgressRunner
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.toast import Toast


def export_a_file(context: Context, progress: ProgressRunner, toast: Toast) -> None:
    """Let the user name a file, and write everything into it beside the window."""
    try:
        path = ask_for_export(toast.window(), context.settings)
    except Refused as refused:
        context.show_status(str(refused))
        return
    if path is None:
        return

    def write(session: Session, under_way: Progress) -> str:
        return export_to(
            session.store,
            context.desktop.files,
            path,
            context.clock(),
            context.wording,
            is_cancelled=under_way.is_cancelled,
        )

    try:
        context.show_status(progress.run(_("Exporting {file}…").format(file=path.name), write))
    except Refused as refused:
        toast.show_sentence(str(refused), can_undo=False)
