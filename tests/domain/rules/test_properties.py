"""What holds of every plan, whatever the facts."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.casefile import CaseFile, PlanBasis
from followup_desktop.domain.model import (
    Application,
    Channel,
    Facts,
    FollowUp,
    Rule,
    Stage,
    StepKind,
    employer_key,
)
from followup_desktop.domain.rules import find_acceptance, plan_facts
from followup_desktop.domain.worktime import QuietHours, WorkCalendar
from tests import strategies

T = TypeVar("T")
CHASES = {Rule.STATUS_CALL, Rule.CHECK_IN}


def by_id(facts: Facts, follow_up: FollowUp) -> Application:
    return next(a for a in facts.applications if a.id == follow_up.application)


def case_of(facts: Facts, follow_up: FollowUp) -> CaseFile:
    return CaseFile(by_id(facts, follow_up), PlanBasis(facts.policy, find_acceptance(facts.applications)))


@given(strategies.facts())
def test_keys_are_unique_and_times_in_order(facts: Facts) -> None:
    plan = plan_facts(facts)
    assert len({f.key for f in plan}) == len(plan)
    for f in plan:
        assert f.opens_at <= f.due_at or f.rule in {Rule.PREPARE}
        assert list(f.remind_at) == sorted(set(f.remind_at))
        assert all(f.due_at < m for m in f.remind_at)
        if f.expires_at is not None:
            assert f.due_at < f.expires_at
            assert all(m < f.expires_at for m in f.remind_at)


@given(strategies.facts())
def test_calls_fall_into_call_slots(facts: Facts) -> None:
    for f in plan_facts(facts):
        if f.channel is Channel.PHONE:
            calendar = WorkCalendar.of(by_id(facts, f), facts.policy)
            assert calendar.in_call_slot(f.due_at)
            assert calendar.date_of(f.due_at).weekday() not in facts.policy.no_call_weekdays


@given(strategies.facts())
def test_no_chase_before_the_stated_date_and_its_grace(facts: Facts) -> None:
    for f in plan_facts(facts):
        if f.rule not in CHASES | {Rule.MOVE_ON}:
            continue
        case = case_of(facts, f)
        stated = [c for c in case.conversations if c.reply_by is not None]
        if not stated:
            continue
        newest = stated[-1]
        if f.rule is Rule.MOVE_ON and newest is not case.conversations[-1]:
            continue
        assert newest.reply_by is not None
        first = case.calendar.wd_after(newest.reply_by, facts.policy.grace_working_days)
        days = {case.calendar.date_of(f.due_at), WorkCalendar.of_user(facts.policy).date_of(f.due_at)}
        assert max(days) >= first


@given(strategies.facts())
def test_attempts_stay_within_the_policy(facts: Facts) -> None:
    for f in plan_facts(facts):
        if f.rule in CHASES:
            case = case_of(facts, f)
            last = case.conversations[-1].at if case.conversations else None
            assert len(case.attempts_since(last)) < facts.policy.max_attempts
            assert not case.application.do_not_contact


@given(strategies.facts())
def test_thank_you_deadline_counts_elapsed_hours(facts: Facts) -> None:
    for f in plan_facts(facts):
        if f.rule is Rule.THANK_YOU:
            case = case_of(facts, f)
            end = next(h.end for h in case.held if h.interview.id == f.interview)
            assert f.deadline_at == end + timedelta(hours=facts.policy.thank_you_hours)
            assert f.expires_at == end + timedelta(hours=72)


@given(strategies.facts())
def test_contacts_at_one_employer_keep_their_distance(facts: Facts) -> None:
    gap = facts.policy.contact_gap_working_days
    if gap == 0:
        return
    employers: dict[str, list[FollowUp]] = {}
    for f in plan_facts(facts):
        if f.rule in CHASES | {Rule.ASK_FEEDBACK}:
            employers.setdefault(employer_key(by_id(facts, f).employer), []).append(f)
    for follow_ups in employers.values():
        days = sorted(
            (next(s.date for s in reversed(f.because) if s.kind is StepKind.OUTREACH_DAY), f.application, f)
            for f in follow_ups
        )
        for (before, _, _), (after, _, f) in pairwise(days):
            assert before is not None
            assert after is not None
            assert after >= WorkCalendar.of(by_id(facts, f), facts.policy).wd_after(before, gap)


@given(strategies.facts())
def test_because_leads_to_due(facts: Facts) -> None:
    quiet = QuietHours.of(facts.policy)
    for f in plan_facts(facts):
        dated = [step for step in f.because if step.date is not None or step.instant is not None]
        assert dated[-1].instant == f.due_at
        assert f.because[-1].kind is StepKind.CANCELLED_BY
        if dated[-1].kind is StepKind.QUIET_HOURS:
            moved_from = dated[-2].instant
            assert moved_from is not None
            assert f.due_at in {quiet.later(moved_from), quiet.earlier(moved_from)}


@given(strategies.facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(facts: Facts, chance: random.Random) -> None:
    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(items, len(items)))

    applications = tuple(
        replace(a, interviews=shuffled(a.interviews), events=shuffled(a.events)) for a in facts.applications
    )
    other = replace(
        facts,
        applications=shuffled(applications),
        contacts=shuffled(facts.contacts),
        reminders=shuffled(facts.reminders),
    )
    assert plan_facts(other) == plan_facts(facts)


@contextmanager
def process_zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
@given(strategies.facts(), st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"]))
def test_the_process_zone_does_not_matter(facts: Facts, name: str) -> None:
    expected = plan_facts(facts)
    with process_zone(name):
        assert plan_facts(facts) == expected


def test_archived_applications_have_no_follow_ups_of_their_own() -> None:
    archived = Application(
        id="a1", employer="Acme", role="", stage=Stage.SAVED, closes_on=date(2026, 10, 9), archived=True
    )
    assert plan_facts(Facts(applications=(archived,))) == ()


def test_the_rules_need_no_toolkit_and_no_database() -> None:
    code = (
        "import json, sys, followup_desktop.domain.rules;"
        "print(json.dumps([m for m in sys.modules if m.split('.')[0] in {'PySide6', 'peewee', 'apsw'}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
