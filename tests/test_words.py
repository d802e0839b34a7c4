"""A language that is none, spoken by the whole program: what it says without its catalogue stands out.

The catalogue is made of the texts that ``make messages`` finds in the sources, so that a text which is marked
where nobody can find it stands out as well. What the user entered is written in Greek letters.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import apsw
import pytest

from followup_desktop import i18n
from followup_desktop.__main__ import main
from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.domain.facts import facts_of
from followup_desktop.domain.model import (
    WEEKDAYS,
    Application,
    Event,
    Facts,
    Interview,
    Policy,
    Reminder,
)
from followup_desktop.domain.policy import SETTINGS, check_policy
from followup_desktop.domain.rules import plan_facts
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.capture.contact_checks import check_email, check_link, check_phone
from followup_desktop.services.reading.due import subjects
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.transfer import formats, interchange, layout
from followup_desktop.services.transfer.formats import writer_for
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.formats import city
from followup_desktop.services.wording.settings import setting_help, setting_title
from followup_desktop.storage.failures import refusal
from followup_desktop.system import problems
from tests.pseudo_locale import LOCALE, compiled, english_words
from tests.services.conftest import madrid
from tests.tables import tabled

pytestmark = pytest.mark.xdist_group("words")  # each process would make the catalogue anew

REPOSITORY = Path(__file__).resolve().parents[1]
NOW = madrid("2026-10-14T11:00")
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβγδεζηθικλμνοπρςστυφχψωάέΑΒΓΔΕΖΗΘΙΚΛΜΝΟΠΡΣΤΥΦΧΨΩΆΈΉ",
)
TYPED = frozenset(
    {"name", "employer", "title", "email", "phone", "notes", "role", "location", "source", "salary", "resume"}
    | {"tags", "process", "topics", "note"}
)
"""The keys of the interchange file that hold what the user typed, and no name of the file's own."""

LANGUAGES = ("en", LOCALE)
"""The codes of those that there are here."""

NAMES_OF_THE_PROGRAM = frozenset({"followup", "desktop", "Follow", "Up", "Desktop"})


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The resources of the program, with a catalogue in the language that is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPOSITORY / "packaging")
        messages: ModuleType = importlib.import_module("messages")
    bundle = tmp_path_factory.mktemp("bundle")
    folder = bundle / "resources"
    folder.mkdir()
    for each in resources_dir().iterdir():
        if each.name != "locale":
            (folder / each.name).symlink_to(each)
    catalogue = folder / "locale" / LOCALE / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(compiled(messages.read_template()))
    return folder


