"""The left side of the view: the filters, and below them the table or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, format_series, ngettext
from followup_desktop.services.rows import NO_FILTERS, ApplicationQuery, QuickFilters, StageFilter
from followup_desktop.ui.applications.cells import CellDelegate
from followup_desktop.ui.applications.filters import StageFilters
from followup_desktop.ui.applications.model import ApplicationTableModel
from followup_desktop.ui.applications.quick_filters import QuickFilterChips
from followup_desktop.ui.applications.table import ApplicationsTable
from followup_desktop.ui.applications.view_chips import ViewChips
from followup_desktop.ui.kit.saved_views import Arrangement, SavedViews
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import TYPED_MS, Announcer
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Text, let_shrink
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.kit.widgets.placing import tab_behind

_SEARCHED = (StageFilter.ACTIVE, StageFilter.SAVED, StageFilter.CLOSED, StageFilter.ARCHIVED)
"""The filters that together show every application."""


class HeldNote(QWidget):
    """Says below the table why a row is still there; ``pressed`` asks for it to go."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = Text("", "small", wrap=True)
        let_shrink(self.text)
        self.button = Button(_("Update the list"), look="link")
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_for(self, sentence: str) -> None:
        """Show the sentence, if there is one."""
        self.text.setText(sentence)
        self.setVisible(bool(sentence))


