"""The table of applications: searched, filtered and sorted in SQL, and kept as it was read."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from itertools import filterfalse
from math import isqrt
from types import MappingProxyType
from typing import Any, NamedTuple

from followup_desktop.domain.facts import Fact, Kind, column_facts, facts_of
from followup_desktop.domain.filters import NOT_RATED, NextStep
from followup_desktop.domain.model import OUTREACH_KINDS, Application, Channel, Stage
from followup_desktop.domain.worktime import at, date_of
from followup_desktop.i18n import own_letters
from followup_desktop.storage.database import Database
from followup_desktop.storage.failures import UNREADABLE, unreadable
from followup_desktop.storage.folding import fold, folded_of, search_words
from followup_desktop.storage.plans import PlanReads
from followup_desktop.storage.reads import stage_counts_of
from followup_desktop.storage.tables import ApplicationIndexTable, ApplicationTable, instant, seconds

_NOT_OVER = "next_step.until > :now"


def _next(column: str) -> str:
    """What the first of an application's follow-ups that is not over has in a column of ``next_step``."""
    return f"""(SELECT next_step.{column} FROM next_step
        WHERE next_step.application = application.id AND {_NOT_OVER}
        ORDER BY next_step.until LIMIT 1)"""


_WITH_INDEX = "LEFT JOIN application_index ON application_index.application = application.id"

OUTREACH = ", ".join(sorted(f"'{kind}'" for kind in OUTREACH_KINDS))
"""The kinds of entries by which the user wrote or called, as SQL lists them."""

# What is still to come has not happened: where the newest is ahead, the newest before it is looked for.
_LAST_EVENT = """
    CASE WHEN application_index.last_event_at IS NULL OR application_index.last_event_at <= :now
        THEN application_index.last_event_at ELSE nullif(max(
        coalesce((SELECT max(event.at) FROM event
            WHERE event.application = application.id AND event.at <= :now), -1),
        coalesce((SELECT max(interview_instant.ends_at) FROM interview_instant
            JOIN interview ON interview.id = interview_instant.interview AND NOT interview.cancelled
            WHERE interview_instant.application = application.id AND interview_instant.ends_at <= :now), -1)
    ), -1) END"""
_LAST_CONTACT = f"""
    CASE WHEN application_index.last_contact_at IS NULL OR application_index.last_contact_at <= :now
        THEN application_index.last_contact_at ELSE
        (SELECT max(event.at) FROM event WHERE event.application = application.id AND event.at <= :now
            AND event.kind IN ({OUTREACH})) END"""

_FACTS = column_facts(Application)
_FIELDS: Mapping[str, Any] = ApplicationTable._meta.fields
_AFTER_FACTS = len(_FACTS)


def _order_of(fact: Fact) -> str:
    """What the rows are ordered by in the column of a fact; what says nothing is null, and comes last."""
    column = f"application.{fact.name}"
    if f"{fact.name}_fold" in ApplicationIndexTable._meta.fields:
        return f"application_index.{fact.name}_fold"
    if fact.kind is Kind.MEMBER:
        ranks = " ".join(f"WHEN '{member}' THEN {rank}" for rank, member in enumerate(fact.members))
        return f"CASE {column} {ranks} END"
    empty, text = "''", column
    if fact.kind is Kind.TEXTS:
        empty, text = "'[]'", f"coalesce((SELECT group_concat(value, ', ') FROM json_each({column})), '')"
    elif not fact.is_text:
        return column
    # Most are empty, of which no key is made: of 100,000, each a call of Python, it was half of the order.
    return f"CASE WHEN {column} <> {empty} THEN nullif(sort_key({text}), '') END"


def _order_in_language(name: str) -> str:
    """What a column is ordered by, in the language's alphabet where the stored key doesn't know that."""
    fact = next((each for each in _FACTS if each.name == name), None)
    if fact is None or not own_letters() or f"{name}_fold" not in ApplicationIndexTable._meta.fields:
        return _ORDERS[name][0]
    return f"nullif(sort_key(application.{name}), '')"


# Days run the other way than the instants they are counted from.
_ORDERS = {
    "next": (_next("at"), "ASC"),
    "waiting": ("application_index.stage_since", "DESC"),
    "quiet": (_LAST_EVENT, "DESC"),
    "last_contact": (_LAST_CONTACT, "ASC"),
    **{fact.name: (_order_of(fact), "ASC") for fact in _FACTS},
}

_TURNED = "SELECT DISTINCT application FROM next_step WHERE until > :then AND until <= :now"

_SUMMARIES = f"""
    SELECT {", ".join(f"application.{fact.name}" for fact in _FACTS)}, application.id, application.archived,
        next.key, next.due_at, application_index.stage_since, {_LAST_EVENT}, {_LAST_CONTACT}
    FROM application {_WITH_INDEX}
    LEFT JOIN follow_up AS next ON next.key = {_next("key")}
    WHERE application.id IN (SELECT value FROM json_each(:ids)) AND application.trashed_at IS NULL"""