@pytest.fixture(autouse=True)
def _spoken(resources: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program starts in that language."""
    before = i18n.in_use()
    monkeypatch.setattr(sys, "_MEIPASS", str(resources.parent), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, f"{LOCALE}_GR.UTF-8")
    i18n.use(LOCALE, resources / "locale")
    yield
    i18n.install(*before)


def unknown(text: str, *names: str) -> set[str]:
    """The words that are English, but for these names and those of options, which are no language's."""
    return set(english_words(re.sub(r"(?<!\w)-{1,2}[a-z][a-z-]*", " ", text))) - {
        word for name in names for word in english_words(name)
    }


def in_greek(value: Any, key: str = "") -> Any:
    """An interchange file with all that was typed in Greek letters."""
    if isinstance(value, dict):
        return {name: in_greek(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [in_greek(each, key) for each in value]
    return value.translate(GREEK) if isinstance(value, str) and key in TYPED else value


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The sample, which has a follow-up by every rule."""
    found: dict[str, Any] = in_greek(json.loads(interchange.write(sample_facts(NOW, "Europe/Madrid"))))
    return found


@pytest.fixture(scope="module")
def facts(document: dict[str, Any]) -> Facts:
    read = interchange.read(json.dumps(document).encode())
    return interchange.merge(read, Facts()).facts


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs the program on a data folder of its own; what it says, on both ways."""

    def run_(*words: str | Path) -> str:
        with contextlib.suppress(SystemExit):
            main(["--data-dir", str(tmp_path / "δεδομένα"), *map(str, words)])
        return "\n".join(capsys.readouterr())

    return run_


# The command line

COMMANDS = (
    *("add", "import", "export", "due", "backup", "restore", "check", "report", "notify-test", "self-test"),
)
MAPPING = ("columns", "Company", "employer", "headings", "false")
"""Words of the example of a mapping."""
FORMATS = (*(each.name for each in formats.FORMATS), "pdf", "html", "Letter")
"""The choices of the options of exports and reports."""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        *([command, "--help"] for command in COMMANDS),
        ["unknown"],
        ["due", "--unknown"],
        ["due", "--at"],
        ["due", "--at", "now"],
        ["export"],
        ["export", "x", "--format", "x"],
        ["import", "x", "--dry-run=9"],
        ["due", "--a"],
        ["--data-dir", " ", "due"],
    ],
    ids=" ".join,
)
def test_help_and_wrong_usage(run: Callable[..., str], words: Sequence[str]) -> None:
    said = run(*words)
    assert said.strip()
    assert unknown(said, *COMMANDS, *FORMATS, *words, *LANGUAGES, *NAMES_OF_THE_PROGRAM) == set()


def test_what_a_search_is_told(run: Callable[..., str], document: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "αρχείο.json"
    file.write_text(json.dumps(document), "utf-8")
    places = (str(tmp_path), json.dumps(document), *OF_THE_FILE)
    assert unknown(run("import", file, "--dry-run"), *places) == set()
    run("import", file)
    again = run("import", file)
    assert "[!! " in again
    assert unknown(again, *places) == set()
    at = NOW.isoformat()
    for words in (["due"], ["due", "--all", "--at", at], ["due", "--at", at, "--from", str(file)]):
        assert unknown(run(*words), *places) == set()
    assert "[!! " in run("due", "--at", at)


def test_a_file_that_sets_back_and_changes(
    run: Callable[..., str], document: dict[str, Any], tmp_path: Path
) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    first.write_text(json.dumps(document), "utf-8")
    changed = json.loads(first.read_text("utf-8"))
    for application in changed["applications"]:
        application |= {"stage": "saved", "stage_at": "2020-01-01T00:00:00Z", "extra": 1, "notes": "α"}
        application["events"] = []
    changed["policy"]["max_attempts"] = 5
    second.write_text(json.dumps(changed), "utf-8")
    run("import", first)
    said = run("import", second)
    assert unknown(said, json.dumps(changed), *OF_THE_FILE) == set()


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("import", b""),
        ("import", b"{"),
        ("import", b"{]"),
        ("import", b'{"a" 1}'),
        ("import", b"{'a': 1}"),
        ("import", b'{"a": 1} 2'),
        ("import", b'{"a": "'),
        ("import", b'{"a": "\n"}'),
        ("import", b'{"a": "\\x"}'),
        ("import", b'{"a": "\\u12"}'),
        ("import", b'{"a": NaN}'),
        ("import", b"[" * 100_000),
        ("import", b"1" * 5000),
        ("import", b"{\xff}"),
        ("import", b"{}"),
        ("import", b"%PDF-1.4"),
        ("import", b"SQLite format 3\0"),
        ("import", b"\x89PNG\r\n\x1a\n"),
        ("import", b"PK\x03\x04"),
        ("import", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("import", b"a,b,c\n1,2,3\n4,5,6\n"),
        ("import", b"BEGIN:VCARD"),
        ("import", b"From: a\nTo: b\n\n"),
        ("import", b"just words\n"),
        ("import", b"\0\1\2"),
        ("due", b"{}"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_a_file_that_is_not_read(
    run: Callable[..., str], tmp_path: Path, command: str, content: bytes
) -> None:
    file = tmp_path / "1"
    file.write_bytes(content)
    said = run(*([command, file] if command == "import" else [command, "--from", file]))
    named = ("JSON", "UTF", "NaN", "json", "format", "version", "PDF", "SQLite", "PNG", "ZIP", "CSV")
    assert said.strip()
    assert unknown(said, str(tmp_path), *named, *MAPPING, "vCard", *NAMES_OF_THE_PROGRAM) == set()


ENTRIES: dict[str, dict[str, Any]] = {
    "applications": {"id": "1", "employer": "α", "role": "β", "stage": "applied"},
    "contacts": {"id": "2", "name": "γ"},
    "reminders": {"id": "3", "title": "δ", "at": "2026-10-14T10:00"},
    "choices": {"key": "4", "made_at": "2026-10-14T10:00:00Z"},
    "announced": {"key": "4", "announced_at": "2026-10-14T10:00:00Z"},
    "interviews": {"id": "5", "starts_at": "2026-10-14T10:00", "minutes": 60},
    "events": {"id": "6", "kind": "note", "at": "2026-10-14T10:00:00Z"},
}
WRONG: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x",
    "\0",
    "\ud800",
    -1,
    1.5,
    10**20,
    True,
    [],
    [1],
    [[]],
    {},
    {"a": 1},
)


KEYS = {
    "applications": layout.APPLICATION_KEYS,
    "contacts": layout.CONTACT_KEYS,
    "reminders": layout.REMINDER_KEYS,
    "choices": layout.CHOICE_KEYS,
    "announced": layout.ANNOUNCED_KEYS,
    "interviews": layout.INTERVIEW_KEYS,
    "events": layout.EVENT_KEYS,
}
OF_THE_FILE = (
    *(key.name for keys in (*KEYS.values(), layout.POLICY_KEYS) for key in keys),
    *(
        member.value
        for kind in (Application, Interview, Event, Reminder)
        for fact in facts_of(kind)
        for member in fact.members
    ),
    *(
        *WEEKDAYS,
        *KEYS,
        "search",
        "policy",
        "true",
        "false",
        "null",
        "NUL",
        "UTC",
        "Europe",
        "Madrid",
        "ES",
        "MD",
    ),
)
"""What the interchange file calls things, which is the same in every language."""


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_value_that_is_not_read(kind: str) -> None:
    """Every key of every entry, with values of each wrong kind."""
    refused = 0
    for key in KEYS[kind]:
        for value in WRONG:
            whole = _document(kind, ENTRIES[kind] | {key.name: value})
            try:
                interchange.merge(interchange.read(whole), Facts())
            except Refused as refusal_:
                refused += 1
                assert unknown(str(refusal_), *OF_THE_FILE, r"\ud") == set()
    assert refused > len(KEYS[kind])


@tabled(
    "change",
    [
        {"quiet_from": time(8), "quiet_until": time(23)},
        {"no_call_weekdays": (0, 1, 2, 3, 4)},
        {"call_windows": ()},
        {"call_windows": ((time(12), time(10)),)},
        {"call_windows": ((time(9), time(12)), (time(11), time(13)))},
        {"away": ((date(2026, 1, 1), date(2026, 1, 2)),) * 21},
        {"away": ((date(2026, 1, 2), date(2026, 1, 1)),)},
        {"away": ((date(1066, 1, 2), date(2026, 1, 1)),)},
        {"max_attempts": 99},
        {"timezone": "α"},
        {"country": "α"},
    ],
)
def test_settings_that_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_policy(replace(Policy(), **change))
    assert unknown(str(refused.value), *OF_THE_FILE) == set()


def _whatever_is_refused() -> Iterator[Callable[[], object]]:
    """A check of each kind that is not of a file's keys."""
    field = "π"
    yield lambda: checks.check_instant(datetime(2026, 1, 1), field)  # noqa: DTZ001 - that is refused
    yield lambda: checks.check_instant(datetime(1, 1, 1, tzinfo=UTC), field)
    yield lambda: checks.check_wall_time(NOW, field)
    yield lambda: checks.check_wall_time(datetime(1, 1, 1), field)  # noqa: DTZ001 - a wall time has no zone
    yield lambda: check_email("α β", field)
    yield lambda: check_phone("α", field)
    yield lambda: check_link("α β", field)
    yield lambda: writer_for(Path("α.pdf"))
    yield lambda: interchange.read(b'{"format": "followup-desktop", "version": 99}')
    yield lambda: interchange.read(b'{"format": "followup-desktop", "version": 0}')
    yield lambda: interchange.read(b'{"format": "followup-desktop", "format": 1}')


@tabled("check", [*_whatever_is_refused()])
def test_what_is_refused(check: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refused:
        check()
    examples = (
        "ana@example.org",
        "https://example.org/jobs",
        ".json .csv .events.csv .ics .vcf .pdf",
        "format",
        "version",
        "null",
    )
    assert unknown(str(refused.value), *examples, "UTC", *NAMES_OF_THE_PROGRAM) == set()


@pytest.mark.parametrize(
    "error",
    [
        *(
            kind("x")
            for kind in vars(apsw).values()
            if isinstance(kind, type) and issubclass(kind, apsw.Error)
        ),
        *(OSError(number, os.strerror(number), "α") for number in (errno.ENOSPC, errno.EIO, errno.EROFS)),
        *(
            OSError(number, os.strerror(number), "α")
            for number in (errno.ENOENT, errno.EACCES, errno.ENOTDIR)
        ),
        OSError("α"),
        OSError(errno.ENOENT, os.strerror(errno.ENOENT)),
        MemoryError(),
        ValueError("α"),
    ],
    ids=repr,
)
def test_what_goes_wrong(error: Exception) -> None:
    told = [problems.sentence(error)]
    if (refused := refusal(error, "α")) is not None:
        told.append(str(refused))
    if isinstance(error, OSError):
        told.append(reason_of(error))
    for sentence in told:
        assert unknown(sentence, type(error).__name__, *NAMES_OF_THE_PROGRAM) == set()


# What is said of follow-ups


def test_every_follow_up(facts: Facts, cities: set[str]) -> None:
    """Titles, details, chips, reasons, notifications, at several instants of each."""
    wording = Wording()
    for subject in subjects(facts, plan_facts(facts)):
        for text in _told(wording, subject):
            assert unknown(text, *cities) == set(), text


@pytest.fixture(scope="module")
def cities(facts: Facts) -> set[str]:
    """The places after which the zones of the search are called."""
    zones = {each.timezone for application in facts.applications for each in application.interviews}
    zones |= {application.timezone for application in facts.applications}
    return {city(zone) for zone in zones if zone}


def _told(wording: Wording, subject: Subject) -> Iterator[str]:
    follow_up = subject.follow_up
    yield from (wording.title(subject), wording.short_title(subject))
    yield wording.rule_label(follow_up.rule)
    ends = follow_up.expires_at or follow_up.due_at + timedelta(days=2)
    for now in (
        follow_up.opens_at,
        follow_up.due_at,
        ends - timedelta(hours=1),
        ends,
        ends + timedelta(days=40),
    ):
        explained = wording.explain(subject, now)
        yield from (wording.detail(subject, now), wording.chip(subject, None, now)[0])
        yield from (*wording.notification(subject, now), *wording.where_and_why(subject, now))
        yield from (explained.heading, *explained.lines)
    yield from (label for _, label in wording.notification_actions(follow_up))


def test_every_timeline(facts: Facts, cities: set[str]) -> None:
    wording, people = Wording(), {contact.id: contact for contact in facts.contacts}
    for application in facts.applications:
        for entry in wording.timeline(application, people, facts.policy, NOW):
            assert unknown(f"{entry.title} {entry.when} {entry.note}", *cities) == set()
        for interview in application.interviews:
            row = wording.interview_row(interview, application, people, facts.policy, NOW)
            assert unknown(row.text, *cities) == set()


def test_settings_and_labels() -> None:
    labels = Wording().labels
    tables = [each for each in vars(labels).values() if isinstance(each, dict)]
    said = [str(text) for table in tables for text in table.values() if isinstance(text, str)]
    said += [text for spec in SETTINGS for text in (setting_title(spec.name), setting_help(spec.name))]
    assert len(said) > 80
    assert [text for text in said if unknown(text, "title")] == []


def _document(kind: str, entry: dict[str, Any]) -> bytes:
    whole: dict[str, Any] = {"format": "followup-desktop", "version": 1}
    if kind in ("interviews", "events"):
        whole["applications"] = [ENTRIES["applications"] | {kind: [entry]}]
    else:
        whole[kind] = [entry]
    return json.dumps(whole).encode()
