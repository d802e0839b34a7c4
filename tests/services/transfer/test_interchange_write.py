"""What is written: the layout to the byte, and the way back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from followup_desktop.domain.model import Application, Facts, Policy, Stage
from followup_desktop.domain.policy import SETTINGS
from followup_desktop.services.transfer import layout
from followup_desktop.services.transfer.interchange import merge, read, write
from tests.services.transfer.files import FILE, merged
from tests.strategies import facts

EXPECTED = """\
{
  "format": "followup-desktop",
  "version": 1,
  "policy": {
    "timezone": "Europe/Madrid",
    "country": "ES-MD",
    "away": [
      [
        "2026-12-24",
        "2027-01-01"
      ]
    ],
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "ask_lead_minutes": 120,
    "debrief_delay_minutes": 30,
    "thank_you_delay_minutes": 120,
    "thank_you_hours": 24,
    "grace_working_days": 2,
    "default_reply_working_days": 5,
    "retry_working_days": 3,
    "max_attempts": 2,
    "no_call_weekdays": [
      "monday"
    ],
    "call_windows": [
      [
        "10:00",
        "12:00"
      ],
      [
        "14:00",
        "16:00"
      ]
    ],
    "contact_gap_working_days": 3,
    "check_in_working_days": 10,
    "check_in_retry_working_days": 5,
    "min_active_applications": 3,
    "search_gap_working_days": 5
  },
  "search": {
    "paused": false,
    "acknowledged_at": null
  },
  "contacts": [
    {
      "id": "c1",
      "name": "Ana Ruiz",
      "employer": "Acme",
      "title": "",
      "email": "",
      "phone": "",
      "url": "",
      "notes": "",
      "no_thank_you": false
    },
    {
      "id": "c2",
      "name": "Tom Berg",
      "employer": "",
      "title": "",
      "email": "",
      "phone": "",
      "url": "",
      "notes": "",
      "no_thank_you": false
    }
  ],
  "applications": [
    {
      "id": "a1",
      "employer": "Acme",
      "role": "Data Engineer",
      "stage": "interviewing",
      "stage_at": "2026-09-30T10:00:00Z",
      "applied_on": null,
      "closes_on": null,
      "offer_expires_on": null,
      "timezone": null,
      "country": null,
      "channel": "phone",
      "do_not_contact": false,
      "location": "",
      "url": "",
      "source": "",
      "salary": "",
      "resume": "",
      "priority": 0,
      "fit": null,
      "tags": [
        "python"
      ],
      "notes": "",
      "archived": false,
      "contacts": [
        "c1"
      ],
      "interviews": [
        {
          "id": "i1",
          "kind": "other",
          "starts_at": "2026-09-30T11:00",
          "timezone": null,
          "fold": 0,
          "minutes": 60,
          "location": "",
          "interviewers": [
            "c1"
          ],
          "cancelled": false,
          "debriefed_at": null,
          "process": "",
          "reply_by": null,
          "no_date_given": false,
          "topics": "",
          "notes": "",
          "fit": null
        }
      ],
      "events": [
        {
          "id": "e1",
          "kind": "call",
          "outcome": "left_message",
          "at": "2026-10-13T08:20:00Z",
          "contact": "c1",
          "interview": "i1",
          "reply_by": null,
          "from": null,
          "to": null,
          "note": ""
        },
        {
          "id": "e2",
          "kind": "stage",
          "outcome": null,
          "at": "2026-09-20T09:00:00Z",
          "contact": null,
          "interview": null,
          "reply_by": null,
          "from": "applied",
          "to": "interviewing",
          "note": ""
        }
      ]
    },
    {
      "id": "a2",
      "employer": "Initech",
      "role": "",
      "stage": "saved",
      "stage_at": null,
      "applied_on": null,
      "closes_on": null,
      "offer_expires_on": null,
      "timezone": null,
      "country": null,
      "channel": "phone",
      "do_not_contact": false,
      "location": "",
      "url": "",
      "source": "",
      "salary": "",
      "resume": "",
      "priority": 0,
      "fit": null,
      "tags": [],
      "notes": "",
      "archived": false,
      "contacts": [],
      "interviews": [],
      "events": []
    }
  ],
  "reminders": [
    {
      "id": "m1",
      "title": "Renew certificate",
      "at": "2026-10-20T09:00",
      "timezone": null,
      "application": "a2",
      "repeat": null,
      "done_at": null
    }
  ],
  "choices": [
    {
      "key": "thank_you/a1/2026-09-30/c1",
      "made_at": "2026-09-30T14:00:00Z",
      "snoozed_until": null,
      "skipped": true
    }
  ],
  "announced": [
    {
      "key": "thank_you/a1/2026-09-30/c1",
      "announced_at": "2026-09-30T12:00:00Z",
      "again_at": null
    }
  ]
}
"""


def test_a_key_that_came_after_version_1_is_written_only_with_a_value() -> None:
    application = Application(id="a1", employer="Acme", role="", stage=Stage.SAVED)
    assert '"language"' not in write(Facts(applications=(application,)))
    text = write(Facts(applications=(replace(application, language="de"),)))
    assert '"archived": false,\n      "language": "de",\n      "contacts"' in text


def test_the_layout_to_the_byte() -> None:
    assert write(merged(FILE).facts) == EXPECTED


def test_what_is_not_ascii_is_written_as_it_is() -> None:
    text = write(merged({**FILE, "contacts": [{"id": "c1", "name": "アナ \U0001f600 “ñ”"}]}).facts)
    assert '"name": "アナ \U0001f600 “ñ”"' in text


def test_arrays_are_sorted_by_id_as_strings() -> None:
    contacts = [{"id": one, "name": one} for one in ("c2", "c10", "B", "é", "a")]
    written = json.loads(write(merged({**FILE, "contacts": [*contacts, FILE["contacts"][0]]}).facts))
    assert [one["id"] for one in written["contacts"]] == ["B", "a", "c1", "c10", "c2", "é"]


def test_the_order_of_people_tags_and_windows_is_kept() -> None:
    changed = json.loads(json.dumps(FILE))
    changed["applications"][0] |= {"tags": ["z", "a"], "contacts": ["c2", "c1"]}
    changed["applications"][0]["interviews"][0]["interviewers"] = ["c2", "c1"]
    changed["policy"] |= {
        "no_call_weekdays": ["friday", "monday"],
        "away": [["2027-01-01", "2027-01-02"]] * 2,
    }
    written = json.loads(write(merged(changed).facts))
    assert written["applications"][0]["tags"] == ["z", "a"]
    assert written["applications"][0]["contacts"] == ["c2", "c1"]
    assert written["applications"][0]["interviews"][0]["interviewers"] == ["c2", "c1"]
    assert written["policy"]["no_call_weekdays"] == ["friday", "monday"]
    assert written["policy"]["away"] == [["2027-01-01", "2027-01-02"]] * 2


@given(facts())
def test_an_export_imports_to_the_same_facts_and_exports_to_the_same_bytes(before: Facts) -> None:
    text = write(before)
    after = merge(read(text.encode()), Facts())
    assert after.facts == before
    assert write(after.facts) == text
    assert after.report.warnings == ()
    assert {row.why for row in after.report.added} <= {"new"}


@given(facts(), facts())
def test_an_import_takes_the_files_things_and_keeps_the_others(file: Facts, base: Facts) -> None:
    document = read(write(file).encode())
    after = merge(document, base).facts
    assert after.policy == file.policy
    assert after.search == file.search
    ids = {one.id for one in file.contacts}
    assert {one.id: one for one in file.contacts}.items() <= {one.id: one for one in after.contacts}.items()
    assert [one for one in after.contacts if one.id not in ids] == [
        one for one in base.contacts if one.id not in ids
    ]
    there = {one.id: one for one in after.applications}
    assert set(there) == {one.id for one in (*file.applications, *base.applications)}
    for one in file.applications:
        assert set(one.interviews) <= set(there[one.id].interviews)
        assert set(one.events) <= set(there[one.id].events)
    again = merge(document, after)
    assert again.facts == after
    assert not again.report.added
    assert not again.report.updated


def test_a_setting_that_came_later_is_written_where_it_is_not_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Files of searches that leave it alone stay as they were, to the byte."""
    late = {"grace_working_days", "away"}
    keys = tuple(layout.setting_key(replace(spec, written_if_set=spec.name in late)) for spec in SETTINGS)
    monkeypatch.setattr(layout, "POLICY_KEYS", keys)
    every = {spec.name for spec in SETTINGS}
    assert json.loads(write(Facts()))["policy"].keys() == every - late
    strict = Facts(policy=Policy(grace_working_days=0))
    assert json.loads(write(strict))["policy"].keys() == every - {"away"}
    for kept in (Facts(), strict):
        assert merge(read(write(kept).encode()), Facts()).facts.policy == kept.policy
