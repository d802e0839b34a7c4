"""One simulated search: ten years of calendar time, from one interesting instant to the next."""

from __future__ import annotations

import heapq
import os
import time as process_time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from followup_desktop.domain.errors import Refused
from followup_desktop.services.reminding.announcer import Reminders
from followup_desktop.services.reminding.pauses import pause_options
from followup_desktop.services.wording import Wording
from tests.simulation.judge import Counts, Handing, Judge, Violation
from tests.simulation.people import DELAYS, ZONES, People
from tests.simulation.program import Beat, Death, Fate, MakeReminders, Program

YEARS = 10
PERIOD = timedelta(seconds=30)
YEAR = timedelta(days=365, hours=6)
SECOND = timedelta(seconds=1)
TRAIL = 60
"""So many of the last things that happened are told with a violation."""


@dataclass(frozen=True)
class Outcome:
    """What a simulated search came to; a violation comes with the trail of what happened before it."""

    counts: Counts
    violation: Violation | None = None
    trail: tuple[str, ...] = ()


def simulate(
    seed: str,
    folder: Path,
    make: MakeReminders = Reminders,
    years: float = YEARS,
    bursts_per_year: float = 0.55,
    *,
    encourage: bool = False,
) -> Outcome:
    """Live through one search; the same seed gives the same search.

    ``encourage`` says whether the user wants encouragement from the beginning.
    """
    path = folder / "followup.sqlite3"
    for left in folder.glob("followup.*"):
        left.unlink()
    life = Life(Random(seed), path, make, bursts_per_year)
    life.program.encourage = encourage
    present_zone = os.environ.get("TZ")
    try:
        life.live(years)
    except Violation as violation:
        life.counts.violations = 1
        return Outcome(life.counts, violation, tuple(life.trail))
    except Exception as error:
        error.add_note("\n  ".join([f"In the search {seed}, after:", *life.trail]))
        raise
    finally:
        life.program.end()
        set_system_zone(present_zone)
    return Outcome(life.counts)


def set_system_zone(name: str | None) -> None:
    """The zone of the computer, which must not matter."""
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    if hasattr(process_time, "tzset"):
        process_time.tzset()


