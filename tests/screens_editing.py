"""States for pictures of quick add, the settings, the palette and the first start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from followup_desktop.domain.model import Facts
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.setting_fields import NumberField
from followup_desktop.ui.settings.range_lists import PairsField
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.palette.popup import Palette
from tests.ui import situations

_WAIT_MS = 30
_LOOKS = 300

POSTING = """Site Reliability Engineer at Vandelay Industries
Company: Vandelay Imports
Location: New York
Apply by 30 October 2026
"""


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _suggestions(view: ApplicationsView) -> None:
    view.add_application()
    view.quick_add.posting.text.setPlainText(POSTING)


def _duplicate(view: ApplicationsView) -> None:
    view.add_application()
    form = view.quick_add
    for key, text in (("employer", "ACME Inc."), ("role", "Data enginer")):
        editor = form.fields[key].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text)
    form.alike.look_for("ACME Inc.", "Data enginer", "")


def _type_number(view: SettingsView, name: str, value: int) -> None:
    field = view.form.rows[name].field
    if isinstance(field, NumberField):
        field.spin.setValue(value)
    view.form.check()


def _preview(view: SettingsView) -> None:
    """What a change moves, once it is known."""
    _type_number(view, "grace_working_days", 5)
    view.show_setting("grace_working_days")
    for _ in range(_LOOKS):
        if view.bar.model.rowCount():
            break
        QTest.qWait(_WAIT_MS)


def _refused(view: SettingsView) -> None:
    field = view.form.rows["away"].field
    if isinstance(field, PairsField) and not field.rows:
        field.add_row()
    _type_number(view, "grace_working_days", 99)
    view.apply()


def _away(view: SettingsView) -> None:
    field = view.form.rows["away"].field
    if isinstance(field, PairsField) and not field.rows:
        field.add_row()
    view.show_setting("away")


def _top(_view: SettingsView) -> None:
    """As it is opened."""


def _open(palette: Palette) -> None:
    if not palette.isVisible():
        palette.toggle()


def _filtered(palette: Palette) -> None:
    _open(palette)
    palette.line.setText("ac")


def _nothing_found(palette: Palette) -> None:
    _open(palette)
    palette.line.setText("qqqq")


def _begin(page: FirstRun) -> None:
    page.begin()


def _no_zone(page: FirstRun) -> None:
    page.zone.line.setText("Nowhere")
    page.buttons[next(iter(page.buttons))].click()


QUICK_ADD: dict[str, tuple[Callable[[], Facts], Callable[[ApplicationsView], object]]] = {
    "quick-add": (_sample, ApplicationsView.add_application),
    "quick-add-suggestions": (_sample, _suggestions),
    "quick-add-duplicate": (_sample, _duplicate),
}
SETTINGS: dict[str, tuple[Callable[[], Facts], Callable[[SettingsView], object]]] = {
    "settings": (_sample, _top),
    "settings-preview": (_sample, _preview),
    "settings-refused": (_sample, _refused),
    "settings-away": (_sample, _away),
    "settings-look": (_sample, lambda view: view.show_setting("theme")),
}
PALETTE: dict[str, tuple[Callable[[], Facts], Callable[[Palette], object]]] = {
    "palette": (_sample, _open),
    "palette-filtered": (_sample, _filtered),
    "palette-nothing": (_sample, _nothing_found),
}
FIRST_RUN: dict[str, Callable[[FirstRun], object]] = {
    "first-run": _begin,
    "first-run-refused": _no_zone,
}
"""By the name of the picture."""
