"""The command line as a script meets it: exit statuses, sentences, and that nothing is half done."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.__main__ import main
from tests.sweeps import every

FACTS: dict[str, Any] = {
    "format": "followup-desktop",
    "version": 1,
    "policy": {"timezone": "Europe/Madrid", "country": "ES-MD"},
    "contacts": [{"id": "c1", "name": "Ana Ruiz"}],
    "applications": [
        {
            "id": "a1",
            "employer": "Acme",
            "role": "Data Engineer",
            "stage": "interviewing",
            "interviews": [
                {
                    "id": "i1",
                    "starts_at": "2026-10-14T10:00",
                    "minutes": 60,
                    "interviewers": ["c1"],
                    "reply_by": "2026-10-20",
                }
            ],
        }
    ],
}
AFTER = "2026-10-14T12:00:00Z"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the program on a data folder of its own: exit status, standard output, standard error."""

    def run_(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main(["--data-dir", str(tmp_path / "data"), *map(str, words)])
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return run_


def file_with(folder: Path, content: object) -> Path:
    file = folder / "facts.json"
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_import_then_due_and_export(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, FACTS)
    status, out, err = run("import", file)
    assert (status, err) == (0, "")
    assert "3 added" in out
    status, out, _ = run("due", "--at", AFTER, "--json")
    assert [(f["rule"], f["state"], f["title"]) for f in json.loads(out)] == [
        ("debrief", "due", "How did it go at Acme?"),
        ("thank_you", "due", "Thank Ana Ruiz"),
    ]
    assert run("export", tmp_path / "once.json")[0] == 0
    again = main(["--data-dir", str(tmp_path / "other"), "import", str(tmp_path / "once.json")])
    assert again == 0
    assert main(["export", "--data-dir", str(tmp_path / "other"), str(tmp_path / "twice.json")]) == 0
    assert (tmp_path / "once.json").read_bytes() == (tmp_path / "twice.json").read_bytes()


def test_due_from_a_file_touches_no_database(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, FACTS)
    status, out, _ = run("due", "--from", file, "--at", AFTER, "--all", "--json")
    assert status == 0
    plan = json.loads(out)
    assert [f["rule"] for f in plan] == ["prepare", "debrief", "thank_you", "status_call", "move_on"]
    call = plan[3]
    assert call["due_at"] == "2026-10-22T08:00:00Z"
    assert [s["step"] for s in call["because"]] == [
        "conversation",
        "stated_date",
        "working_days",
        "outreach_day",
        "call_window",
        "cancelled_by",
    ]
    assert not (tmp_path / "data").exists()


def test_due_until_adds_what_falls_due_by_then(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, FACTS)
    before = json.loads(run("due", "--from", file, "--at", "2026-10-10T12:00:00Z", "--json")[1])
    assert before == []
    until = ("--until", "2026-10-14T10:00:00Z")
    found = json.loads(run("due", "--from", file, "--at", "2026-10-10T12:00:00Z", *until, "--json")[1])
    assert [(f["rule"], f["state"]) for f in found] == [("prepare", "upcoming"), ("debrief", "upcoming")]


def test_due_says_in_words_what_waits_for_what(run: Run, tmp_path: Path) -> None:
    """The employer is spelt in another way, and is the same one."""
    told = {"kind": "reply", "at": "2026-10-01T09:00:00Z"}
    both = {
        **FACTS,
        "applications": [
            {"id": "a1", "employer": "Acme", "role": "Backend", "stage": "interviewing", "channel": "email"},
            {"id": "a2", "employer": " ACME", "role": "Data", "stage": "interviewing"},
        ],
    }
    for application, by in zip(both["applications"], ("2026-10-08", "2026-10-12"), strict=True):
        application["events"] = [{**told, "id": f"e-{application['id']}", "reply_by": by}]
    file = file_with(tmp_path, both)
    out = run("due", "--from", file, "--at", "2026-10-20T09:00:00Z")[1]
    (line,) = [line for line in out.splitlines() if "Data" in line]
    assert line.startswith("Fri 2026-10-16 10:00  due       Call ACME about the position (Data")
    assert line.endswith("): after the email about Backend")
    run("import", file)
    assert line in run("due", "--at", "2026-10-20T09:00:00Z")[1]


def test_due_in_words(run: Run, tmp_path: Path) -> None:
    out = run("due", "--from", file_with(tmp_path, FACTS), "--at", AFTER)[1]
    assert "Wed 2026-10-14 13:00  due       Thank Ana Ruiz (Acme · Data Engineer)\n" in out
    nothing = run("due", "--from", file_with(tmp_path, FACTS), "--at", "2026-01-01T00:00:00Z")[1]
    assert nothing == "Nothing's due.\n"


def test_dry_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    before = run("export", "-")[1]
    status, out, _ = run("import", "--dry-run", "--json", file_with(tmp_path, FACTS))
    assert status == 0
    report = json.loads(out)
    assert (report["added"], report["dry_run"]) == (3, True)
    assert run("export", "-")[1] == before


def test_a_refused_import_leaves_everything_as_it_was(run: Run, tmp_path: Path) -> None:
    run("import", file_with(tmp_path, FACTS))
    before = run("export", "-")[1]
    broken = json.loads(json.dumps(FACTS))
    broken["contacts"].append({"id": "c2", "name": "Tom Berg"})
    broken["applications"][0]["interviews"][0]["interviewers"] = ["nobody"]
    status, out, err = run("import", file_with(tmp_path, broken))
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "nobody" in err
    assert run("export", "-")[1] == before


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("import", "nowhere.json"), 1, "can't be read"),
        (("export", "no/such/folder/x.json"), 1, "can't be written"),
        (("due", "--at", "yesterday"), 2, "INSTANT must be a time"),
        (("due", "--at", "2026-10-14T12:00:00"), 2, "offset"),
        (("due", "--at", "2026-10-14T12:00:00"), 2, "Add the offset"),
        (("due", "--at", "2026-02-30T12:00:00Z"), 2, "That day doesn't exist"),
        (("due", "--until", "2026-02-30"), 2, "That day doesn't exist"),
        (("due", "--at", "2026-10-14T25:00Z"), 2, "That time of day doesn't exist"),
        (("due", "--at", "2026-10-14T12:00+25:00"), 2, "That offset doesn't exist"),
        (("due", "--at", AFTER, "--until", "2026-01-01T00:00:00Z"), 2, "--until is before --at"),
        (("due", "--until", "1990-01-01T00:00:00Z"), 1, "--until is in the past"),
        (("dance",), 2, "isn't one of"),
        (("import",), 2, "FILE"),
        (("import", "x.json", "--format", "xml"), 2, "isn't one of"),
    ],
)
def test_refusals_and_wrong_usage(run: Run, words: tuple[str, ...], status: int, sentence: str) -> None:
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert sentence in err
    assert "Traceback" not in err


