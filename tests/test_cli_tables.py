"""A table of another program on the command line: what it leaves open, its rows, and those left out."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.__main__ import main
from followup_desktop.system import zone_and_country
from tests.invitations import invitation, person
from tests.pseudo_locale import speaking

Run = Callable[..., tuple[int, str, str]]
OPEN = """\
Company,Role,Status,Date applied
Acme,Engineer,Applied,05/02/2026
Globex,Clerk,Wibble,07/03/2026
,Nurse,Applied,
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: object) -> tuple[int, str, str]:
        status = main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return go


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "jobs.csv"
    file.write_text(OPEN, "utf-8")
    return file


def test_a_table_that_can_be_read_two_ways_is_asked_about(run: Run, table: Path, tmp_path: Path) -> None:
    status, out, err = run("import", table)
    assert (status, out) == (1, "")
    assert "Does the day or the month come first in dates like 05/02/2026?" in err
    assert '"day_first": true' in err
    answers = tmp_path / "map.json"
    answers.write_text('{"day_first": true, "stages": {"wibble": "offer"}, "columns": {"Role": "role"}}')
    status, out, _ = run("import", table, "--map", answers, "--json")
    told = json.loads(out)
    assert (status, told["added"], told["refused"]) == (0, 2, 1)
    assert told["questions"] == []
    _, out, _ = run("export", "-")
    found = {one["employer"]: one for one in json.loads(out)["applications"]}
    assert (found["Acme"]["applied_on"], found["Globex"]["stage"]) == ("2026-02-05", "offer")
    _, out, _ = run("import", table, "--map", answers, "--json")
    assert {key: json.loads(out)[key] for key in ("added", "updated", "merged")} == dict.fromkeys(
        ("added", "updated", "merged"), 0
    )