_WAS_REFUSED = f"""
    application.stage = '{Stage.REJECTED}'
        AND coalesce(application_index.stage_since BETWEEN :since AND :now, 0)"""

_OTHERS_AT_EMPLOYER = f"""
    SELECT application.id, application.employer, application.role, application.stage,
        application_index.stage_since, {_WAS_REFUSED} AS was_refused, count(*) OVER ()
    FROM application {_WITH_INDEX}
    WHERE application.employer_key = (SELECT employer_key FROM application WHERE id = :id)
        AND application.id <> :id AND application.trashed_at IS NULL
    ORDER BY was_refused DESC, application_index.stage_since DESC, application.id LIMIT :limit"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """The facts of one application that have a column of their own, by their names."""

    facts: Mapping[str, Any]

    @property
    def employer(self) -> str:
        return str(self.facts["employer"])

    @property
    def role(self) -> str:
        return str(self.facts["role"])

    @property
    def stage(self) -> Stage:
        stage: Stage = self.facts["stage"]
        return stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSummary(ColumnFacts):
    """One application as a row of the table; ``next_key`` names the follow-up that comes first, if any.

    ``last_event_at`` is when something last happened, an interview's end included, ``last_contact_at`` when
    the user last wrote or called; neither is ever ahead.
    """

    id: str
    archived: bool
    next_key: str | None
    next_due_at: datetime | None
    stage_since: datetime | None
    last_event_at: datetime | None
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherApplication:
    """An application beside another one to the same employer; ``since`` is the instant of its stage."""

    id: str
    employer: str
    role: str
    stage: Stage
    since: datetime | None
    was_refused: bool
    """Whether that was between the two instants that were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What an application has to be besides its stage; all of it, as far as it is given.

    It has each of the ``tags``, however these are written; it was rated with that ``fit`` or a better one, or
    ``NOT_RATED``; the last thing that happened was before ``quiet_since``; its next follow-up is such a
    ``next_step``, of which ``SOON`` ends at ``soon_until``.
    """

    tags: tuple[str, ...] = ()
    fit: int | None = None
    quiet_since: datetime | None = None
    next_step: NextStep | None = None
    soon_until: datetime | None = None


EVERYTHING = ListFilter()
NO_NAMES: Mapping[Stage, str] = MappingProxyType({})
_LETTERS_OF_STAGE = 6
_LETTERS_OF_PATTERN = 1000
_LAST_FOUND = "last found"
_IN_PATTERN = str.maketrans({sign: f"[{sign}]" for sign in "*?["})
_WORDS_APART = 8
"""So many words have a condition each: to unpack a list of them for each row was half of a search."""


class FoldedName(NamedTuple):
    """The names of one application in the form in which they are compared (``folding.fold``)."""

    application: str
    employer_fold: str
    role_fold: str


class SearchTotal(NamedTuple):
    """What a search took: applications sent, interviews held, and when the first was applied for."""

    applications: int
    interviews: int
    first_applied_on: date | None


SENT_AT = f"""
    coalesce((SELECT max(sending.at) FROM event AS sending WHERE sending.application = application.id
            AND sending.kind = 'stage' AND sending.to_stage = '{Stage.APPLIED}' AND sending.at <= :now),
        CASE WHEN application.stage = '{Stage.APPLIED}' THEN application.stage_at END)"""
"""The instant for ``applied_on`` where nobody gave that date, as ``domain.casefile.sent_on`` has it."""

_HAS_GONE = f"coalesce(application.applied_on <= :day, {SENT_AT} <= :now, 1)"
"""Whether it was sent by now, as ``domain.casefile.sent_on`` has it, or nobody knows when."""

_IS_SENT = f"""
    application.trashed_at IS NULL AND application.stage <> '{Stage.SAVED}'
        AND (application.id = :taken OR :since IS NULL OR application.applied_on > :since
            OR (application.applied_on IS NULL AND {SENT_AT} >= :since_at))"""

_SENT = f"""
    SELECT count(*), min(application.applied_on),
        min(CASE WHEN application.applied_on IS NULL THEN {SENT_AT} END)
    FROM application WHERE {_IS_SENT} AND (application.id = :taken OR {_HAS_GONE})"""

_MET = f"""
    SELECT count(*) FROM interview_instant
    JOIN interview ON interview.id = interview_instant.interview AND NOT interview.cancelled
    JOIN application ON application.id = interview_instant.application
    WHERE interview_instant.starts_at <= :now AND {_IS_SENT}"""

_SENT_BETWEEN = f"""
    SELECT (SELECT count(*) FROM application WHERE applied_on BETWEEN :first AND :last
            AND trashed_at IS NULL AND archived IN (0, 1) AND stage <> '{Stage.SAVED}')
        + (SELECT count(*) FROM application WHERE applied_on IS NULL
            AND trashed_at IS NULL AND archived IN (0, 1) AND stage <> '{Stage.SAVED}'
            AND {SENT_AT} BETWEEN :start AND :now)"""

_AHEAD = " UNION ".join(
    f"""
    SELECT id FROM application INDEXED BY application_by_{fact}
    WHERE trashed_at IS NULL AND archived = 0 AND stage <> '{Stage.SAVED}'
        AND {fact} > {moment} AND NOT {_HAS_GONE}"""
    for fact, moment in (("applied_on", ":day"), ("stage_at", ":now"))
)
"""Applications that are still to come, by the indexes. None of the archive: to look through it takes longer
than Today, and what is put away isn't to be sent."""

