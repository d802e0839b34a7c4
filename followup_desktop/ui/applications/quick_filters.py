"""The filters beside that by stage: a menu to choose them from, and a chip for each, which removes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from followup_desktop.domain.filters import NOT_RATED, NextStep
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.rows import NO_FILTERS, QuickFilters
from followup_desktop.ui.applications.filters import StageFilters
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.plain import label_text
from followup_desktop.ui.kit.widgets.roles import PopupMenu

_FITS = (3, 4, 5, NOT_RATED)
_QUIET = (7, 14, 30)
"""Days."""
_MOST_TAGS = 40
"""So many tags are offered, the most frequent; the search finds the others."""


class FilterChip(Button):
    """One filter that is on; pressing it, or Delete on it, takes it off."""

    def __init__(self, label: str) -> None:
        super().__init__(
            # Translators: a filter that is on, and the sign that pressing it takes it off
            _("{filter} ×").format(filter=label),
            look="filter",
            name=label,
        )
        self.setProperty("tone", "accent")
        self.setAccessibleDescription(_("Remove the filter “{filter}”").format(filter=label))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)


class QuickFilterChips(QObject):
    """Puts the menu and the chips behind the filters by stage; ``chosen`` carries what is wanted now."""

    chosen = Signal(object)

    def __init__(self, context: Context, bar: StageFilters) -> None:
        super().__init__(bar)
        self._context = context
        self._bar = bar
        self._shown = NO_FILTERS
        self.chips: list[FilterChip] = []
        self.button = Button(_("Filter ▾"), look="filter")
        self.button.clicked.connect(self._open_menu)
        bar.put(self.button)

    def show_filters(self, quick: QuickFilters) -> None:
        """Show these as the ones that are on."""
        if quick == self._shown:
            return
        had_keyboard = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._shown = quick
        for chip in self.chips:
            self._bar.take(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(label, without) for label, without in self._parts(quick)]
        self._bar.put(*self.chips, behind=self.button)
        for chip in self.chips:
            chip.show()
        if had_keyboard is not None:
            places = (*self.chips[had_keyboard:], *self.chips[-1:], self.button)
            places[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def in_words(self) -> list[str]:
        """The filters that are on, a few words each."""
        return [label for label, _without in self._parts(self._shown)]

    def menu(self) -> QMenu:
        """All filters, those that are on ticked."""
        menu = PopupMenu(self._bar)
        shown = self._shown
        tags = menu.addMenu(_("&Tag"))
        known = self._context.overview.tags()[:_MOST_TAGS]
        for tag in (*known, *(each for each in shown.tags if each not in known)):
            without = tuple(each for each in shown.tags if each != tag)
            wanted = without if tag in shown.tags else (*shown.tags, tag)
            self._add(tags, label_text(tag), tag in shown.tags, replace(shown, tags=wanted))
        if tags.isEmpty():
            tags.addAction(_("No application has a tag yet")).setEnabled(False)
        fits = menu.addMenu(_("&Fit"))
        for fit in _FITS:
            wanted_fit = None if fit == shown.fit else fit
            self._add(fits, _fit_label(fit), fit == shown.fit, replace(shown, fit=wanted_fit))
        quiet = menu.addMenu(_("&Quiet"))
        for days in _QUIET:
            wanted_days = None if days == shown.quiet_days else days
            chosen = days == shown.quiet_days
            self._add(quiet, _quiet_label(days), chosen, replace(shown, quiet_days=wanted_days))
        steps = menu.addMenu(_("&Next follow-up"))
        for step in NextStep:
            wanted_step = None if step is shown.next_step else step
            chosen = step is shown.next_step
            self._add(steps, self._step_label(step), chosen, replace(shown, next_step=wanted_step))
        menu.addSeparator()
        clear = menu.addAction(_("&Clear filters"))
        clear.setEnabled(shown.any)
        clear.triggered.connect(lambda: self.chosen.emit(NO_FILTERS))
        return menu

    def _add(self, menu: QMenu, label: str, is_on: bool, wanted: QuickFilters) -> None:
        action = menu.addAction(label)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.triggered.connect(partial(self.chosen.emit, wanted))

    def _parts(self, quick: QuickFilters) -> list[tuple[str, QuickFilters]]:
        """Each filter in words, with what is left without it."""
        parts = []
        for tag in quick.tags:
            others = tuple(each for each in quick.tags if each != tag)
            parts.append((tag, replace(quick, tags=others)))
        if quick.fit is not None:
            parts.append((_fit_label(quick.fit), replace(quick, fit=None)))
        if quick.quiet_days is not None:
            parts.append((_quiet_label(quick.quiet_days), replace(quick, quiet_days=None)))
        if quick.next_step is not None:
            parts.append((self._step_label(quick.next_step), replace(quick, next_step=None)))
        return parts

    def _step_label(self, step: NextStep) -> str:
        return self._context.wording.labels.next_steps[step]

    def _chip(self, label: str, without: QuickFilters) -> FilterChip:
        chip = FilterChip(label)
        chip.clicked.connect(partial(self.chosen.emit, without))
        return chip

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))


def _fit_label(fit: int) -> str:
    if fit == NOT_RATED:
        return _("Fit not rated")
    # Translators: applications whose fit is a number from 1 to 5, or higher
    text = _("Fit {n}") if fit == max(_FITS) else _("Fit {n} or more")
    return text.format(n=format_number(fit))


def _quiet_label(days: int) -> str:
    return ngettext("Quiet for {n}+ day", "Quiet for {n}+ days", days).format(n=format_number(days))