def test_a_trial_tells_columns_questions_and_every_row(run: Run, table: Path) -> None:
    status, out, _ = run("import", table, "--dry-run", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["columns"] == {
        "Company": "employer",
        "Role": "role",
        "Status": "stage",
        "Date applied": "applied_on",
    }
    assert [(each["asked"], each["needed"]) for each in told["questions"]] == [
        ("day_first", True),
        ("stage", False),
    ]
    assert [(row["place"], row["change"]) for row in told["rows"]] == [
        ("line 2", "added"),
        ("line 3", "added"),
        ("line 4", "refused"),
    ]
    _, out, _ = run("export", "-")
    assert json.loads(out)["applications"] == []


def test_the_rows_left_out_are_a_table_that_can_be_corrected(run: Run, table: Path, tmp_path: Path) -> None:
    answers, left = tmp_path / "map.json", tmp_path / "left.csv"
    answers.write_text('{"day_first": true}')
    assert run("import", table, "--map", answers, "--left-out", left)[0] == 0
    rows = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    assert rows[1][:3] == ["There's no employer.", "line 4", ""]
    left.write_text(left.read_text("utf-8-sig").replace('"","Nurse"', '"Initech","Nurse"'))
    assert run("import", left)[0] == 0
    _, out, _ = run("export", "-")
    assert "Initech" in {one["employer"] for one in json.loads(out)["applications"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "The mapping isn't valid JSON"),
        ("[]", "The mapping must be an object"),
        ('{"colums": {}}', "“colums” isn't a key of a mapping. Use columns, stages, day_first"),
        ('{"columns": {"A": "company"}}', 'columns["A"] must be null or one of employer, role'),
        ('{"stages": {"Sent": "sent"}}', 'stages["Sent"] must be one of saved, applied'),
        ('{"day_first": "yes"}', "day_first must be true or false, not “yes”"),
        ('{"timezone": "Mars"}', "timezone must be the name of a time zone"),
    ],
)
def test_a_wrong_mapping_is_told_where(
    run: Run, table: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    answers = tmp_path / "map.json"
    answers.write_text(text)
    status, _, err = run("import", table, "--map", answers)
    assert (status, err.count("\n")) == (1, 1)
    assert sentence in err


def test_a_table_whose_columns_say_nothing_asks_for_the_employer(run: Run, tmp_path: Path) -> None:
    file, answers = tmp_path / "jobs.csv", tmp_path / "map.json"
    file.write_text("Foo,Bar\nAcme,Engineer\n")
    status, _, err = run("import", file)
    assert status == 1
    assert "Which column has the employer: Foo and Bar?" in err
    answers.write_text('{"columns": {"Foo": "employer", "Bar": "role"}}')
    assert run("import", file, "--map", answers)[0] == 0
    _, out, _ = run("export", "-")
    assert [(one["employer"], one["role"]) for one in json.loads(out)["applications"]] == [
        ("Acme", "Engineer")
    ]


def test_a_table_without_headings_is_refused_with_the_way_to_keep_its_first_row(
    run: Run, tmp_path: Path
) -> None:
    file, answers = tmp_path / "mine.csv", tmp_path / "answers.json"
    file.write_text("Acme,Dev,Applied,2026-11-02\nBeta,Ops,Rejected,2026-11-03\n")
    status, _, err = run("import", file)
    assert status == 1
    assert err.endswith('If the first row is an application, add "headings": false.\n')
    answers.write_text('{"headings": false}')
    _, _, err = run("import", file, "--map", answers)
    assert "Which column has the employer: Column 1 (Acme), Column 2 (Dev)" in err
    assert "first row" not in err
    columns = {"Column 1 (Acme)": "employer", "Column 2 (Dev)": "role", "Column 3 (Applied)": "stage"}
    answers.write_text(json.dumps({"headings": False, "columns": columns}))
    assert run("import", file, "--map", answers)[0] == 0
    _, out, _ = run("export", "-")
    stored = {one["employer"]: one["stage"] for one in json.loads(out)["applications"]}
    assert stored == {"Acme": "applied", "Beta": "rejected"}


def test_an_invitation_that_may_be_for_two_is_refused_until_it_is_said_for_which(
    run: Run, tmp_path: Path
) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text("Company,Role,Status\nCobalt,Engineer,Applied\nCobalt,Analyst,Applied\n", "utf-8")
    run("import", table)
    file = tmp_path / "invite.ics"
    rita = person("Rita Vale", "rita@cobalt.example", "ORGANIZER")
    leo = person("Leo Brandt", "leo@cobalt.example")
    file.write_text(invitation(rita, leo, summary="Interview with Cobalt"), "utf-8", newline="")
    status, out, err = run("import", file)
    assert (status, out) == (1, "")
    assert err.startswith(
        "followup-desktop: Which application is it for? Answer in a JSON file for --map, like"
    )
    _, out, _ = run("import", file, "--dry-run", "--json")
    (question,) = json.loads(out)["questions"]
    key = next(key for key, label in question["choices"].items() if label == "Cobalt · Engineer")
    answers = tmp_path / "answers.json"
    said = {
        "applications": {"round-1@calendar": key},
        "people": {"round-1@calendar": ["rita@cobalt.example"]},
    }
    answers.write_text(json.dumps(said), "utf-8")
    status, out, _ = run("import", file, "--map", answers)
    assert status == 0
    assert "Cobalt · Engineer · interview" in out
    assert "Leo Brandt" not in out
    new = {"applications": {"round-2@calendar": {"employer": "Initrode", "role": "Baker"}}}
    answers.write_text(json.dumps(new), "utf-8")
    file.write_text(invitation(uid="round-2@calendar", summary="Zoom meeting"), "utf-8", newline="")
    assert "Initrode · Baker" in run("import", file, "--map", answers)[1]


GERMAN: dict[str, Any] = {
    "format": "followup-desktop",
    "version": 1,
    "policy": {"timezone": "UTC", "country": "DE"},
    "contacts": [{"id": "c1", "name": "Ana Ruiz"}],
    "applications": [
        {
            "id": "a1",
            "employer": "Acme",
            "role": "Clerk",
            "stage": "applied",
            "interviews": [{"id": "i1", "starts_at": "2026-09-30T11:00", "minutes": 60}],
            "events": [{"id": "e1", "kind": "thank_you", "at": "2026-10-01T10:00:00Z"}],
        }
    ],
    "reminders": [{"id": "m1", "title": "Zeugnis", "at": "2026-10-20T09:00", "timezone": "UTC"}],
}


def changed() -> dict[str, Any]:
    """The same things with another value each."""
    facts = copy.deepcopy(GERMAN)
    facts["policy"]["country"] = "ES"
    facts["contacts"][0]["phone"] = "+49 30 1"
    application = facts["applications"][0]
    application |= {"stage": "rejected", "applied_on": "2026-09-14"}
    application["interviews"][0]["minutes"] = 45
    application["events"][0]["note"] = "Danke"
    facts["reminders"][0]["title"] = "Zeugnis holen"
    return facts


def test_a_report_has_the_words_of_the_window_and_no_key_of_the_file(
    run: Run, table: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "window.ini").write_text("[window]\nlanguage=de\n", "utf-8")
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(GERMAN))
    with speaking("de"):
        run("import", file)
        file.write_text(json.dumps(changed()))
        told = json.loads(run("import", file, "--dry-run", "--json")[1])["rows"]
        _, out, _ = run("import", file)
        _, _, err = run("import", table, "--dry-run")
    assert out.splitlines()[:-1] == [
        "aktualisiert: Regeln „Einstellungen“ (ändert „Ihr Land“)",
        "aktualisiert: Kontakt „Ana Ruiz“ (ändert „Telefon“)",
        "aktualisiert: Bewerbung „Acme · Clerk“ (ändert „Phase“, „Beworben am“)",
        "aktualisiert: Gespräch „Acme · Clerk · Gespräch 2026-09-30 11:00“ (ändert „Minuten“)",
        "aktualisiert: Eintrag „Acme · Clerk · Dank 2026-10-01 10:00 UTC“ (ändert „Notiz“)",
        "aktualisiert: Erinnerung „Zeugnis holen“ (ändert „Erinnern an“)",
    ]
    for line, row in zip(out.splitlines(), told, strict=False):
        assert line.endswith(f"„{row['name']}“ ({row['why']})")
    assert [row["keys"] for row in told[1:3]] == [["phone"], ["stage", "applied_on"]]
    assert "Welche Phase ist „Wibble“? Verstanden als „Gemerkt“." in err