class Life:
    """The course of one search."""

    def __init__(self, rng: Random, path: Path, make: MakeReminders, bursts_per_year: float) -> None:
        self.rng = rng
        self.rate = bursts_per_year
        start = datetime(rng.randint(2024, 2034), rng.randint(1, 12), rng.randint(1, 28), 9, tzinfo=UTC)
        self.begin = start
        self.counts = Counts(searches=1)
        self.trail: deque[str] = deque(maxlen=TRAIL)
        self.program = Program(path, start, make)
        self.people = People(self.program, rng)
        self.judge = Judge(self.program.store, self.counts)
        self.program.withdrawn = self.judge.withdrawn
        self.program.changed = lambda changes: self.judge.look(self.program.store, changes)
        self._agenda: list[tuple[datetime, int, str, Callable[[], object]]] = []
        self._numbers = count()
        self._phase = timedelta(seconds=rng.randrange(30))
        self._broken_until = self._full_until = start

    # The loop

    def live(self, years: float) -> None:
        """Until that many years have passed on the clock."""
        end = self.begin + years * YEAR
        self.people.travel()
        self._plan_the_next_burst()
        self._plan_the_next_whim()
        while self.program.now < end:
            self._step()
        self.counts.years = years
        self.judge.close()

    def _step(self) -> None:
        now = self.program.now
        upcoming = self.judge.next_instant(now)
        deed = self._agenda[0][0]
        if self.rng.random() < 0.04:
            self._be_away()
        elif self.rng.random() < 0.025:
            self._set_clock()
        elif upcoming is not None and upcoming < deed:
            self._approach(upcoming)
        else:
            if deed > now:
                self.program.now = deed
            self._act()

    def _approach(self, instant: datetime) -> None:
        """Beats around an interesting instant, at the offsets of a heartbeat of 30 seconds.

        Now and then at its very edge: a change elsewhere brings a beat at any second.
        """
        at_edge = self.rng.random() < 0.15
        before = instant - SECOND if at_edge else self._grid(instant - SECOND)
        if before > self.program.now and self.rng.random() < 0.5:
            self._beat(before)
        at = instant if at_edge else before + PERIOD
        if at <= self.program.now:
            at = self._grid(self.program.now) + PERIOD
        self._beat(at)
        if self.rng.random() < 0.4:
            self._beat(self._grid(self.program.now) + PERIOD)

    def _grid(self, instant: datetime) -> datetime:
        """The last beat at or before an instant."""
        since = (instant - self.begin - self._phase) % PERIOD
        return instant - since

    def _beat(self, now: datetime) -> None:
        self.program.now = now
        self.judge.encourages = self.program.encourage
        self.judge.paused_until = self.program.paused_until
        self.program.in_sight = self.rng.random() < 0.2
        self.program.screen.fate = self._fate
        death = self.rng.choice(tuple(Death)) if self.rng.random() < 0.02 else None
        beat = self.program.beat(death, full=self._is_full)
        self._note_beat(beat)
        self.judge.beat(beat)
        if beat.death is not None:
            self.judge.died()
            self.program.restart()
            self._new_phase()
            return
        for notification in beat.shown:
            if self.rng.random() < 0.6:
                self._in(self.rng.choice(DELAYS), "react", partial(self.people.react, notification.tag))
        for handing in (*self.judge.on_the_way.values(), *self.judge.unshown.values()):
            if handing.at == now and self.rng.random() < 0.5:
                after = timedelta(seconds=self.rng.randrange(1, 110))
                self._at(now + after, "fate", partial(self._settle, handing))

    def _fate(self) -> Fate:
        """Of the next notification: mostly that it is shown, unless the notifier is broken."""
        if self.program.now < self._broken_until:
            return self.rng.choice((Fate.REFUSED, Fate.UNSHOWN))
        if self.rng.random() < 0.05:
            return self.rng.choice((Fate.REFUSED, Fate.UNSHOWN, Fate.LATE, Fate.LATE))
        return Fate.SHOWN

    @property
    def _is_full(self) -> bool:
        return self.program.now < self._full_until

    def _settle(self, handing: Handing) -> None:
        """What becomes of a notification is known late, if it was not given up or withdrawn meanwhile."""
        on_the_way = self.judge.on_the_way.get(handing.tag) is handing
        late = self.judge.unshown.get(handing.tag) is handing and handing.tag not in self.judge.on_the_way
        if not (on_the_way or late):
            return
        shown = late or self.rng.random() < 0.6
        full = self._is_full
        self.program.in_sight = False
        recorded = self.program.settle(handing.tag, shown=shown, full=full)
        self._note(f"fate of {handing.tag}: {'shown' if shown else 'not shown'}")
        self.judge.settled(handing, shown=shown, recorded=recorded, full=full)

    def _note_beat(self, beat: Beat) -> None:
        parts = [f"{fate} {n.tag}: {n.title!r}" for n, fate in beat.fates]
        parts += [*(f"withdrawn {tag}" for tag in beat.withdrawn), "full disk" if beat.full else ""]
        parts += [f"killed {beat.death}" if beat.death else "", "in sight" if beat.in_sight and parts else ""]
        self._note("beat: " + "; ".join(part for part in parts if part))

    def _note(self, what: str) -> None:
        self.trail.append(f"{self.program.now:%Y-%m-%d %a %H:%M:%S}Z {what}")

    # What befalls the computer

    def _be_away(self) -> None:
        """The program is closed, or the computer asleep, for hours to weeks."""
        hours = self.rng.choice((0.2, 3, 10, 10, 30, 70, 200, 500)) * self.rng.random()
        closed = self.rng.random() < 0.6
        self._note(f"{'closed' if closed else 'asleep'} for {hours:.1f} h")
        until = self.program.now + timedelta(seconds=round(hours * 3600))
        if closed:
            self.counts.absences += 1
            if self.rng.random() < 0.05:
                until = self.program.now - timedelta(hours=self.rng.uniform(0, 50)) // SECOND * SECOND
                self._note(f"and the clock was set to {until} meanwhile")
                self.judge.clock_set_back(until)
            full = self._is_full
            left = self.program.quit(full=full)
            self._note(f"on the screen: {sorted(left)}" if left else "nothing on the screen")
            self.judge.quitted(left, full=full)
            self.program.now = until
            self.program.restart()
            self._new_phase()
            self._beat(until)
        else:
            self.counts.sleeps += 1
            self._beat(until + timedelta(seconds=self.rng.randrange(31)))

    def _set_clock(self) -> None:
        """Somebody sets the clock, while the program runs."""
        seconds = round(self.rng.choice((20, 400, 4000, 90_000, 400_000)) * self.rng.random())
        back = self.rng.random() < 0.5
        to = self.program.now + timedelta(seconds=-seconds if back else seconds)
        self._note(f"clock set to {to}")
        if back:
            self.judge.clock_set_back(to)
        else:
            self.counts.forward_settings += 1
        self.program.now = to
        if self.rng.random() < 0.8:
            self._beat(to + timedelta(seconds=self.rng.randrange(31)))
        self._new_phase()

    def _new_phase(self) -> None:
        self._phase = timedelta(seconds=self.rng.randrange(30))

    # What people do

    def _in(self, minutes: float, what: str, deed: Callable[[], object]) -> None:
        after = timedelta(seconds=round(minutes * 60) + self.rng.randrange(60))
        self._at(self.program.now + after, what, deed)

    def _at(self, at: datetime, what: str, deed: Callable[[], object]) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), what, deed))

    def _act(self) -> None:
        _, _, what, deed = heapq.heappop(self._agenda)
        self._note(what)
        self.counts.deeds += 1
        try:
            if self.rng.random() < 0.02:
                self._note("by another process")
                self.program.elsewhere(deed)
            else:
                deed()
        except Refused as refused:
            self._note(f"refused: {refused}")
        if self.rng.random() < 0.08:
            self._in(self.rng.choice((0.2, 3, 60)), "reconsider", self.people.reconsider)
        if self.rng.random() < 0.7:
            self._beat(self.program.now)

    def _plan_the_next_burst(self) -> None:
        """Several applications at about the same time, one of them perhaps to the same employer."""
        days = self.rng.expovariate(self.rate / 365)
        self._in(days * 1440, "a new burst", self._begin_burst)

    def _begin_burst(self) -> None:
        self._plan_the_next_burst()
        for _ in range(self.rng.choice((1, 1, 2, 3))):
            self._in(self.rng.uniform(0, 9 * 1440), "a new application", self._begin_application)

    def _begin_application(self) -> None:
        application = self.people.apply()
        people, days = self.people, 0.0
        for _ in range(self.rng.randint(2, 9)):
            days += self.rng.expovariate(1 / 5)
            what, deed = self.rng.choice(
                (
                    ("arrange", people.arrange),
                    ("arrange", people.arrange),
                    ("change interview", people.change_interview),
                    ("change interview", people.change_interview),
                    ("log", people.log),
                    ("hear", people.hear),
                    ("stage", people.stage),
                    ("edit", people.edit),
                    ("change event", people.change_event),
                )
            )
            self._in(days * 1440, f"{what} {application}", partial(deed, application))
        gone = (days + self.rng.uniform(10, 80)) * 1440
        self._in(gone, f"put away {application}", partial(people.put_away, application))

    def _plan_the_next_whim(self) -> None:
        """Now and then the user does something that no one application calls for."""
        days = self.rng.expovariate(1 / 50)
        people = self.people
        what, whim = self.rng.choice(
            (
                ("set policy", people.set_policy),
                ("set policy", people.set_policy),
                ("travel", self._travel),
                ("remind", people.remind),
                ("remind", people.remind),
                ("look at Today", people.choose_something_listed),
                ("look at Today", people.choose_something_listed),
                ("take out", people.take_out),
                ("pause", people.pause_search),
                ("turn encouragement", self._turn_encouragement),
                ("notifier breaks", self._break_notifier),
                ("disk is full", self._fill_disk),
                ("pause reminders", self._pause_reminders),
            )
        )

        def deed() -> None:
            self._plan_the_next_whim()
            whim()

        self._in(days * 1440, what, deed)

    def _travel(self) -> None:
        """To another zone: the computer follows at once, the user's zone perhaps."""
        self.counts.zone_changes += 1
        set_system_zone(self.rng.choice(ZONES))
        if self.rng.random() < 0.7:
            self.people.travel()

    def _turn_encouragement(self) -> None:
        self.program.encourage = not self.program.encourage

    def _pause_reminders(self) -> None:
        """From the tray, until one of the ends on offer."""
        self.counts.pauses += 1
        policy = self.program.store.policy()
        self.program.paused_until = self.rng.choice(pause_options(self.program.now, policy, Wording())).until

    def _break_notifier(self) -> None:
        """The notification server ends, and what it shows goes with it; it may be back soon."""
        self._broken_until = self.program.now + timedelta(minutes=self.rng.choice((1, 30, 600, 3000)))
        self.program.screen.tags.clear()

    def _fill_disk(self) -> None:
        self._full_until = self.program.now + timedelta(minutes=self.rng.choice((1, 30, 600, 3000)))
