"""The language that is none, which shows what never went through the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from followup_desktop import i18n
from tests.pseudo_locale import english_words, pseudo, speaking_pseudo
from tests.tables import tabled


@tabled(
    "message, expected",
    [
        ("Undo", "[!! Ûñđó !!]"),
        ("&File", "[!! &Ƒíļé !!]"),
        ("Call {person}", "[!! Çàļļ {person} !!]"),
        ("{n:,} of {all}", "[!! {n:,} óƒ {all} !!]"),
        ("%(prog)s, no: %(message)s\n", "[!! %(prog)s, ñó: %(message)s !!]\n"),
        ("&Copy\tCtrl+C", "[!! &Çóþý\tCtrl+C !!]"),
        ("<b>Bold</b> &amp; <br>", "[!! <b>Ɓóļđ</b> &amp; <br> !!]"),
        ("JSON (*.json)", "[!! ĴŠÓÑ (*.json) !!]"),
        (", ", ", "),
        ("{start}–{end}", "{start}–{end}"),
        ("Write {{name}}", "[!! Ŵŕíţé {{name}} !!]"),
    ],
)
def test_names_of_values_and_marks_are_kept(message: str, expected: str) -> None:
    assert pseudo(message) == expected


def test_a_long_text_grows_by_a_third() -> None:
    message = "Choose another file, or make room on the disk where it is and try again after that"
    assert len(pseudo(message)) == pytest.approx(1.3 * len(message), abs=1)


def test_what_is_shown_without_the_catalogue_stands_out() -> None:
    with speaking_pseudo():
        shown = (
            i18n._("Call {person}").format(person="Ada Byron") + " now, " + i18n.format_long_date(date.max)
        )
        assert i18n.ngettext("{n} day", "{n} days", 2).format(n=2) == "[!! 2 đàýš !!]"
    assert english_words(shown, ["Ada Byron"]) == ["now"]
    assert i18n._("Undo") == "Undo", "it ends with the block"


@pytest.mark.parametrize("text", ["", pseudo("Undo")])
def test_what_can_not_be_translated_fails(text: str) -> None:
    with speaking_pseudo(), pytest.raises(AssertionError):
        i18n._(text)