_DONE_BETWEEN = f"""
    SELECT (SELECT count(*) FROM interview_instant
            JOIN interview ON interview.id = interview_instant.interview AND NOT interview.cancelled
            JOIN application ON application.id = interview_instant.application
            WHERE interview_instant.starts_at BETWEEN :start AND :now AND application.trashed_at IS NULL)
        + (SELECT count(*) FROM event JOIN application ON application.id = event.application
            WHERE event.kind IN ({OUTREACH}) AND event.at BETWEEN :start AND :now
                AND application.trashed_at IS NULL)"""

_OFFERED = f"""
    SELECT EXISTS (SELECT 1 FROM application WHERE archived IN (0, 1)
            AND stage IN ('{Stage.OFFER}', '{Stage.ACCEPTED}') AND trashed_at IS NULL AND id <> ?)
        OR EXISTS (SELECT 1 FROM event JOIN application ON application.id = event.application
            WHERE event.kind = 'stage' AND event.to_stage = '{Stage.OFFER}'
                AND application.trashed_at IS NULL AND application.id <> ?)"""


_OFFERED_OR_AHEAD = f"""
    SELECT id FROM application WHERE id IN (SELECT value FROM json_each(:ids)) AND trashed_at IS NULL
        AND (stage IN ('{Stage.OFFER}', '{Stage.ACCEPTED}') OR EXISTS (SELECT 1 FROM interview_instant
            WHERE interview_instant.application = application.id AND interview_instant.starts_at >= :now))"""


_MOVED = """
    SELECT application FROM event
    WHERE kind = 'stage' AND at BETWEEN :since AND :until AND from_stage = :stage"""
_MOVED_OF_FEW = f"{_MOVED} AND application IN (SELECT value FROM json_each(:ids))"
_FEW = 100
"""Of so many it's looked up what moved or comes next; of more, who is among all that did or have a step."""


_Part = tuple[list[str], dict[str, Any]]
"""Conditions, and the values of their parameters."""


LONG = 500
"""A list of fewer is read anew in less time than one is brought up to date."""
PART = 0.25
"""To look at so much of a list takes as long as to read all of it anew."""


@dataclass(slots=True)
class KeptList:
    """The ids that a query gave at an instant, in its order, and those that may stand elsewhere by now."""

    query: Hashable
    ids: list[str]
    read_at: int
    outdated: set[str] = field(default_factory=set)

    def renewed(
        self, turned: Collection[str], ask: Callable[[Collection[str]], list[str]]
    ) -> list[str] | None:
        """The ids as they are now, where these have turned since, too; ``None`` where it pays to read all.

        ``ask`` tells those of some ids that the query asks for, in its order. It is asked for the first of
        each of so many runs as there are in a run, and then for the runs into which anything falls: 100 of
        10,000, twice, which takes a quarter of a millisecond.
        """
        moved = self.outdated.union(turned)
        if not moved:
            return self.ids
        ids = [one for one in self.ids if one not in moved]
        length = isqrt(len(ids)) + 1
        if len(moved) * length > len(ids) * PART:
            return None
        runs = _runs(moved, ask({*ids[::length], *moved}))
        run_of = {
            one: run
            for run, moved_to in runs.items()
            for one in (*ids[run * length : (run + 1) * length], *moved_to)
        }
        found: dict[int, list[str]] = defaultdict(list)
        for one in ask(run_of) if run_of else ():
            found[run_of[one]].append(one)
        for run in sorted(found, reverse=True):
            ids[run * length : (run + 1) * length] = found[run]
        return ids


def _runs(moved: Collection[str], among_firsts: Iterable[str]) -> dict[int, list[str]]:
    """Which of what moved falls into which run; what comes before all of them, into the first."""
    runs: dict[int, list[str]] = defaultdict(list)
    run = -1
    for one in among_firsts:
        if one in moved:
            runs[max(run, 0)].append(one)
        else:
            run += 1
    return runs


class ListKind(Enum):
    """The kinds of lists, of each of which a few are kept."""

    LIST = auto()
    FOUND = auto()
    """What a search found."""
    BY_STEP = auto()
    """All that have a next step, by when it is."""


