"""A field that shows a value as it was set takes it again without doing anything, and shows the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.dates import Direction
from followup_desktop.ui.kit.forms.choices import ChoiceField, CountryField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TagsField, TextField

TODAY = date(2026, 10, 14)
FIELDS: dict[str, tuple[Callable[[], Field], tuple[Any, ...], tuple[str, ...]]] = {
    "text": (lambda: TextField("Employer"), (None, "", "Acme", "Initech"), ("", "Acme", " Acme ", "x\0")),
    "tags": (lambda: TagsField("Tags"), ((), ("a",), ("a", "b")), ("", "a, b", "c,,c")),
    "country": (lambda: CountryField("Country"), (None, "ES", "DE"), ("", "spain", "qqq")),
    "notes": (lambda: NotesField("Notes"), (None, "", "Called", "a\nb"), ("", "Called", "x")),
    "choice": (lambda: ChoiceField("Fit", [(1, "Low"), (2, "High")]), (1, 2), ("1", "2")),
    "check": (lambda: CheckField("Archived"), (False, True), ("", "1")),
    "date": (
        lambda: DateField("Applied on", lambda: TODAY, Direction.LAST),
        (None, TODAY, date(2025, 1, 2)),
        ("", "yesterday", "nonsense"),
    ),
}


def told(field: Field) -> tuple[object, ...]:
    """All that a user meets in it."""
    below = [part.text() for part in field.findChildren(type(field._refusal))] if field._was_refused else []
    return (
        field.typed(),
        field.dirty,
        field.is_filled_in,
        field.refusal,
        field.editor.accessibleDescription(),
        below,
        field.sizeHint().toTuple(),
    )


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_set_again_is_shown_as_if_it_were_another(qtbot: QtBot, kind: str) -> None:
    make, values, texts = FIELDS[kind]
    for seed in range(12):
        chance = random.Random(f"{kind} {seed}")
        plain, field = make(), make()
        for each in (plain, field):
            qtbot.addWidget(each)
        for _step in range(25):
            act = chance.choice(("set", "set", "set", "type", "fill", "store", "let go", "refuse"))
            value, text = chance.choice(values), chance.choice(texts)
            plain._is_as_set = False  # always shown anew
            for each in (plain, field):
                _do(each, act, value, text)
            assert told(field) == told(plain), (seed, act, value, text)


def _do(field: Field, act: str, value: Any, text: str) -> None:
    if act == "set":
        field.set_value(value)
    elif act == "type":
        field.type_again(text)
    elif act == "fill":
        field.fill_in(value)
    elif act == "refuse":
        field.refuse("No.")
    elif act == "store":
        try:
            field.value()
        except Refused as refusal:
            field.refuse(str(refusal))
        else:
            field.dirty = False
            field.clear_refusal()
    else:
        field.dirty = False
        field.clear_refusal()


def test_a_detail_shows_a_value_that_is_the_same_once(qtbot: QtBot) -> None:
    shown: list[Any] = []

    class Counted(TextField):
        def show_value(self, value: Any) -> None:
            shown.append(value)
            super().show_value(value)

    field = Counted("Employer")
    qtbot.addWidget(field)
    for value in ("Acme", "Acme", None, None, "Acme"):
        field.set_value(value)
    assert shown == ["Acme", None, "Acme"]
