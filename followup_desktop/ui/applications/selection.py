"""What is done to the selected applications, one or many, each time as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Progress
from followup_desktop.services.rows import ApplicationQuery, StageFilter
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.services.transfer.exporting import write_file
from followup_desktop.ui.kit.file_dialogs import ask_for_export
from followup_desktop.ui.kit.forms.field import tags_in
from followup_desktop.ui.kit.progress import ProgressRunner
from followup_desktop.ui.kit.view import Context


class SelectionVerbs(QObject):
    """The verbs for what ``selected`` gives; ``delete_wanted`` asks for all of it to go to the trash."""

    delete_wanted = Signal()

    def __init__(
        self,
        context: Context,
        progress: ProgressRunner,
        selected: Callable[[], list[str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._progress = progress
        self._context = context
        self._selected = selected
        self._window = parent

    @property
    def all_archived(self) -> bool:
        """Whether everything selected was put away, so that it can only be taken out again."""
        ids, overview, now = self._selected(), self._context.overview, self._context.clock()
        if not all(each.archived for each in overview.application_rows(ids[:1], now)):
            return False  # most often; of ten thousand not all need be looked up
        query = ApplicationQuery(stage_filter=StageFilter.ARCHIVED)
        archived = frozenset(overview.application_ids(query, now))
        return bool(ids) and archived.issuperset(ids)

    def stage_actions(self, menu: QMenu) -> list[QAction]:
        """One action a stage, for a menu."""
        actions = []
        for stage in Stage:
            action = QAction(self._context.wording.stage_label(stage), menu)
            action.triggered.connect(lambda _checked=False, stage=stage: self.set_stage(stage))
            actions.append(action)
        return actions

    def set_stage(self, stage: Stage) -> None:
        """Move all of them to a stage."""
        ids = self._selected()
        name, label = self._only_name(), self._context.wording.stage_label(stage)

        def said(done: Result) -> str:
            if name:
                return _("Moved {name} to {stage}").format(name=name, stage=label)
            return ngettext(
                "Moved {n} application to {stage}", "Moved {n} applications to {stage}", done.count
            ).format(n=format_number(done.count), stage=label)

        # Where it moved to is said already.
        self._do(lambda tracker: _without_notice(tracker.set_stage_many(ids, stage)), said)

    def tag(self, text: str, *, take_away: bool = False) -> bool:
        """Give all of them the tags in the text, with commas between, or take these; whether it was done."""
        try:
            tags = tags_in(text, _("Tags"))
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return False
        if not tags:
            self._context.show_status(_("Enter a tag, or several separated by commas."))
            return False
        ids = self._selected()
        if take_away:
            said = ngettext(
                "Removed tags from {n} application", "Removed tags from {n} applications", len(ids)
            ).format(n=format_number(len(ids)))
            return self._do(lambda tracker: tracker.tag_many(ids, remove=tags), lambda _done: said)
        said = ngettext("Tagged {n} application", "Tagged {n} applications", len(ids)).format(
            n=format_number(len(ids))
        )
        return self._do(lambda tracker: tracker.tag_many(ids, add=tags), lambda _done: said)

    def archive(self) -> None:
        """Put all of them away; if they all were, take them out again."""
        archived, ids = not self.all_archived, self._selected()
        if name := self._only_name():
            words = _("Archived the application to {employer}")
            if not archived:
                words = _("Unarchived the application to {employer}")
            said = words.format(employer=name)
            self._do(lambda tracker: tracker.archive_many(ids, archived), lambda _done: said)
            return
        said = ngettext("Archived {n} application", "Archived {n} applications", len(ids)).format(
            n=format_number(len(ids))
        )
        if not archived:
            said = ngettext(
                "Unarchived {n} application",
                "Unarchived {n} applications",
                len(ids),
            ).format(n=format_number(len(ids)))
        self._do(lambda tracker: tracker.archive_many(ids, archived), lambda _done: said)

    def export(self) -> None:
        """Ask for a file and write them to it, in the format of its kind."""
        if not self._selected():
            return
        try:
            target = ask_for_export(self._window, self._context.settings, _("applications.json"))
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return
        if target is not None:
            self.export_to(target)

    def export_to(self, target: Path) -> None:
        """Write them to this file, in the format that its ending names."""
        ids, files = self._selected(), self._context.desktop.files

        def write(session: Session, under_way: Progress) -> int:
            contents = session.tracker.export_selection(ids)
            write_file(files, target, lambda: contents, is_cancelled=under_way.is_cancelled)
            return len(contents.facts.applications)

        try:
            count = self._progress.run(_("Exporting {file}…").format(file=target.name), write)
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return
        said = ngettext("Exported {n} application to {file}", "Exported {n} applications to {file}", count)
        self._context.show_status(said.format(n=format_number(count), file=target.name))

    def run(self, verb: Callable[[Tracker], Result], *, many: int | None = None) -> Result:
        """Run a verb for all of them; where they are ``many``, beside the window, with Cancel."""
        count = len(self._selected())
        text = ngettext("Changing {n} application…", "Changing {n} applications…", count).format(
            n=format_number(count)
        )
        return self._progress.run_for(count, text, verb, self._context.tracker, many=many)

    def _only_name(self) -> str:
        """The employer, if one application alone is selected."""
        ids = self._selected()
        rows = self._context.overview.application_rows(ids, self._context.clock()) if len(ids) == 1 else ()
        return rows[0].employer if rows else ""

    def _do(self, verb: Callable[[Tracker], Result], words: Callable[[Result], str]) -> bool:
        """Run a verb and say what it did, or why it was refused."""
        try:
            done = self.run(verb)
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return False
        said = words(done)
        if done.notice and done.notice == done.label:
            self._context.show_status(done.notice)  # nothing had to be done
        else:
            self._context.show_done(said, done)
        return True


def _without_notice(done: Result) -> Result:
    return done if done.notice == done.label else replace(done, notice=None)
