"""What a few letters find, and in what order."""

from __future__ import annotations

import pytest

from followup_desktop.services.capture.matching import likeness, rank, within
from tests.tables import tabled


@tabled(
    "typed, name",
    [
        ("add", "Add application"),
        ("app add", "Add application"),
        ("ADD A", "Add application"),
        ("addapp", "Add application"),
        ("aa", "Add application"),
        ("don ca", "Don't call or write on"),
        ("perez", "Ana Pérez"),
        ("", "Add application"),
    ],
)
def test_beginnings_of_words_fit_in_any_order_or_run_together(typed: str, name: str) -> None:
    assert rank(typed, name) is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [("dd", "Add application"), ("add add", "Add application"), ("pa", "Add application"), ("addx", "Add")],
)
def test_middles_of_words_do_not_fit(typed: str, name: str) -> None:
    assert rank(typed, name) is None


@pytest.mark.parametrize(
    ("typed", "name", "is_found"),
    [
        ("zone", "Ihre Zeitzone", True),
        ("vorlagen", "Nachrichtenvorlagen", True),
        ("ZEIT gespräch", "Zeitpunkt des Vorstellungsgesprächs", True),
        ("one", "Ihre Zeitzone", False),
        ("zone app", "Ihre Zeitzone", False),
        ("", "Ihre Zeitzone", False),
    ],
)
def test_a_long_part_of_a_word_is_found_behind_all_that_begin_so(
    typed: str, name: str, is_found: bool
) -> None:
    fits = within(typed, name)
    assert (fits is not None) == is_found
    beginning, slip = rank("zone", f"{name} Zone"), likeness("nachrichtenvorlagne", "Nachrichtenvorlagen")
    assert beginning is not None
    assert slip is not None
    assert fits is None or beginning < fits < slip


def test_what_begins_the_name_comes_before_what_begins_a_later_word() -> None:
    names = ["Export application", "Application list", "Add phone poll"]
    fits = {name: rank("app", name) for name in names}
    assert fits["Application list"] == 0
    assert fits["Export application"] == 1
    run_together = fits["Add phone poll"]
    assert run_together is not None and run_together > 1


def test_a_slip_of_the_fingers_is_found_behind_everything_that_fits() -> None:
    found = likeness("impot", "Import")
    assert found is not None
    assert found > (rank("aa", "Add application") or 0)
    assert likeness("imp", "Amp") is None
    assert likeness("export", "Away") is None
