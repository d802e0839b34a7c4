"""A line of text that may have several lines at most."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.widgets.card import ElidedLabel

TEXT = "Ask the International Society for Renewable Energy about the application that you sent in July"


@pytest.mark.parametrize(("share", "is_whole"), [(1.1, True), (0.7, True), (0.3, False)])
def test_it_ends_in_an_ellipsis_where_so_many_lines_have_no_room(
    qtbot: QtBot, share: float, is_whole: bool
) -> None:
    label = ElidedLabel(TEXT)
    qtbot.addWidget(label)
    label.set_wrapped(True, most=2)
    label.ensurePolished()
    line, width = label.fontMetrics().height(), round(share * label.sizeHint().width())
    height = label.heightForWidth(width)
    label.resize(width, height)
    label.show()
    # A font may be a fraction of a pixel higher than it says.
    assert round(height / line) == (1 if share > 1 else 2)
    shown = label.text().strip("\u200e\u200f")
    assert shown == TEXT if is_whole else TEXT.startswith(shown.removesuffix("…"))
    assert shown.endswith("…") != is_whole
    assert label.full_text == TEXT
    assert label.accessibleName() == TEXT


def test_a_word_that_is_longer_than_a_line_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    label = ElidedLabel(f"Call {40 * 'long'} and the others about your application")
    qtbot.addWidget(label)
    label.set_wrapped(True, most=2)
    label.resize(300, label.heightForWidth(300))
    label.show()
    first, *others = label.text().strip("\u200e\u200f").split("…")
    assert first.startswith("Call longlong")
    assert others == [""]
    room = label.fontMetrics().boundingRect(label.rect(), Qt.TextFlag.TextWordWrap, label.text())
    assert room.width() <= 300
    assert label.toolTip()