def test_without_rows_left_out_no_table_of_them_is_written(run: Run, tmp_path: Path) -> None:
    file, left = tmp_path / "jobs.csv", tmp_path / "left.csv"
    file.write_text("Company,Role,Status\nAcme,Engineer,Applied\n")
    status, out, _ = run("import", file, "--left-out", left)
    assert (status, left.exists()) == (0, False)
    assert "No rows were left out" in out


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"columns": {"Empresa": "employer"}}, 'columns["Empresa"]'),
        ({"stages": {"Wobble": "offer"}}, 'stages["Wobble"]'),
        ({"people": {"1@x": []}}, 'people["1@x"]'),
        ({"applications": {"1@x": "a1"}}, 'applications["1@x"]'),
        ({"zones": {"Nowhere": "Europe/Madrid"}}, 'zones["Nowhere"]'),
    ],
)
def test_an_answer_to_what_the_file_does_not_have_is_told(
    run: Run, table: Path, tmp_path: Path, answers: dict[str, object], named: str
) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"day_first": True, **answers}))
    status, out, err = run("import", table, "--map", mapping)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f"The file has nothing for {named}." in err


def test_an_application_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.ics", tmp_path / "map.json"
    file.write_text(invitation(person("Rita Vale", "rita@cobalt.example", "ORGANIZER")), newline="")
    mapping.write_text('{"application": "nowhere"}')
    status, _, err = run("import", file, "--map", mapping)
    assert status == 1
    assert "application is “nowhere”, but no application has that id." in err


