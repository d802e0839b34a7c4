"""An application as it stood at times gone by: so the history can tell what expired without being done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from followup_desktop.domain.model import Application, EventKind, FollowUp, Rule, Stage
from followup_desktop.domain.rules.table import row_of

_WITHOUT_EFFECT = frozenset({EventKind.NOTE, EventKind.MESSAGE})
"""The entries that change no plan."""
_NEVER = datetime.min.replace(tzinfo=UTC)

_ANSWERS = frozenset({EventKind.REPLY, EventKind.WAIT, EventKind.STAGE})
"""After these, an enquiry is another one."""


@dataclass(frozen=True, slots=True)
class EvenPeriod:
    """How things stood from ``start`` (``None``: ever) to ``end``, while no entry changed what is planned."""

    start: datetime | None
    end: datetime
    application: Application

    def missed(self, follow_up: FollowUp) -> bool:
        """Whether a follow-up that the facts of this time called for expired in it."""
        expires = follow_up.expires_at
        if expires is None or not row_of(follow_up.rule).can_be_missed or expires > self.end:
            return False
        # An application is known from its stage's instant on; before it nothing was asked for.
        known = (self.start, self.application.stage_at)
        return all(since < expires for since in known if since is not None)


def periods(application: Application, until: datetime) -> Iterator[EvenPeriod]:
    """The times between the entries of an application, oldest first.

    Interviews, people and dates are taken as they are at present, for nothing tells when they changed. Left
    out is what nothing is known of: a time before the first change of stage that doesn't say from which, and
    when archived the time since the last entry.
    """
    if application.archived:
        until = min(until, max((event.at for event in application.events), default=_NEVER))
    marks = {event.at for event in application.events if event.kind not in _WITHOUT_EFFECT}
    marks |= {i.debriefed_at for i in application.interviews if i.debriefed_at is not None}
    start: datetime | None = None
    for end in (*sorted(mark for mark in marks if mark < until), until):
        then = _as_of(application, start)
        if then is not None:
            yield EvenPeriod(start, end, then)
        start = end


def with_late_entries(follow_up: FollowUp, application: Application, now: datetime) -> Application | None:
    """The application as it stood when the follow-up expired, with what was logged later to do it.

    ``None`` where nothing was, or the application's stage of that time is not known.
    """
    expires, row = follow_up.expires_at, row_of(follow_up.rule)
    if expires is None:
        return None
    does = {row.logged} | ({EventKind.CALL} if row.counts_attempts else set())
    late = []
    for event in sorted(application.events, key=lambda e: (e.at, e.id)):
        if not expires <= event.at <= now:
            continue
        if row.counts_attempts and event.kind in _ANSWERS:
            break
        if event.kind in does:
            late.append(event)
    then = _as_of(application, expires) if late else None
    if then is None:
        return None
    return replace(then, events=(*then.events, *(event for event in late if event.at > expires)))


def is_done_otherwise(follow_up: FollowUp, application: Application, now: datetime) -> bool:
    """Whether what is told by no entry of its own was done by now: a debrief written, an application sent."""
    expires = follow_up.expires_at
    if follow_up.rule is Rule.DEBRIEF:
        written = (i.debriefed_at for i in application.interviews if i.id == follow_up.interview)
        return any(at is not None and at <= now for at in written)
    if follow_up.rule is Rule.APPLY and expires is not None:
        moves = (e for e in application.events if e.to_stage is Stage.APPLIED)
        return any(expires <= move.at <= now for move in moves)
    return False


def _as_of(application: Application, moment: datetime | None) -> Application | None:
    """The application as it stood right after an instant; ``None`` where its stage is not known."""

    def known(at: datetime | None) -> bool:
        return moment is not None and at is not None and at <= moment

    moves = sorted((e for e in application.events if e.kind is EventKind.STAGE), key=lambda e: (e.at, e.id))
    before = [move for move in moves if known(move.at)]
    stage, stage_at = application.stage, application.stage_at
    if len(before) < len(moves):
        found = before[-1].to_stage if before else moves[0].from_stage
        if found is None:
            return None
        stage, stage_at = found, before[-1].at if before else None
    return replace(
        application,
        stage=stage,
        stage_at=stage_at,
        archived=False,
        events=tuple(event for event in application.events if known(event.at)),
        interviews=tuple(
            i if i.debriefed_at is None or known(i.debriefed_at) else replace(i, debriefed_at=None)
            for i in application.interviews
        ),
    )
