"""Adding an application by the command line: what is taken from a posting, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.__main__ import main

Run = Callable[..., tuple[int, str, str]]
POSTING = """\
Data Engineer
Quarryline
Berlin, Germany
Salary: €60,000 – €70,000 a year
Apply by 31 January 2027
"""
ADDRESS = "https://jobs.lever.co/quarryline/0f3c"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: object) -> tuple[int, str, str]:
        status = main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return go


def applications(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("export", "-")[1])["applications"]
    return found


def test_what_was_understood_is_added_and_said(run: Run) -> None:
    status, out, err = run("add", POSTING)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "Added Data Engineer at Quarryline",
        "  Location: Berlin, Germany",
        "  Salary: €60,000 – €70,000 a year",
        "  Closes on: 2027-01-31",
    ]
    (found,) = applications(run)
    assert (found["employer"], found["role"], found["stage"]) == ("Quarryline", "Data Engineer", "saved")
    assert (found["closes_on"], found["location"]) == ("2027-01-31", "Berlin, Germany")
    assert "Apply by 31 January 2027" in found["notes"]


def test_what_can_not_be_taken_is_said(run: Run) -> None:
    _status, out, _err = run("add", POSTING.replace("31 January 2027", "31 February 2027"))
    sentence = "The posting says “31 February 2027”, but there's no such day."
    assert out.splitlines()[-1] == f"  {sentence}"
    assert applications(run)[0]["closes_on"] is None
    another = POSTING.replace("31 January 2027", "31 February 2027").replace("Data", "Cloud")
    assert json.loads(run("add", another, "--json")[1])["doubts"] == [sentence]


def test_an_address_is_completed_by_what_is_said(run: Run) -> None:
    status, out, _ = run("add", ADDRESS, "--role", "Cook", "--applied", "--json")
    assert status == 0
    assert json.loads(out)["taken"] == {"employer": "Quarryline", "url": ADDRESS, "role": "Cook"}
    (found,) = applications(run)
    assert (found["stage"], found["url"], found["notes"]) == ("applied", ADDRESS, "")
    assert found["applied_on"]


def test_the_same_is_added_once(run: Run) -> None:
    for words in (("add", POSTING), ("add", POSTING), ("add", "Quarryline GmbH, Data engineer")):
        status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert err == "followup-desktop: You already have Data Engineer at Quarryline. Nothing was added.\n"
    assert len(applications(run)) == 1


def test_another_role_or_another_posting_is_another_application(run: Run) -> None:
    run("add", f"{ADDRESS}/1", "--role", "Cook")
    assert run("add", f"{ADDRESS}/1?utm_source=x", "--role", "Cook")[0] == 1
    assert run("add", "https://jobs.lever.co/quarryline/9e1d", "--role", "Cook")[0] == 0
    assert run("add", ADDRESS, "--role", "Baker")[0] == 0
    assert len(applications(run)) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", " "), "names neither"),
        (("add", "hello there"), "names neither"),
        (("add", ADDRESS), "name the role"),
        (("add", "Data Engineer"), "name the employer"),
        (("add", "x" * 30_000), "too long"),
    ],
)
def test_what_does_not_say_enough_is_refused_in_a_sentence(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1
    assert applications(run) == []