def test_answers_are_remembered_by_the_headings(run: Run, table: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text('{"day_first": true, "stages": {"wibble": "offer"}}')
    assert run("import", table, "--map", mapping, "--dry-run")[0] == 0
    assert run("import", table)[0] == 1, "nothing is remembered of a look"
    assert run("import", table, "--map", mapping)[0] == 0
    table.write_text(OPEN.replace("Acme", "Initech"))
    status, out, _ = run("import", table, "--json")
    told = json.loads(out)
    assert (status, told["added"], told["questions"]) == (0, 1, [])


def test_each_zone_that_is_not_known_is_asked_about(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.ics", tmp_path / "map.json"
    rita = person("Rita Vale", "rita@cobalt.example", "ORGANIZER")
    first = invitation(rita, at=";TZID=Nowhere Time:20261020T100000", uid="1@x", summary="Interview Cobalt")
    second = invitation(rita, at=";TZID=Mars Time:20261021T100000", uid="2@x", summary="Interview Cobalt")
    file.write_text(first + second, newline="")
    _, out, _ = run("import", file, "--dry-run", "--json")
    asked = [each["about"] for each in json.loads(out)["questions"] if each["asked"] == "zone"]
    assert asked == ["Nowhere Time", "Mars Time"]
    mapping.write_text('{"zones": {"Nowhere Time": "Asia/Tokyo", "Mars Time": "America/Lima"}}')
    assert run("import", file, "--map", mapping)[0] == 0
    _, out, _ = run("export", "-")
    found = [one["timezone"] for each in json.loads(out)["applications"] for one in each["interviews"]]
    assert sorted(found) == ["America/Lima", "Asia/Tokyo"]


def test_what_is_in_the_rows_is_said_and_can_be_answered(run: Run, tmp_path: Path) -> None:
    file, mapping = tmp_path / "people.csv", tmp_path / "map.json"
    file.write_text("Company,Position,Contact Person,Contact Email\nAcme,Lead,Rita Vale,rita@acme.example\n")
    _, out, err = run("import", file, "--dry-run")
    assert "application “Acme · Lead”" in out
    assert err == "followup-desktop: What's in the rows? Read as “Applications”.\n"
    mapping.write_text('{"rows": "things"}')
    status, _, err = run("import", file, "--map", mapping)
    assert (status, err.count("\n")) == (1, 1)
    mapping.write_text('{"rows": "people"}')
    assert run("import", file, "--map", mapping)[0] == 0
    _, out, err = run("import", file, "--json")
    assert [row["change"] for row in json.loads(out)["rows"]] == ["skipped"], "the answer is remembered"
    exported = json.loads(run("export", "-")[1])
    assert exported["applications"] == []
    assert [(one["name"], one["title"]) for one in exported["contacts"]] == [("Rita Vale", "Lead")]


# Where new data begin

MADRID = ("Europe/Madrid", "ES")
MOVED = (
    "followup-desktop: Your time zone is now Europe/Madrid, that of this computer. "
    "You can change it in Settings."
)


@pytest.fixture
def in_madrid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone_and_country, "guessed_place", lambda: MADRID)


def place_of(run: Run) -> tuple[str, str | None]:
    policy = json.loads(run("export", "-")[1])["policy"]
    return policy["timezone"], policy["country"]


@pytest.mark.usefixtures("in_madrid")
def test_new_data_begin_where_the_computer_is(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text("Company,Role,Interview date\nAcme,Cook,2026-12-08 14:30\n")
    assert run("import", table, "--dry-run")[2] == ""
    assert place_of(run) == ("UTC", None)
    status, _out, err = run("import", table)
    assert (status, err.splitlines()) == (0, [MOVED])
    assert place_of(run) == MADRID
    (application,) = json.loads(run("export", "-")[1])["applications"]
    (interview,) = application["interviews"]
    assert (interview["starts_at"], interview["timezone"]) == ("2026-12-08T14:30", "Europe/Madrid")
    assert run("import", table)[2] == ""


@pytest.mark.usefixtures("in_madrid")
def test_an_added_posting_begins_data_there_too(run: Run) -> None:
    assert run("add", "Cook\nAcme\nMadrid")[2].splitlines() == [MOVED]
    assert place_of(run) == MADRID


@pytest.mark.usefixtures("in_madrid")
def test_data_stay_as_new_as_they_were_where_nothing_came_in(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text("Company,Role\n,Cook\n")
    assert run("import", table)[2] == ""
    assert run("add", "Cook")[0] == 1
    assert place_of(run) == ("UTC", None)


@pytest.mark.usefixtures("in_madrid")
def test_an_own_file_brings_its_place_or_none(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text('{"format": "followup-desktop", "version": 1}')
    assert run("import", own)[2] == ""
    assert place_of(run) == ("UTC", None)


def test_an_older_copy_of_a_table_sets_no_stage_back_unless_it_is_asked_to(run: Run, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.csv", tmp_path / "newer.csv"
    head = "Company,Role,Date Applied,Status,Notes"
    newer.write_text(f"{head}\nAcme,Dev,2026-09-01,Rejected,now\n", "utf-8")
    assert run("import", newer)[0] == 0
    before = run("export", "-")[1]
    older.write_text(f"{head}\nAcme,Dev,2026-09-01,Applied,then\nHooli,Dev,2026-09-01,Applied,\n", "utf-8")

    status, out, err = run("import", older, "--json")
    told = json.loads(out)
    assert (status, told["refused"], told["added"], told["updated"]) == (0, 1, 1, 0)
    (held,) = (row for row in told["rows"] if row["change"] == "refused")
    assert (held["name"], held["place"]) == ("Acme · Dev", "line 2")
    assert held["set_back"] == {"from": "rejected", "to": "applied"}
    after = {one["employer"]: one for one in json.loads(run("export", "-")[1])["applications"]}
    assert [after["Acme"]] == json.loads(before)["applications"]

    left = tmp_path / "left.csv"
    status, out, err = run("import", older, "--left-out", left)
    told = "followup-desktop: 1 row would set a stage back. To import it too, add --set-back.\n"
    assert (status, err) == (0, told)
    assert "left out: application “Acme · Dev” (goes back from Rejected to Applied)" in out
    assert "goes back from Rejected to Applied." not in out
    assert "No rows were left out" not in out
    rows = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    assert rows == [
        ["Left out because", "Place", *head.split(",")],
        ["goes back from Rejected to Applied", "line 2", "Acme", "Dev", "2026-09-01", "Applied", "then"],
    ]
    assert "goes back from Rejected to Applied." in run("import", older, "--set-back", "--dry-run")[1]
    assert run("import", left, "--set-back")[0] == 0
    found = {one["employer"]: one["stage"] for one in json.loads(run("export", "-")[1])["applications"]}
    assert found == {"Acme": "applied", "Hooli": "applied"}


def stages_of(run: Run, employer: str) -> list[str]:
    applications = json.loads(run("export", "-")[1])["applications"]
    return [one["stage"] for one in applications if one["employer"] == employer]


def test_all_rows_that_were_left_out_are_written_in_their_order(run: Run, tmp_path: Path) -> None:
    table, left = tmp_path / "jobs.csv", tmp_path / "left.csv"
    head = "Company,Role,Date Applied,Status"
    table.write_text(f"{head}\nAcme,Dev,2026-09-01,Rejected\n", "utf-8")
    assert run("import", table)[0] == 0
    rows = (
        "Hooli,Dev,2026-09-01,Applied",
        "Acme,Dev,2026-09-01,Applied",
        ",Cook,,",
        "Acme,Dev,2026-09-01,Interview",
    )
    table.write_text("\n".join((head, *rows)), "utf-8")
    assert run("import", table, "--left-out", left)[0] == 0
    found = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    assert [(row[1], row[2], row[3]) for row in found[1:]] == [
        ("line 3", "Acme", "Dev"),
        ("line 4", "", "Cook"),
        ("line 5", "Acme", "Dev"),
    ]


def test_all_rows_of_an_application_that_would_go_back_are_left_out(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    head = "Company,Role,Date Applied,Status"
    table.write_text(f"{head}\nAcme,Dev,2026-09-01,Rejected\n", "utf-8")
    assert run("import", table)[0] == 0
    rows = "Acme,Dev,2026-09-01,Applied\nAcme,Dev,2026-09-01,Interview\n"
    table.write_text(f"{head}\n{rows}Hooli,Dev,2026-09-01,Applied\n", "utf-8")
    assert json.loads(run("import", table, "--json")[1])["added"] == 1
    found = {one["employer"]: one["stage"] for one in json.loads(run("export", "-")[1])["applications"]}
    assert found == {"Acme": "rejected", "Hooli": "applied"}