KEPT_AT_MOST = {ListKind.LIST: 1 + len(Stage), ListKind.FOUND: 1, ListKind.BY_STEP: 1}
"""So many lists of a kind are kept, as that of the table and those of the columns of the Board."""


class KeptLists:
    """What was read last of each kind.

    With 10,000 applications open, to read all ids in their order took 8 of the 33 ms of an edit in
    Applications, and as long of a key in the search, which leaves some of them in their order. Those of the
    columns took 10 of the 40 ms of an edit on the Board.
    """

    def __init__(self) -> None:
        self._lists: dict[Hashable, KeptList] = {}
        self._queries: dict[ListKind, list[Hashable]] = {kind: [] for kind in ListKind}
        """What was asked for, the latest at the end."""

    def outdate(self, applications: Collection[str] | None) -> None:
        """These applications, or any (``None``), may have come, gone or taken another place."""
        if applications is None:
            self._lists.clear()
        for each in self._lists.values():
            each.outdated.update(applications or ())

    def get(self, query: Hashable) -> KeptList | None:
        """The list that this query gave, if it's kept."""
        return self._lists.get(query)

    def keep(self, query: Hashable, ids: list[str], now: int, kind: ListKind) -> None:
        """At this instant the query gives these ids, which stay as they are from now on."""
        self._lists.pop(query, None)
        if len(ids) >= LONG:
            self._lists[query] = KeptList(query, ids, now)
        queries = self._queries[kind] = [*(each for each in self._queries[kind] if each != query), query]
        for oldest in queries[: -KEPT_AT_MOST[kind]]:
            queries.remove(oldest)
            self._lists.pop(oldest, None)


_LISTS = "lists of applications"
"""Under this name a database keeps them."""


def kept_lists(database: Database) -> KeptLists:
    """The lists as they were read here, unless something was written since that didn't tell."""
    return database.kept(_LISTS, KeptLists)


def keeping_lists(lists: KeptLists) -> dict[str, object]:
    """What a database is to hold for these to stay what it has kept: see ``Database.holding``."""
    return {_LISTS: lists}


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListQuery:
    """What is asked for of a list, ``where`` by ``_conditions``, and in what order."""

    where: _Part
    search: _Part
    narrowing: ListFilter
    by: str
    direction: str

    @property
    def order(self) -> str:
        """How the rows are ordered, in SQL."""
        return f"ORDER BY {self.by} {self.direction} NULLS LAST, application.id"

    def statement(self, *, in_order: bool = True) -> tuple[str, dict[str, Any]]:
        """The SQL for the ids, and the values of its parameters but for ``:now``."""
        conditions: list[str] = ["application.trashed_at IS NULL"]
        values: dict[str, Any] = {}
        for more_conditions, more_values in (self.where, self.search, _narrow(self.narrowing)):
            conditions += more_conditions
            values |= more_values
        rest = f"WHERE {' AND '.join(conditions)} {self.order if in_order else ''}"
        # SQLite leaves out by itself what nothing is asked of, but only where the rows are ordered.
        joined = _WITH_INDEX if "application_index." in rest else ""
        # As one value: of 10,000 rows, each as its own, the making took a quarter of the time.
        statement = (
            f"SELECT json_group_array(id) FROM (SELECT application.id FROM application {joined} {rest})"
        )
        return statement, values

    @property
    def key(self) -> Hashable:
        """The same for what asks for the same, in the same alphabet."""
        statement, values = self.statement()
        return statement, (*values.items(),), (*own_letters(),)

    @property
    def every(self) -> _ListQuery:
        """The same without the search."""
        return replace(self, search=([], {}))

    @property
    def is_search(self) -> bool:
        return bool(self.search[0])

    @property
    def is_by_next_step(self) -> bool:
        """Whether it's ordered by what comes next."""
        return self.by == _next("at")

    @property
    def goes_by_next_step(self) -> bool:
        """Whether an application may come, go or move when what comes next of it is over."""
        return _NOT_OVER in self.statement()[0]

    @property
    def is_kept(self) -> bool:
        """Whether nothing comes, goes or moves as time goes by, but for that."""
        return ":now" not in self.statement()[0].replace(_NOT_OVER, "")


_STEPS_OF_EACH = 5
"""With more steps ahead for each application that is asked for, it takes less to look for the next one of
each than for those of all.
"""


