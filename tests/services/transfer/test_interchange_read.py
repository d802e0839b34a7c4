"""What is read: leniently where the format is, and otherwise refused in one sentence that names the place."""

from __future__ import annotations

import codecs
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Channel, Event, Facts, Interview, Policy
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.interchange import merge, read, write
from followup_desktop.services.transfer.readers import interchange as reader
from tests.services.transfer.files import FILE, encoded, merged, minimal, with_value, without
from tests.tables import tabled

A1 = ("applications", 0)
I1 = (*A1, "interviews", 0)
E1 = (*A1, "events", 0)
NO_JSON = (
    "The file isn't valid JSON at line 1, column {} (expecting value). Fix it there, or export it again."
)
NO_NUMBER = "The file has the value {}, which isn't JSON. Use a number or null."


def is_one_line(sentence: str) -> bool:
    """Whether it prints as one line, but for the signs that set a value of the other direction apart."""
    return sentence.replace("\u2068", "").replace("\u2069", "").isprintable()


def refusal(data: bytes) -> Refused:
    """How the file is refused: always one line, ending like a sentence."""
    with pytest.raises(Refused) as refused:
        merge(read(data), Facts())
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert is_one_line(sentence)
    return refused.value


@tabled(
    "data, sentence",
    [
        (
            b'{"format": ',
            NO_JSON.format(12),
        ),
        (b"\xff\xfe{\0}\0", "The file isn't UTF-8 text (see byte 1). Save it as UTF-8."),
        (b"[" * 100_000, "The file is nested too deeply for a Follow Up export. Export it again."),
        (b'{"version": NaN}', NO_NUMBER.format("NaN")),
        (
            b'{"version": -Infinity}',
            NO_NUMBER.format("-Infinity"),
        ),
        (
            b'{"version": 1' + b"0" * 5000 + b"}",
            "The file has a number with thousands of digits. Use a shorter one.",
        ),
    ],
)
def test_what_is_no_json(data: bytes, sentence: str) -> None:
    assert str(refusal(data)) == sentence


@tabled("parsed", [[], None, 5, "x", {}, {"version": 1}, {"format": "other", "version": 1}])
def test_what_is_another_format(parsed: object) -> None:
    assert str(refusal(encoded(parsed))).startswith("That's JSON, but not a Follow Up export, ")


def test_a_newer_version() -> None:
    error = refusal(encoded({"format": "followup-desktop", "version": 2, "contacts": 5}))
    assert str(error) == (
        "version is 2, from a newer Follow Up. This one reads version 1, so update the program."
    )


@tabled("version", [None, "1", True, 1.0, 0, -1])
def test_a_version_that_is_none(version: object) -> None:
    assert str(refusal(encoded({"format": "followup-desktop", "version": version}))).startswith(
        "version must be 1, not "
    )


def test_the_smallest_file_and_a_byte_order_mark() -> None:
    assert merged(minimal()).facts == Facts()
    data = codecs.BOM_UTF8 + encoded(FILE)
    assert read(data) == read(encoded(FILE))


def test_missing_and_null_take_the_defaults() -> None:
    nulls = {key.name: None for key in layout.APPLICATION_KEYS if not key.required}
    required = {"id": "a", "employer": "Acme", "role": "", "stage": "saved"}
    short = merged(minimal(applications=[required], contacts=None, policy=None)).facts
    full = merged(minimal(applications=[{**required, **nulls, "interviews": None, "events": None}])).facts
    assert short == full
    application = full.applications[0]
    assert (application.channel, application.tags, application.timezone) == (Channel.PHONE, (), None)


