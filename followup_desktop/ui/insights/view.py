"""The Insights view: three sentences on how the search goes, and the pictures they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Progress
from followup_desktop.services.reading.insights import Insights
from followup_desktop.services.rows.figures import Chart, Figures, InsightQuery
from followup_desktop.services.wording.formats import sentences
from followup_desktop.services.wording.insights import InsightWords
from followup_desktop.ui.insights.card import ChartCard
from followup_desktop.ui.insights.drawing import Look
from followup_desktop.ui.insights.filters import Filters
from followup_desktop.ui.insights.pictures import PictureVerbs
from followup_desktop.ui.kit.background_reader import BackgroundReader
from followup_desktop.ui.kit.colours import LIGHT
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import PICTURE_VERBS
from followup_desktop.ui.kit.file_dialogs import ask_for_place
from followup_desktop.ui.kit.forms.panel import scrolled_page
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import AddApplication, MakeReport, SuggestSetting
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import Button, FlushLink, StrongButton
from followup_desktop.ui.kit.widgets.card import Card, LineText, Text, as_heading
from followup_desktop.ui.kit.widgets.empty_state import EmptyState, PageOrEmpty
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.placing import placed_once

_WIDTH = 1180
"""No wider than this, in pixels at the ordinary text size."""
_TWO_COLUMNS = 860
_HOUR = 3600
_LEFT = (Chart.FLOW, Chart.WEEKS, Chart.ANSWER_TIMES, Chart.DECISION_TIMES)
_RIGHT = (Chart.SOURCES, Chart.IN_TIME, Chart.AGES, Chart.CALLS)


class _InsightsData(NamedTuple):
    """The figures, and what they can be narrowed down to: of 100,000 applications that took 90 ms, too."""

    figures: Figures
    sources: list[str]
    tags: list[str]

    @classmethod
    def of(cls, insights: Insights, query: InsightQuery, now: datetime) -> _InsightsData:
        return cls(insights.figures(query, now), insights.sources(), insights.tags())


class InsightsView(View):
    """Counts when it is shown and when something changed while it is; writes nothing."""

    name = "insights"
    times_change_every = _HOUR

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._theme = context.theme
        self._insights = context.readers.insights
        self.setAccessibleName(_("Insights view"))
        self.figures = Figures()
        self.filters = Filters(self.context, self._words())
        self.subtitle = LineText("", "secondary")
        self.sentences = Text("", "text", wrap=True)
        self.patience = Text("", "secondary", wrap=True)
        self.suggestion = Text("", "secondary", wrap=True)
        self.suggestion_button = FlushLink(_("Change the setting…"))
        self.share_button = Button(_("Share without names…"))
        self.picture_verbs = PictureVerbs(self.context, lambda: self.figures, self._words, self)
        self.cards = {chart: ChartCard(self._theme, chart, self.menu) for chart in (*_LEFT, *_RIGHT)}
        self._current: Chart | None = None
        self._query = InsightQuery()
        self._is_asked = False
        """Whether what is counted is awaited: of filters that were chosen now, or what is seen first."""
        for card in self.cards.values():
            card.entered.connect(self._enter)
        self.nothing = EmptyState(
            self._theme,
            "insights",
            _("Nothing to count yet"),
            _("Once you've applied somewhere, you'll see here how far your applications get."),
            button=StrongButton(_("Add application")),
        )
        self.report_button = Button(_("Report…"))
        self.reader = BackgroundReader(context.data.background, self)
        self._progress = context.progress(self)
        self._lay_out()
        self.filters.changed.connect(self._ask)
        self.reader.found.connect(self._show_counted)
        self.reader.failed.connect(self.context.show_status)
        self.share_button.clicked.connect(self._share)
        self.suggestion_button.clicked.connect(self._suggest)
        self.report_button.clicked.connect(lambda: self.context.open(MakeReport()))
        self.nothing.pressed.connect(lambda: self.context.open(AddApplication()))

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Count anew."""
        self._count()

    def show_figures(self, figures: Figures) -> None:
        """Show these figures."""
        self.figures = figures
        words = self._words()
        self.subtitle.setText(words.subtitle(figures))
        self.sentences.setText(sentences(*words.sentences(figures)))
        if self._is_asked:
            self._is_asked = False
            Announcer.of(self).announce(
                self.sentences.text(), about=self, unless=lambda: not self.isVisible()
            )
        suggestion = words.suggestion(figures, self.context.overview.policy().check_in_working_days)
        self.share_button.setEnabled(not figures.is_empty)
        with placed_once(*self._layouts):
            self.patience.show_words(words.patience(figures))
            self.suggestion.show_words(suggestion)
            self.suggestion_button.setVisible(bool(suggestion))
            for chart, card in self.cards.items():
                card.show_figures(figures, words.chart(chart, figures))
        is_narrowed = self.filters.query() != InsightQuery()
        self._pages.show_page(is_empty=figures.is_empty and not is_narrowed)

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """What is done with all pictures at once, and with the one that the keyboard came to last."""
        if self.figures.is_empty:
            return {}
        current = {} if self._current is None else self.picture_verbs.verbs(self._current)
        return {"share-search": self._share, **current}

    def selection(self) -> Selection:
        """The picture that the keyboard came to last."""
        words = self.cards[self._current].words if self._current is not None else None
        return Selection(picture=words.title if words is not None and words.rows else None)

    def menu(self, chart: Chart) -> QMenu:
        """What can be done with that picture."""
        self._enter(chart)
        menu = command_menu(offer_of(self), PICTURE_VERBS, self)
        without = next((each for each in menu.actions() if each.data() == "leave-out-names"), None)
        if without is not None:
            without.setCheckable(True)
            without.setChecked(self.picture_verbs.is_without_names)
        return menu

    def _enter(self, chart: Chart) -> None:
        self._current = chart

    @property
    def announcement(self) -> str:
        return self._pages.announcement or self.sentences.text()

    def begin(self) -> None:
        """Put the keyboard on the first choice."""
        part = self.nothing.button if self._pages.is_empty else self.filters.period
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Draw the pictures in the theme's sizes."""
        for card in self.cards.values():
            card.picture.draw_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cards stand beside each other, and the buttons beside the title, where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(_TWO_COLUMNS)
        for boxes in (self._head, self._columns):
            towards = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            if boxes.direction() != towards:
                boxes.setDirection(towards)

    def _words(self) -> InsightWords:
        return InsightWords(self.context.days.today())

    def _ask(self) -> None:
        query = self.filters.query()  # a field that is left says that it was changed
        self._is_asked = self._is_asked or query != self._query
        self._count()

    def _count(self) -> None:
        query = self._query = self.filters.query()
        if self._insights.counts_at_once():
            self.reader.cancel()
            self._show_counted(_InsightsData.of(self._insights, query, self.context.clock()))
        else:
            self._count_beside(query)

    def _suggest(self) -> None:
        """Have the user's own numbers looked at as a setting, which stays as it is until it is applied."""
        days = self.figures.check_in_days
        if days is not None:
            self.context.open(SuggestSetting("check_in_working_days", days))

    def _share(self) -> None:
        """Write the pictures and tables into one page that names nobody."""
        from followup_desktop.ui.insights.share import SharedFigures, shared_page  # few looks lead to it

        kind = _("Web page (*.html)")
        title = _("Share without names")
        path = ask_for_place(self, self.context.settings, title, _("my-search.html"), kind)
        if path is None:
            return
        context, query, now, words = self.context, self.filters.query(), self.context.clock(), self._words()
        scope = words.scope(query, context.wording.labels.stages)
        look = Look.of(self._theme, is_mirrored=self.isRightToLeft(), colours=LIGHT)

        def made(session: Session, _progress: Progress) -> bytes:
            insights = Insights(session.store)
            with insights.reading():
                figures, employers = insights.figures(query, now), insights.employers(query, now)
            return shared_page(SharedFigures(figures=figures, employers=employers, scope=scope), words, look)

        try:
            said = _("Exporting {file}…").format(file=path.name)
            context.desktop.files.write(path, self._progress.run(said, made))
        except Refused as refusal:
            context.show_status(str(refusal))
            return
        context.show_status(_("Saved the page as {file}").format(file=path.name))

    def _count_beside(self, query: InsightQuery) -> None:
        now = self.context.clock()
        self._is_asked = self._is_asked or not self.sentences.text()

        def count(session: Session) -> _InsightsData:
            insights = Insights(session.store)
            with insights.reading():
                return _InsightsData.of(insights, query, now)

        self.reader.start("figures", count)

    def _show_counted(self, counted: _InsightsData) -> None:
        self.filters.offer(counted.sources, counted.tags)
        self.show_figures(counted.figures)

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(as_heading(Text(_("Insights"), "title")))
        titles.addWidget(self.subtitle)
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.share_button)
        buttons.addWidget(self.report_button)
        self._head = QHBoxLayout()
        self._head.addLayout(titles, 1)
        self._head.addLayout(buttons)
        said = Card()
        words = QVBoxLayout(said)
        self._theme.set_margins(words, 16, 14, 16, 14)
        words.setSpacing(Space.S)
        words.addWidget(self.sentences)
        words.addWidget(self.patience)
        words.addWidget(self.suggestion)
        words.addWidget(self.suggestion_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(Space.L)
        for charts, stretch in ((_LEFT, 9), (_RIGHT, 7)):
            column = QVBoxLayout()
            column.setSpacing(Space.L)
            for chart in charts:
                column.addWidget(self.cards[chart])
            column.addStretch(1)
            self._columns.addLayout(column, stretch)
        inner = QVBoxLayout()
        inner.setSpacing(Space.M)
        inner.addLayout(self._head)
        inner.addWidget(self.filters)
        inner.addWidget(said)
        inner.addLayout(self._columns)
        full = scrolled_page(self._theme, inner, _WIDTH)
        full.setAccessibleName(_("Insights"))
        parts = (full.widget(), said, *self.cards.values())
        self._layouts = [part.layout() for part in parts if part is not None]
        self._pages = PageOrEmpty(full, self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
