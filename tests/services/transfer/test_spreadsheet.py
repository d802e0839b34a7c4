"""The table of applications, as a spreadsheet and another import read it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.model import Choice, Contact, Facts, Interview, Rule, Stage
from followup_desktop.domain.rules import plan_facts
from followup_desktop.services.transfer.spreadsheet import COLUMNS, guarded, unguarded, write_applications
from followup_desktop.services.wording import Wording
from tests.services.conftest import MADRID, acme, madrid
from tests.strategies import facts as any_facts
from tests.tables import tabled

NOW = madrid("2026-10-14T12:00")


def table(facts: Facts) -> str:
    """The file of these facts."""
    return write_applications(facts, plan_facts(facts), NOW, Wording())


def rows(text: str) -> list[dict[str, str]]:
    """Its rows, by column."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_has_all_fields_and_the_next_follow_up() -> None:
    held = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-14T10:00"), minutes=60)
    application = acme(
        tags=("remote", "first, choice"),
        contacts=("c1",),
        fit=4,
        notes='He said "call"\nbut when?',
        interviews=(held,),
    )
    facts = Facts(policy=MADRID, contacts=(Contact(id="c1", name="Ana Ruiz"),), applications=(application,))
    (row,) = rows(table(facts))
    assert list(row) == list(COLUMNS)
    assert row["employer"] == "Acme"
    assert row["stage"] == "interviewing"
    assert row["stage_at"] == "2026-09-20T08:00:00Z"
    assert row["applied_on"] == "2026-09-14"
    assert row["closes_on"] == ""
    assert row["do_not_contact"] == "false"
    assert row["fit"] == "4"
    assert row["tags"] == "remote; first, choice"
    assert row["contacts"] == "Ana Ruiz"
    assert row["notes"] == 'He said "call"\nbut when?'
    assert (row["next_follow_up"], row["next_follow_up_at"]) == ("How did it go at Acme?", "2026-10-14 11:30")


def test_skipped_is_not_next_and_snoozed_is_when_it_comes_back() -> None:
    facts = Facts(
        policy=MADRID, applications=(acme(Stage.APPLIED, applied_on=madrid("2026-09-20T10:00").date()),)
    )
    check_in = next(f for f in plan_facts(facts) if f.rule is Rule.CHECK_IN)
    until = madrid("2026-10-16T09:30")
    (row,) = rows(
        table(replace(facts, choices=(Choice(key=check_in.key, made_at=NOW, snoozed_until=until),)))
    )
    assert row["next_follow_up_at"] == "2026-10-16 09:30"
    skipped = Choice(key=check_in.key, made_at=NOW, skipped=True)
    (row,) = rows(table(replace(facts, choices=(skipped,))))
    assert row["next_follow_up"] == "Move on from Acme?"


def test_lines_end_as_the_standard_says() -> None:
    text = table(Facts(applications=(acme(),)))
    assert text.startswith('"id","employer","role","stage",')
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 2


FORMULAS = ["=1+1", "+34 900", "-5", "@SUM(A1)", "|calc", "%x", "\tx", "\rx", "\nx", "'=1", "''+1"]
SHAPES = [
    "＝1+1",
    "＋34",
    "－5",
    "＠SUM(A1)",
    "'＝1",
    "｜x",
    "％x",
    "﹢1",
    "﹣1",
    "−1",
    "﹦1",
    "﹤1",
    "⁼1",
    "₌1",
    "⁺1",
    "➕1",
    "➖1",
]
BEFORE = [
    " ", "\u00a0", "\u3000", '"', " ' ", "\ufeff", "\u200b", "\u2060", "\u200e", "\u202a", "\u202e", "\u00ad",
    "\u200d", "\u061c", "\u180e", "\0", "\x1b", "\x7f", "\x9b", "\ufe0f", "\u034f", "\U000e0020", "＇",
    "\u2028",
]  # fmt: skip
WITHIN = [
    "Acme;=1+1",
    "Acme; \u202e@SUM(A1);x",
    "x\t=1",
    "x\r\n=cmd|' /C calc'!A0;",
    "x\n-cmd|' /C calc'!A0",
    "x;-5",
    "x;'=1",
]
SIGNS = "'\"=+-@|%＝＠⁼➕\t\r\n;, x(!\u2060\x1b\ufe0f"


@tabled("text", [*FORMULAS, *SHAPES, *(f"{before}=1" for before in BEFORE)])
def test_nothing_in_it_is_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@tabled(
    "text",
    [
        "",
        "Acme",
        "'t Hooft",
        "it's",
        "'",
        "a=b",
        "1-2",
        "a＝b",
        '"Acme"',
        " x",
        "±5",
        "x;y",
        "To ask:\n- the pay\n- the team",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


def test_a_phone_number_stays_whole_and_a_text() -> None:
    (row,) = rows(table(Facts(applications=(acme(notes="+34 600 123 456"),))))
    assert (row["notes"], unguarded(row["notes"])) == ("'+34 600 123 456", "+34 600 123 456")


@tabled("sign", [",", ";", "\t"])
@tabled("text", [*FORMULAS, *WITHIN])
def test_at_whatever_a_program_splits_the_lines_no_cell_is_a_formula(text: str, sign: str) -> None:
    written = table(
        Facts(applications=(acme(employer=text.strip() or "Acme", notes=text, tags=("x", "=1")),))
    )
    cells = [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=sign) for cell in row]
    assert [cell for cell in cells if cell.lstrip()[:1] in {*"=+-@|%"} - {""}] == []


@given(st.text(max_size=20) | st.text(alphabet=SIGNS, max_size=8))
def test_the_guard_is_taken_off_again(text: str) -> None:
    assert guarded(text).lstrip(' "')[:1] not in {*"=+-@＝＠\t\r\n"} or not guarded(text).strip(' "')
    assert unguarded(guarded(text)) == text


@given(any_facts(max_events=2))
def test_any_search_comes_back_from_the_table(facts: Facts) -> None:
    found = rows(table(facts))
    assert [unguarded(row["id"]) for row in found] == [a.id for a in facts.applications]
    for row, application in zip(found, facts.applications, strict=True):
        assert unguarded(row["notes"]) == application.notes
        assert unguarded(row["employer"]) == application.employer
        assert all(cell[:1] not in {*"=+-@\t\r"} or not cell for cell in row.values())


def test_controls_and_marks_of_direction_come_back_from_the_table() -> None:
    text = "\x1b]0;x\x07 \u202e gnp \u2066\x9b2J"
    assert [unguarded(row["notes"]) for row in rows(table(Facts(applications=(acme(notes=text),))))] == [text]


def test_naughty_strings_come_back_from_the_table(corpora: Path) -> None:
    strings = [
        text
        for text in json.loads((corpora / "strings" / "blns.json").read_text("utf-8"))
        if "\0" not in text
    ]
    facts = Facts(applications=tuple(acme(id=f"a{n:04}", notes=text) for n, text in enumerate(strings)))
    assert [unguarded(row["notes"]) for row in rows(table(facts))] == strings