@tabled(
    "path",
    [
        *((*A1, key) for key in ("id", "employer", "role", "stage")),
        *(("contacts", 0, key) for key in ("id", "name")),
        *((*I1, key) for key in ("id", "starts_at", "minutes")),
        *((*E1, key) for key in ("id", "kind", "at")),
        *(("reminders", 0, key) for key in ("id", "title", "at")),
        *(("choices", 0, key) for key in ("key", "made_at")),
        ("announced", 0, "key"),
    ],
)
def test_required_keys(path: tuple[str | int, ...]) -> None:
    place = place_of(path)
    for data in (encoded(without(path)), encoded(with_value(path, None))):
        error = refusal(data)
        assert str(error) == f"{place} is missing. Every entry of this kind needs it."
        assert error.field == place


def place_of(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


@tabled(
    "path, value, must",
    [
        ((*I1, "minutes"), 0, "be a whole number from 1 to 1,440"),
        ((*I1, "minutes"), "60", "be a whole number from 1 to 1,440"),
        ((*I1, "minutes"), True, "be a whole number from 1 to 1,440"),
        ((*I1, "minutes"), 60.0, "be a whole number from 1 to 1,440"),
        ((*I1, "starts_at"), "2026-09-30", "be a local time without an offset, like 2026-10-14T10:00"),
        ((*I1, "starts_at"), "2101-01-01T00:00", "be from 1970 to 2100"),
        ((*I1, "kind"), "chat", "be one of phone, video, onsite, technical, panel, informational, other"),
        ((*I1, "timezone"), "Madrid", "be the name of a time zone, like Europe/Madrid"),
        ((*I1, "fold"), 2, "be a whole number from 0 to 1"),
        ((*I1, "fit"), 0, "be a whole number from 1 to 5"),
        ((*I1, "interviewers"), "c1", "be a list"),
        (
            (*A1, "stage"),
            "ghosted",
            "be one of saved, applied, interviewing, offer, accepted, .*, no_response",
        ),
        ((*A1, "channel"), "none", "be phone or email"),
        ((*A1, "channel"), [], "be phone or email"),
        ((*A1, "country"), "Spain", "be a country with known holidays, like ES or ES-MD"),
        ((*A1, "applied_on"), "2026-02-29", "be a date from 1970 to 2100, like 2026-10-14"),
        ((*A1, "stage_at"), "2026-09-30T12:00:00", "be a time with its UTC offset, like .*"),
        ((*A1, "priority"), 2**31, "be a whole number from -2,147,483,647 to 2,147,483,647"),
        ((*A1, "archived"), "no", "be true or false"),
        ((*A1, "interviews"), {}, "be a list"),
        ((*A1, "tags"), {}, "be a list"),
        ((*E1, "kind"), "sms", "be one of thank_you, call, .*, note"),
        ((*E1, "outcome"), "busy", "be one of spoke, left_message, no_answer"),
        ((*E1, "to"), "none", "be one of saved, applied, .*"),
        (("contacts", 1), "c2", "be an object"),
        (("contacts", 1, "id"), "-", "be an id of 1 to 64 characters other than “-”"),
        (("contacts", 1, "name"), 7, "be text"),
        (("contacts",), {}, "be a list"),
        (("policy",), [], "be an object"),
        (("policy", "max_attempts"), 6, "be a whole number from 1 to 5"),
        (("policy", "quiet_from"), "9pm", "be a time of day like “09:30”"),
        (("policy", "call_windows"), "10:00", "be a list"),
        (("policy", "timezone"), "", "be the name of a time zone, like Europe/Madrid"),
        (("search", "paused"), 0, "be true or false"),
        (("reminders", 0, "repeat"), "yearly", "be one of daily, working_days, weekly"),
    ],
)
def test_values_that_are_not_of_the_format(path: tuple[str | int, ...], value: object, must: str) -> None:
    error = refusal(encoded(with_value(path, value)))
    assert re.fullmatch(f"{re.escape(place_of(path))} must {must}, not .*", str(error))
    assert error.field == place_of(path)


@tabled(
    "path, value, start",
    [
        ((*A1, "tags"), ["a", None], "applications[0].tags[1] must be text, not null"),
        ((*A1, "employer"), " \t", "applications[0].employer can't be empty"),
        (("contacts", 0, "name"), "", "contacts[0].name can't be empty"),
        (("reminders", 0, "title"), "", "reminders[0].title can't be empty"),
        ((*A1, "notes"), "a\0", "applications[0].notes contains a NUL character"),
        ((*A1, "notes"), "\ud800", "applications[0].notes contains half a character"),
        (("policy", "no_call_weekdays"), ["Monday"], "policy.no_call_weekdays[0] must be one of monday, "),
        (
            ("policy", "no_call_weekdays"),
            ["sunday"],
            "policy.no_call_weekdays can include at most 4 of monday, ",
        ),
        (("policy", "call_windows"), [["10:00"]], "policy.call_windows[0] must be a list of two values"),
        (
            ("policy", "call_windows"),
            [["12:00", "10:00"]],
            "policy.call_windows[0] must start before it ends",
        ),
        (("policy", "away"), [["2026-01-01", "2026-06-01"]], "policy.away[0] must be a first and a last day"),
        (
            ("policy", "quiet_until"),
            "12:00",
            "policy.quiet_until would make quiet hours last from 21:00 to 12:00. They can",
        ),
    ],
)
def test_other_refusals(path: tuple[str | int, ...], value: object, start: str) -> None:
    assert str(refusal(encoded(with_value(path, value)))).startswith(start)


def test_a_key_that_stands_twice() -> None:
    data = json.dumps(FILE).replace('"role": ""', '"role": "", "role": "x"').encode()
    assert str(refusal(data)) == "applications[1].role is in its object twice. Keep one of them."


@tabled(
    "path, first",
    [
        (("contacts", 1, "id"), "contacts[0]"),
        (("applications", 1, "id"), "contacts[0]"),
        ((*I1, "id"), "contacts[0]"),
        ((*E1, "id"), "contacts[0]"),
        (("reminders", 0, "id"), "contacts[0]"),
    ],
)
def test_ids_are_unique_in_the_file_across_kinds(path: tuple[str | int, ...], first: str) -> None:
    expected = f"{place_of(path)} is “c1”, and so is {first}.id. Give one of them another id."
    assert str(refusal(encoded(with_value(path, "c1")))) == expected


def test_a_follow_ups_key_is_unique_in_its_array() -> None:
    choice = FILE["choices"][0]
    assert str(refusal(encoded({**FILE, "choices": [choice, choice]}))) == (
        "choices[1].key is “thank_you/a1/2026-09-30/c1”, and so is choices[0].key. Keep one of them."
    )


def test_unknown_keys_are_left_out_with_a_warning_each() -> None:
    changed = with_value((*I1, "colour"), "red")
    changed["mood"] = {"deep": [1]}
    changed["policy"]["..."] = 5
    changed["contacts"][0]["\ud800\n"] = 5
    document = read(encoded(changed))
    assert set(document.warnings) == {
        "mood isn't a known key and was left out.",
        'policy["..."] isn\'t a known key and was left out.',
        'contacts[0]["\\ud800\\n"] isn\'t a known key and was left out.',
        "applications[0].interviews[0].colour isn't a known key and was left out.",
    }
    assert merge(document, Facts()).facts == merged(FILE).facts


def test_ids_are_kept_as_they_are_and_texts_are_cleaned() -> None:
    contact = {"id": " Jose\u0301 ", "name": " Jose\u0301 "}
    kept = merged(minimal(contacts=[contact])).facts.contacts[0]
    assert (kept.id, kept.name) == (" Jose\u0301 ", "Jos\u00e9")


def test_what_is_repeated_in_a_list_is_kept_once() -> None:
    changed = with_value((*I1, "interviewers"), ["c2", "c1", "c2"])
    changed["applications"][0] |= {"contacts": ["c1", "c1"], "tags": ["b", "a", " b "]}
    application = merged(changed).facts.applications[0]
    assert application.interviews[0].interviewers == ("c2", "c1")
    assert application.contacts == ("c1",)
    assert application.tags == ("b", "a")


def test_instants_and_wall_times_as_kept() -> None:
    changed = with_value((*E1, "at"), "2026-10-13T10:20:00.999+02:00")
    changed["applications"][0]["interviews"][0]["starts_at"] = "2026-09-30T11:00:59"
    application = merged(changed).facts.applications[0]
    event: Event = application.events[0]
    interview: Interview = application.interviews[0]
    assert event.at == datetime(2026, 10, 13, 8, 20, tzinfo=UTC)
    assert interview.starts_at == datetime.fromisoformat("2026-09-30T11:00")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of everything in ``FILE`` below its top."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in items for place in ((*path, key), *places(item, (*path, key)))]


@given(st.sampled_from(places(FILE)), JSON_VALUES)
def test_any_value_anywhere_is_taken_or_refused_in_a_sentence(
    path: tuple[str | int, ...], value: object
) -> None:
    taken_or_refused(encoded(with_value(path, value)))


def taken_or_refused(data: bytes) -> bool:
    """Whether a file is taken; if so, what it gives is written and read again to the same."""
    try:
        facts = merge(read(data), Facts()).facts
    except Refused as error:
        assert str(error).endswith(".")
        assert is_one_line(str(error))
        return False
    assert merge(read(write(facts).encode()), Facts()).facts == facts
    return True


@given(st.binary(max_size=60) | st.integers(0, len(encoded(FILE)) - 1).map(lambda n: encoded(FILE)[:n]))
def test_any_bytes_are_refused_in_a_sentence(data: bytes) -> None:
    assert not taken_or_refused(data)


def test_the_json_corpus_as_a_file_and_as_a_value(corpora: Path) -> None:
    files = sorted((corpora / "json").glob("*.json"))
    assert files
    for file in files:
        data = file.read_bytes()
        assert not taken_or_refused(data)
        head = encoded(FILE)[:-1]
        assert not taken_or_refused(head + b', "contacts": ' + data + b"}"), "contacts is in its object twice"
        for key in (b'"extra": ', b'"search": '):
            taken = taken_or_refused(b'{"format": "followup-desktop", "version": 1, ' + key + data + b"}")
            assert not (taken and file.name.startswith("n_")), file.name


def test_naughty_strings_in_every_text(corpora: Path) -> None:
    paths = [path for path in places(FILE) if isinstance(value_at(path), str)]
    for index, text in enumerate(naughty_strings(corpora)):
        for path in paths[index % 8 :: 8]:
            taken_or_refused(encoded(with_value(path, text)))


def naughty_strings(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "strings" / "blns.json").read_text(encoding="utf-8"))
    assert strings
    return strings


def value_at(path: tuple[str | int, ...]) -> object:
    value: Any = FILE
    for step in path:
        value = value[step]
    return value


def test_a_naughty_string_is_kept_as_a_note(corpora: Path) -> None:
    for text in naughty_strings(corpora):
        kept = merged(with_value((*A1, "notes"), text)).facts.applications[0].notes
        assert kept == merged(with_value((*A1, "notes"), kept)).facts.applications[0].notes
        if text.isascii():
            assert kept == text.strip()


def test_a_policy_of_the_file_alone_starts_from_the_defaults() -> None:
    assert merged(minimal(policy={"max_attempts": 3})).facts.policy == Policy(max_attempts=3)


def test_applications_are_counted_across_the_parts_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": f"a{n}", "employer": "Acme", "role": "Cook", "stage": "saved"} for n in range(9)]
    head = {"format": "followup-desktop", "version": 1, "policy": {}, "contacts": []}
    parts = {**head, "applications": rows}
    for part in range(1, 30):
        monkeypatch.setattr(reader, "_PART", part)
        heard: list[tuple[int, int]] = []
        reader.read(encoded(parts), Reading(on_progress=lambda *each, to=heard: to.append(each)))
        assert heard == [(0, 9)], part