def test_a_database_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "followup.db").write_bytes(b"not a database at all" * 400)
    status, out, err = run("due")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1


@pytest.mark.parametrize("first", every(8, range(8)))
def test_the_json_corpus_gives_a_sentence_each(run: Run, corpora: Path, first: int) -> None:
    """The others are read in every run too, past the command line, by the tests of the interchange file."""
    before = run("export", "-")[1]
    for file in sorted((corpora / "json").glob("*.json"))[first::8]:
        status, out, err = run("import", file)
        assert (status, out) == (1, ""), file.name
        assert err.count("\n") == 1, file.name
    assert run("export", "-")[1] == before


def test_naughty_strings_come_back_as_they_were(run: Run, corpora: Path, tmp_path: Path) -> None:
    strings = json.loads((corpora / "strings" / "blns.json").read_text("utf-8"))
    applications = [
        {"id": f"a{n}", "employer": text, "role": text, "stage": "applied", "notes": text}
        for n, text in enumerate(strings)
        if text.strip()
    ]
    file = file_with(tmp_path, {**FACTS, "applications": applications})
    status, _, err = run("import", file)
    assert (status, err) == (0, "")
    assert len(json.loads(run("export", "-")[1])["applications"]) == len(applications)
    assert run("due", "--all", "--json")[0] == 0


def test_standard_input_and_a_reader_that_stops_early(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "followup_desktop", "due", "--from", "-", "--all", "--at", AFTER]
    done = subprocess.run(
        command, input=json.dumps(FACTS).encode(), capture_output=True, check=True, env=os.environ
    )
    assert done.stdout.count(b"\n") == 5
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command, input=json.dumps(FACTS).encode(), stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_output_on_a_terminal_that_can_not_show_it(tmp_path: Path) -> None:
    facts = json.loads(json.dumps(FACTS))
    facts["contacts"][0]["name"] = "山田"
    command = [sys.executable, "-m", "followup_desktop", "due", "--from", "-", "--at", AFTER]
    done = subprocess.run(
        command,
        input=json.dumps(facts).encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert rb"Thank \u5c71\u7530" in done.stdout


def test_import_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(FACTS).encode())))
    assert run("import", "-")[0] == 0


@pytest.mark.parametrize(("file", "status"), [("-", 0), ("missing/search.json", 1)])
def test_where_there_is_no_console_nothing_is_said_and_all_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, status: int
) -> None:
    target = file if file == "-" else str(tmp_path / file)
    with monkeypatch.context() as windowed:
        windowed.setattr(sys, "stdout", None)
        windowed.setattr(sys, "stderr", None)
        assert main(["--data-dir", str(tmp_path), "export", target]) == status
        sys.stdout.close()
        sys.stderr.close()