class ListingReads(PlanReads):
    """What the table of applications asks for."""

    def application_ids(
        self,
        *,
        now: datetime,
        stages: Collection[Stage] | None = None,
        archived: bool | None = False,
        text: str = "",
        stage_names: Mapping[Stage, str] = NO_NAMES,
        narrowing: ListFilter = EVERYTHING,
        order_by: str = "next",
        descending: bool = False,
        among: Collection[str] | None = None,
    ) -> list[str]:
        """The ids in the table's order, ties by id, those without a value last; of those ``among`` alone.

        ``stages`` and ``archived`` filter unless they are ``None``; each word of ``text`` has to be part of
        what is written anywhere in the application, or to be its stage as ``stage_names`` has it, or to begin
        that; and it has to fit the ``narrowing``. ``order_by`` is a
        column's name; ``waiting`` and ``quiet`` are in days, so ascending means the latest first. An unknown
        one raises ``KeyError``.
        """
        expression, direction = _order_in_language(order_by), _ORDERS[order_by][1]
        if descending:
            direction = "DESC" if direction == "ASC" else "ASC"
        query = _ListQuery(
            where=_conditions(stages, archived),
            search=_search(text, stage_names),
            narrowing=narrowing,
            by=expression,
            direction=direction,
        )
        if among is not None:
            return self._among(query, among, now)
        if not query.is_kept:
            return self._in_order(query, now)
        return [*self._as_kept(query, now)]

    def _as_kept(self, query: _ListQuery, now: datetime) -> list[str]:
        """The ids in their order, of which few are read where most of them are known, and are kept then."""
        kept, at = kept_lists(self._database), seconds(now)
        ids = self._known(query, now)
        if ids is None and query.is_search:
            # To find some of 10,000 in no order, and leave these of all in theirs, takes 2 ms instead of 8;
            # of those with 2,000 letters each 16 instead of 75.
            every = self._known(query.every, now)
            if every is None:
                every = self._in_order(query.every, now)
            kept.keep(query.every.key, every, at, ListKind.LIST)
            found = self._found(query, len(every), now)
            ids = [*filter(found.__contains__, every)]
        elif ids is None:
            ids = self._in_order(query, now)
        kept.keep(query.key, ids, at, ListKind.FOUND if query.is_search else ListKind.LIST)
        return ids

    def _known(self, query: _ListQuery, now: datetime) -> list[str] | None:
        """The ids by the list that is kept of a query; ``None`` if there is none, or too much has changed."""
        turns = query.goes_by_next_step
        return self._renewed(query.key, now, lambda ids: self._among(query, ids, now), turns=turns)

    def _renewed(
        self, key: Hashable, now: datetime, ask: Callable[[Collection[str]], list[str]], *, turns: bool = True
    ) -> list[str] | None:
        """The ids of the list that is kept by this key, if there is one and not too much has changed.

        ``ask`` tells those of some ids that belong to it, in its order; when what comes next of one is over,
        that ``turns``, too.
        """
        known, at = kept_lists(self._database).get(key), seconds(now)
        if known is None or at < known.read_at:
            return None
        turned: list[str] = []
        if known.read_at < at and turns:
            instants = {"then": known.read_at, "now": at}
            turned = [one for (one,) in self._database.sql(_TURNED, instants)]
        return known.renewed(turned, ask)

    def _among(self, query: _ListQuery, ids: Collection[str], now: datetime) -> list[str]:
        """What the query asks for of these ids, in its order."""
        # By their keys: left alone, SQLite looks for a few among all that are archived, or aren't.
        conditions, values = query.where
        where = [
            "application.id IN (SELECT value FROM json_each(:among))",
            *(f"+{each}" for each in conditions),
        ]
        return self._ids(replace(query, where=(where, values | {"among": json.dumps([*ids])})), now)

    def _in_order(self, query: _ListQuery, now: datetime) -> list[str]:
        """All that the query asks for, in its order."""
        by_step = self._by_step(query, now) if query.is_by_next_step else None
        step = query.narrowing.next_step
        if by_step is None or (step not in (None, NextStep.NONE) and len(by_step) >= LONG):
            return self._ids(query, now)
        if step not in (None, NextStep.NONE):
            return self._among(query, by_step, now)
        whatever = replace(query, narrowing=replace(query.narrowing, next_step=None))
        asked, with_step = self._ids(whatever, now, in_order=False), frozenset(by_step)
        # Python puts 100,000 in order in 2 ms; SQLite took 14 more for it.
        others = sorted(filterfalse(with_step.__contains__, asked))
        if step is NextStep.NONE:
            return others
        return [*filterfalse(with_step.difference(asked).__contains__, by_step), *others]

    def _by_step(self, query: _ListQuery, now: datetime) -> list[str] | None:
        """All applications that have a next step, in the query's order; ``None`` where few are asked for.

        Of 100,000 that had 50 it was looked for in each, for 45 of the 60 ms that their order took. Where
        most of 10,000 have one, what is under another filter is taken out of those that are kept, which
        spares 6 of 8 ms.
        """
        kept, key, at = kept_lists(self._database), ("by step", query.direction), seconds(now)
        ids = self._renewed(key, now, lambda some: self._with_step(query.direction, now, some))
        if ids is None:
            conditions, values = query.where
            counted = " AND ".join(["applications > 0", *conditions])
            statement = f"""
                WITH asked (number) AS (
                    SELECT coalesce(sum(applications), 0) FROM stage_count WHERE {counted})
                SELECT number, (SELECT count(*) FROM (SELECT 1 FROM next_step
                    WHERE until > :now LIMIT (SELECT number * {_STEPS_OF_EACH} FROM asked))) FROM asked"""
            ((asked, steps),) = self._database.sql(statement, values | {"now": at})
            if asked <= _FEW or steps == asked * _STEPS_OF_EACH:
                return None
            ids = self._with_step(query.direction, now)
        kept.keep(key, ids, at, ListKind.BY_STEP)
        return ids

    def _with_step(self, direction: str, now: datetime, among: Collection[str] | None = None) -> list[str]:
        """The applications, of these or all, that have a next step, by when it is."""
        index, these, values = "INDEXED BY next_step_by_until", "", dict[str, Any](now=seconds(now))
        if among is not None:
            index, these = "", "AND application IN (SELECT value FROM json_each(:among))"
            values["among"] = json.dumps([*among])
        statement = f"""
            SELECT json_group_array(application) FROM (
                SELECT application FROM next_step {index} WHERE until > :now AND since <= :now {these}
                ORDER BY at {direction}, application)"""
        ((ids,),) = self._database.sql(statement, values)
        found: list[str] = json.loads(ids)
        return found

    def _found(self, query: _ListQuery, among: int, now: datetime) -> frozenset[str]:
        """What a search finds among so many that are asked for, and maybe among others, in no order."""
        conditions, values = query.search
        condition = " AND ".join(conditions)
        if "application.stage" in condition or among * 3 < sum(self.stage_counts().values()):
            return frozenset(self._ids(query, now, in_order=False))
        # To go through all texts, one after the other, takes a third of looking up each of as many. The same
        # search is asked of what is under the filter, and of all.
        kept = self._database.kept(_LAST_FOUND, dict[Hashable, frozenset[str]])
        asked = condition, (*values.items(),)
        if asked not in kept:
            rows = self._database.sql(
                f"SELECT json_group_array(application) FROM application_index WHERE {condition}", values
            )
            kept.clear()
            kept[asked] = frozenset(json.loads(next(rows)[0]))
        return kept[asked]

    def _ids(self, query: _ListQuery, now: datetime, *, in_order: bool = True) -> list[str]:
        """The ids of the applications that a query asks for, ordered as SQL says it, or in no order."""
        statement, values = query.statement(in_order=in_order)
        if ":now" in statement:
            values["now"] = seconds(now)
        ((ids,),) = self._database.sql(statement, values)
        found: list[str] = json.loads(ids)
        return found

    def application_summaries(self, ids: Collection[str], now: datetime) -> dict[str, ApplicationSummary]:
        """The rows of these applications, by id."""
        rows = self._database.sql(_SUMMARIES, {"ids": json.dumps(list(ids)), "now": seconds(now)})
        return {each.id: each for each in map(_summary, rows)}

    def narrowed_stage_counts(self, narrowing: ListFilter, now: datetime) -> dict[tuple[Stage, bool], int]:
        """How many applications fit a narrowing at an instant, by stage and whether they are archived."""
        conditions, values = _narrow(narrowing)
        statement = f"""
            SELECT application.stage, application.archived, count(*)
            FROM application {_WITH_INDEX}
            WHERE {" AND ".join(["application.trashed_at IS NULL", *conditions])}
            GROUP BY application.archived, application.stage"""
        if ":now" in statement:
            values["now"] = seconds(now)
        return stage_counts_of(self._database.sql(statement, values))

    def moved_from(self, stage: Stage, since: datetime, until: datetime, among: Collection[str]) -> set[str]:
        """The ids, of these, of the applications that left a stage between two instants."""
        values = {"since": seconds(since), "until": seconds(until), "stage": str(stage)}
        if len(among) > _FEW:
            return {one for (one,) in self._database.sql(_MOVED, values)}.intersection(among)
        values["ids"] = json.dumps(list(among))
        return {one for (one,) in self._database.sql(_MOVED_OF_FEW, values)}

    def search_total(
        self, until: datetime, *, zone_name: str, since: date | None = None, taken: str = ""
    ) -> SearchTotal:
        """What was sent and met until an instant, in archived applications too, by the calendar of a zone.

        Only what was applied for after a date counts, if one is given; the application ``taken`` always does.
        """
        after = None if since is None else seconds(at(since + timedelta(days=1), time(), zone_name))
        values = {
            "now": seconds(until),
            "day": date_of(until, zone_name).isoformat(),
            "since": None if since is None else since.isoformat(),
            "since_at": after,
            "taken": taken,
        }
        ((sent, dated, undated),) = self._database.sql(_SENT, values)
        ((met,),) = self._database.sql(_MET, values)
        firsts = [] if dated is None else [date.fromisoformat(dated)]
        firsts += [] if undated is None else [date_of(instant(undated), zone_name)]
        return SearchTotal(applications=sent, interviews=met, first_applied_on=min(firsts, default=None))

    def count_ahead(self, now: datetime, zone_name: str) -> int:
        """How many applications, beyond Saved and not archived, are to be sent after an instant.

        That goes by the calendar of a zone.
        """
        values = {"now": seconds(now), "day": date_of(now, zone_name).isoformat()}
        return int(next(self._database.sql(f"SELECT count(*) FROM ({_AHEAD})", values))[0])

    def offered_or_ahead(self, ids: Collection[str], now: datetime) -> list[str]:
        """The ids, of these, of applications that have an offer, taken or not, or an interview ahead."""
        values = {"ids": json.dumps(list(ids)), "now": seconds(now)}
        return [str(one) for (one,) in self._database.sql(_OFFERED_OR_AHEAD, values)]

    def was_offered(self, *, but: str) -> bool:
        """Whether there was an offer in any other application; in those in the trash not."""
        return bool(next(self._database.sql(_OFFERED, (but, but)))[0])

    def done_since(self, first: date, now: datetime, zone_name: str) -> tuple[int, int]:
        """What was applied for from a day on; and the interviews and the calls and emails to employers.

        Until now, by the calendar of a zone. What is archived counts too: it was done all the same.
        """
        days = {"first": first.isoformat(), "last": date_of(now, zone_name).isoformat()}
        instants = {"start": seconds(at(first, time(), zone_name)), "now": seconds(now)}
        (sent,) = next(self._database.sql(_SENT_BETWEEN, days | instants))
        (others,) = next(self._database.sql(_DONE_BETWEEN, instants))
        return int(sent), int(others)

    def tags(self) -> list[str]:
        """Every tag in use, the most frequent first."""
        rows = self._database.sql("""
            SELECT tag.value FROM application, json_each(application.tags) AS tag
            WHERE application.trashed_at IS NULL AND application.tags <> '[]'
            GROUP BY tag.value ORDER BY count(*) DESC, sort_key(tag.value), tag.value""")
        return [str(row[0]) for row in rows]

    def folded_names(self) -> list[FoldedName]:
        """The folded names of all applications, archived ones too."""
        rows = self._database.sql("SELECT application, employer_fold, role_fold FROM application_index")
        return [FoldedName(row[0], folded_of(row[1]), folded_of(row[2])) for row in rows]

    def known_texts(self, fact: str) -> list[str]:
        """What the applications have in a fact that is a text, each once, the most frequent first."""
        name = next(each.name for each in facts_of(Application) if each.name == fact and each.is_text)
        rows = self._database.sql(f"""
            SELECT {name} FROM application WHERE trashed_at IS NULL AND {name} <> ''
            GROUP BY {name} ORDER BY count(*) DESC, sort_key({name})""")
        return [str(row[0]) for row in rows]

    def ids_of_posting(self, posting: str) -> list[str]:
        """The applications whose posting has this address, in the form in which two are compared."""
        rows = self._database.sql(
            "SELECT application FROM application_index WHERE posting = ? AND posting <> ''", (posting,)
        )
        return [str(row[0]) for row in rows]

    def others_at_employer(
        self, application_id: str, refused_since: datetime, now: datetime, limit: int
    ) -> tuple[list[OtherApplication], int]:
        """The first of the other applications to its employer, and how many there are.

        Those refused between the two instants come first, then the newest.
        """
        at = {"since": seconds(refused_since), "now": seconds(now)}
        rows = [*self._database.sql(_OTHERS_AT_EMPLOYER, {**at, "id": application_id, "limit": limit})]
        return list(map(_other, rows)), rows[0][-1] if rows else 0

    def contact_count(self) -> int:
        """How many people there are."""
        return int(next(self._database.sql("SELECT number FROM counted WHERE thing = 'contact'"))[0])