class ApplicationsPane(QWidget):
    """What is shown of all applications; ``queried`` says that something else is shown now.

    ``searched`` says so where it is what another text finds that was searched for, ``search_changed`` carries
    that text where it was changed here.
    """

    queried = Signal()
    searched = Signal()
    search_changed = Signal(str)
    add_pressed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._last: str | None = None
        self.model = ApplicationTableModel(context.overview, context.wording, context.clock, parent=self)
        self.table = ApplicationsTable(self.model, context.theme)
        self.table.setItemDelegate(CellDelegate(context, self.model, self.table))
        self.filters = StageFilters(context.wording)
        self.quick = QuickFilterChips(context, self.filters)
        self.held = HeldNote()
        self.views = ViewChips(SavedViews(context.settings), self.filters, context.theme, self.arrangement)
        self.is_empty = False
        """Whether there is no application at all."""
        self._arrange()
        self.filters.chosen.connect(lambda chosen: self.show_stage(StageFilter(chosen)))
        self.quick.chosen.connect(self.show_only)
        self.views.chosen.connect(self.arrange)
        self.held.pressed.connect(self.let_go)
        self.table.arranged.connect(self.views.mark)
        self.table.current_changed.connect(self._remember)

    def _arrange(self) -> None:
        self._table_page = QWidget()
        page = QVBoxLayout(self._table_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.S)
        page.addWidget(self.table, 1)
        page.addWidget(self.held)
        page.addStretch(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.filters)
        column.addWidget(self._pages, 1)

    def put_below(self, bar: QWidget) -> None:
        """Let a bar stand below the table's last row."""
        layout = self._table_page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(2, bar)
            tab_behind(self.held, bar)

    @property
    def empty_state(self) -> EmptyState | None:
        """What stands there instead of rows; ``None`` where there are some."""
        page = self._pages.currentWidget()
        return page if isinstance(page, EmptyState) else None

    @cached_property
    def nothing_yet(self) -> EmptyState:
        """What stands there before the first application."""
        empty = EmptyState(
            self._context.theme,
            "briefcase",
            _("No applications yet"),
            _("Add your first one. You only need an employer and a role."),
            button=StrongButton(_("Add application")),
        )
        empty.pressed.connect(self.add_pressed)
        return self._take_in(empty)

    @cached_property
    def nothing_found(self) -> EmptyState:
        """What stands there where the filters leave nothing."""
        empty = EmptyState(
            self._context.theme, "search", button=Button(_("Show all applications"), look="plain")
        )
        empty.pressed.connect(self._show_others)
        return self._take_in(empty)

    def _take_in(self, empty: EmptyState) -> EmptyState:
        """Give it its place; most never see it, so it is made when it is needed."""
        self._pages.addWidget(empty)
        tab_behind(self._table_page, empty)
        return empty

    def show_stage(self, chosen: StageFilter, text: str | None = None) -> None:
        """Show what is under a filter, and contains the text if there is another one."""
        query = self.model.query
        self._ask(replace(query, stage_filter=chosen, text=query.text if text is None else text))

    def show_only(self, quick: QuickFilters, chosen: StageFilter | None = None) -> None:
        """Show what these filters leave of what is under the filter by stage, which may be another one."""
        query = self.model.query
        self._ask(replace(query, quick=quick, stage_filter=chosen or query.stage_filter))

    def choose_filters(self) -> None:
        """Open the menu of the filters."""
        self.quick.button.click()

    def choose_columns(self) -> None:
        """Open the menu of the columns."""
        self.table.columns_shown.button.click()

    def let_go(self) -> None:
        """Let the row leave the table that stayed only while it was looked at."""
        if self.model.held is not None:
            self.model.release()
            self.queried.emit()

    def arrangement(self) -> Arrangement:
        """How the table is set now."""
        return Arrangement(self.model.query, self.table.columns_shown.chosen())

    def arrange(self, wanted: Arrangement) -> None:
        """Set the table like this."""
        self.table.columns_shown.choose(wanted.columns)
        self._ask(wanted.query)
        self.table.columns_shown.mark_order()

    def _ask(self, query: ApplicationQuery) -> None:
        before = self.model.query.text
        self._last = None
        self.table.columns_shown.measure_next()
        self.model.set_query(query)
        if query.text != before:
            self.search_changed.emit(query.text)
        self.views.mark()
        self.queried.emit()
        self._announce_found()

    def set_search_text(self, text: str) -> None:
        """Show only what contains the text."""
        if text != self.model.query.text:
            self._last = None
            self.model.set_query(replace(self.model.query, text=text))
            self.views.mark()
            self.searched.emit()
            self._announce_found()

    def _announce_found(self) -> None:
        """Say how many applications are shown now or, as it stands there, why there are none."""
        count = self.model.rowCount()
        words = ngettext("{n} application", "{n} applications", count).format(n=format_number(count))
        if self.empty_state is not None and not count:
            words = self.empty_state.words
        voice = Announcer.of(self)
        voice.announce(words, about=self, rest=TYPED_MS, unless=lambda: not self.isVisible())

    def bring(self, application: str) -> None:
        """Show the row of an application that is under none of the filters chosen; they stay as they are."""
        self.model.bring(application)
        self.show_counts()

    def uncover(self, application: str) -> None:
        """Turn to a filter that shows the application, so that its row can be seen."""
        for chosen in _SEARCHED:
            query = replace(self.model.query, stage_filter=chosen, quick=NO_FILTERS, text="")
            if application in self._context.overview.application_ids(query, self._context.clock()):
                self._ask(query)
                return

    def show_counts(self) -> None:
        """Write the numbers on the filters, and show the table or why it is empty."""
        now, quick = self._context.clock(), self.model.query.quick
        counts = self._context.overview.stage_counts(now)
        has_any = any(counts.values())
        self.filters.show_counts(self._context.overview.stage_counts(now, quick) if quick.any else counts)
        self.quick.show_filters(quick)
        self.held.show_for(self._held_sentence())
        self.filters.select(self.model.query.stage_filter)
        self.filters.setVisible(has_any)
        page = self._page(has_any)
        self._pages.setCurrentWidget(page)
        self.is_empty = not has_any and page is not self._table_page

    def _page(self, has_any: bool) -> QWidget:
        if self.model.rowCount():
            return self._table_page
        if not has_any:
            return self.nothing_yet
        query = self.model.query
        label = self._context.wording.stage_filter_label(query.stage_filter)
        title = _("Nothing in “{filter}”").format(filter=label)
        text = _("Your other applications are in the other filters.")
        if query.quick.any:
            title = _("No application fits these filters")
            narrowed = _("Nothing in “{filter}” is {filters}.")
            if query.text:
                narrowed = _("Nothing in “{filter}” that contains this text is {filters}.")
            quoted = (_("“{title}”").format(title=words) for words in self.quick.in_words())
            text = narrowed.format(filter=label, filters=format_series(quoted))
        if query.text:
            title = _("Nothing matches “{text}”").format(text=query.text)
            if not self._is_narrowed():
                text = self._where_else() or _("No application in “{filter}” contains this text.").format(
                    filter=label
                )
        where = None if query.text or query.quick.any else self._gone_to()
        action = _("Show it") if where else _("Show all applications")
        if self._is_narrowed():
            action = _("Clear filters")
        self.nothing_found.set_texts(title, where or text, action)
        return self.nothing_found

    def _is_narrowed(self) -> bool:
        """Whether it is the filters by tag, fit, quiet and next step that leave nothing of what is there."""
        query = self.model.query
        if not query.quick.any or not query.text:
            return query.quick.any
        wider = replace(query, quick=NO_FILTERS)
        return bool(self._context.overview.application_ids(wider, self._context.clock()))

    def _found_elsewhere(self) -> int:
        """How many applications with what is looked for are there under any filter."""
        query = self.model.query
        everywhere = replace(query, stage_filter=StageFilter.ALL, quick=NO_FILTERS)
        ids = self._context.overview.application_ids
        return len(ids(everywhere, self._context.clock())) if query.text else 0

    def _where_else(self) -> str:
        """A sentence on what is found under other filters; empty if nothing is."""
        if not (found := self._found_elsewhere()):
            return ""
        text = ngettext(
            "{n} application in the other filters contains this text.",
            "{n} applications in the other filters contain this text.",
            found,
        )
        return text.format(n=format_number(found))

    def _remember(self, application: str) -> None:
        """Keep the row that was current last: it may be the one that leaves the table empty."""
        if application:
            self._last = application

    def _held_sentence(self) -> str:
        """A sentence on the held row that isn't among those asked for; empty if none is held."""
        held = self.model.held
        row = self.model.row(self.model.row_of(held)) if held is not None else None
        if row is None:
            return ""
        sentence = _("{name} no longer fits this list. It stays here until you select another row.")
        if self.model.is_brought:
            sentence = _("{name} isn't in this list. It stays here until you select another row.")
        return sentence.format(name=row.employer)

    def _gone_to(self) -> str | None:
        """Where the row went that was current until it left the table, in a sentence."""
        if self._last is None:
            return None
        try:
            gone = self._context.overview.detail(self._last, self._context.clock()).application
        except Refused:  # deleted
            self._last = None
            return None
        stage = self._context.wording.stage_label(gone.stage)
        where = self._context.wording.stage_filter_label(StageFilter.ARCHIVED) if gone.archived else stage
        return _("{name} is now in “{filter}”.").format(name=gone.employer, filter=where)

    def _show_others(self) -> None:
        """Show where the application is that has left the table, or everything."""
        gone, self._last = self._last, None
        if self._is_narrowed():
            self.show_only(NO_FILTERS)
        elif gone is not None and not self.model.query.text:
            self.uncover(gone)
            self.table.select_only(gone)
        else:
            is_elsewhere = bool(self._found_elsewhere())
            self.show_only(NO_FILTERS)
            self.show_stage(StageFilter.ALL, text=None if is_elsewhere else "")
        self.table.setFocus()