def _conditions(stages: Collection[Stage] | None, archived: bool | None) -> _Part:
    """By what ``application`` and ``stage_count`` both have."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if stages is not None:
        conditions.append("stage IN (SELECT value FROM json_each(:stages))")
        values["stages"] = json.dumps([str(stage) for stage in stages])
    if archived is not None:
        conditions.append("archived = :archived")
        values["archived"] = int(archived)
    return conditions, values


def _search(text: str, stage_names: Mapping[Stage, str]) -> _Part:
    words = [(*word, _stages_called(word[0], stage_names)) for word in search_words(text)]
    conditions: list[str] = []
    values: dict[str, Any] = {}
    for number, (word, other, called) in enumerate(words[:_WORDS_APART]):
        # What can't be found isn't looked for: in 10,000 texts that was a third of the search.
        asked = {"word": word, "other": other if other != word else "", "called": called}
        in_pattern = all(_is_soon_found(each) for each in (word, other))
        parts = {name: f":{name}{number}" for name, each in asked.items() if each}
        conditions.append(_has_word(**parts, in_pattern=in_pattern))
        if in_pattern:
            asked |= {name: _pattern_of(asked[name]) for name in ("word", "other")}
        values |= {f"{name}{number}": asked[name] for name in parts}
    if more := words[_WORDS_APART:]:
        # One condition for any number of words: SQLite limits the depth of AND and the length of a pattern.
        has_word = _has_word("value ->> 0", "value ->> 1", "value ->> 2")
        conditions.append(f"NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE NOT {has_word})")
        values["words"] = json.dumps(more)
    return conditions, values


def _has_word(word: str, other: str = "", called: str = "", *, in_pattern: bool = False) -> str:
    """Whether a word, or it in its other form, is in the text, or the stage is among those so called.

    Both may stand ``in_pattern``, as ``_pattern_of`` has it.
    """
    contains = "application_index.text GLOB {}" if in_pattern else "instr(application_index.text, {})"
    found = [contains.format(each) for each in (word, other) if each]
    found += [f"instr({called}, ' ' || application.stage || ' ')"] if called else []
    return f"({' OR '.join(found)})"


def _is_soon_found(word: str) -> bool:
    """Whether SQLite looks for a word in a pattern in half the time, going from first letter to first letter.

    Those of other alphabets it takes apart one by one.
    """
    return word[:1].isascii() and len(word) <= _LETTERS_OF_PATTERN


def _pattern_of(word: str) -> str:
    """What has the word in it, for GLOB; of no word there is none."""
    return word and f"*{word.translate(_IN_PATTERN)}*"


def _stages_called(word: str, stage_names: Mapping[Stage, str]) -> str:
    """The stages of that name, each between blanks; fewer letters of it than six begin other words too."""
    names = {stage: fold(name).split() for stage, name in stage_names.items()}
    called = [
        stage
        for stage, parts in names.items()
        if [word] == parts
        or (len(word) >= _LETTERS_OF_STAGE and any(part.startswith(word) for part in parts))
    ]
    return f" {' '.join(called)} " if called else ""


def _narrow(narrowing: ListFilter) -> _Part:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if narrowing.tags:
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM json_each(:tags) AS asked WHERE asked.value NOT IN"
            " (SELECT fold(tag.value) FROM json_each(application.tags) AS tag))"
        )
        values["tags"] = json.dumps([fold(tag) for tag in narrowing.tags])
    if narrowing.fit == NOT_RATED:
        conditions.append("application.fit IS NULL")
    elif narrowing.fit is not None:
        conditions.append("application.fit >= :fit")
        values["fit"] = narrowing.fit
    if narrowing.quiet_since is not None:
        conditions.append(f"{_LAST_EVENT} < :quiet_since")
        values["quiet_since"] = seconds(narrowing.quiet_since)
    if narrowing.next_step is not None:
        conditions.append(_NEXT_STEPS[narrowing.next_step])
        if narrowing.next_step is NextStep.SOON and narrowing.soon_until is not None:
            values["soon_until"] = seconds(narrowing.soon_until)
    return conditions, values


_NEXT_STEPS = {
    NextStep.NOW: f"{_next('at')} <= :now",
    NextStep.SOON: f"{_next('at')} < :soon_until",
    NextStep.CALL: f"{_next('channel')} = '{Channel.PHONE}'",
    NextStep.EMAIL: f"{_next('channel')} = '{Channel.EMAIL}'",
    NextStep.NONE: f"{_next('at')} IS NULL",
}


def _other(row: tuple[Any, ...]) -> OtherApplication:
    application, employer, role, stage, since, was_refused, _number = row
    try:
        known = Stage(stage)
    except ValueError as error:
        raise unreadable("application", application, "stage", stage) from error
    return OtherApplication(
        id=application,
        employer=employer,
        role=role,
        stage=known,
        since=None if since is None else instant(since),
        was_refused=bool(was_refused),
    )


def _summary(row: tuple[Any, ...]) -> ApplicationSummary:
    application, archived, next_key, *moments = row[_AFTER_FACTS:]
    next_due_at, stage_since, last_event_at, last_contact_at = (
        None if at is None else instant(at) for at in moments
    )
    facts = {}
    for fact, cell in zip(_FACTS, row, strict=False):
        try:
            facts[fact.name] = _FIELDS[fact.name].python_value(cell)
        except UNREADABLE as error:
            raise unreadable("application", application, fact.name, cell) from error
    return ApplicationSummary(
        facts=facts,
        id=application,
        archived=bool(archived),
        next_key=next_key,
        next_due_at=next_due_at,
        stage_since=stage_since,
        last_event_at=last_event_at,
        last_contact_at=last_contact_at,
    )
