"""Kills the program at random moments, again and again, and looks each time whether anything was lost.

``python -m tests.crash --kills 1000 --seed 7``; a seed repeats what is done, though not when it is killed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Contact, LastAnnouncement, Stage
from followup_desktop.services.backups import Backups
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.interchange import write
from followup_desktop.services.wording import Wording
from followup_desktop.storage import backups
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.soundness import is_sound
from followup_desktop.storage.store import Store

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
_LONGEST = 0.25
"""Seconds from the first word of the program to the kill, at most."""


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Life:
    """One run of the program: it does one thing after another, and says when each begins and is done."""

    def __init__(self, database: Path, seed: int, unsafe: str = "") -> None:
        self._unsafe = unsafe
        self._database = database
        self._random = random.Random(seed)
        self._number = seed * 10_000
        self._store = store = Store(open_database(database))
        if unsafe != "plan":
            Planner(store)
        self._tracker = Tracker(store, self._clock, Wording())
        self._backups = Backups(store, store.backups_folder, self._clock, Wording())
        store.set_safeguard(self._backups.make_if_changed)

    def _clock(self) -> datetime:
        return NOW + timedelta(seconds=self._number)

    def go_on(self) -> None:
        """Do things until the end."""
        deeds = [self.add, self.add, self.edit, self.edit, self.undo, self.take_in]
        deeds += [self.back_up, self.put_back, self.announce, self.delete, self.jot]
        # Not in each life: most kills on a busy computer would be in these two.
        first = [] if self._store.contents().rows.get("application") else [self.add, self.back_up]
        while True:
            self._number += 1
            deed = first.pop(0) if first else self._random.choice(deeds)
            _print_line(f"begin {deed.__name__}")
            with suppress(Refused):  # there is nothing to undo, say
                deed()
            if self._unsafe == "plan":
                self._plan_late()
            _print_line(f"done {self._store.contents().digest}")

    def add(self) -> None:
        contact = Contact(id=f"c{self._number}", name="Ana Ruiz", notes="x" * self._random.randrange(9000))
        with self._store.transaction("Add") as t:
            t.put_contact(contact)
            t.put_application(self._application(contact.id))

    def _application(self, *contacts: str) -> Application:
        stage = self._random.choice(list(Stage))
        return Application(
            id=f"a{self._number}",
            employer=f"Employer {self._number % 7}",
            role="Engineer",
            stage=stage,
            stage_at=NOW - timedelta(days=30),
            contacts=contacts,
        )

    def edit(self) -> None:
        if some := self._store.facts().applications:
            self._tracker.edit_application(
                self._random.choice(some).id, notes="y" * self._random.randrange(9000)
            )

    def undo(self) -> None:
        self._tracker.undo()

    def take_in(self) -> None:
        facts = self._store.facts()
        more = tuple(replace(self._application(), id=f"i{self._number}-{n}") for n in range(20))
        document = read_document(write(replace(facts, applications=facts.applications + more)).encode())
        self._tracker.import_document(document)

    def back_up(self) -> None:
        if self._unsafe == "copying":
            file = self._backups.folder / backups.name_of(self._clock(), Why.ASKED)
            file.parent.mkdir(exist_ok=True)
            shutil.copyfile(self._database, file)
        else:
            file = self._backups.make(Why.ASKED).file
        _print_line(f"backup {file.name} {self._store.contents().digest}")
        self._backups.thin_out()

    def _plan_late(self) -> None:
        other = Store(open_database(self._database))
        Planner(other)
        other.replan()
        other.close()

    def put_back(self) -> None:
        if found := self._backups.found()[0]:
            self._backups.restore(self._random.choice(found).file)

    def announce(self) -> None:
        self._store.record_announced([LastAnnouncement(key=f"k{self._number}", announced_at=NOW)])

    def jot(self) -> None:
        """Type into a form that isn't saved."""
        text = f"{self._number} " + "z" * self._random.randrange(9000)
        self._store.drafts.put("forms", "new-application", {"notes": text})
        _print_line(f"draft {self._number}")

    def delete(self) -> None:
        self._tracker.trash_many([each.id for each in self._store.facts().applications[:12]])


@dataclass(slots=True)
class Tally:
    """How often it was killed, in the midst of what, and what was found wrong."""

    kills: int = 0
    within: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def kill_again_and_again(folder: Path, kills: int, seed: int, unsafe: str = "") -> Tally:
    """Run and kill the program so often, on one database, and look at it each time.

    ``unsafe`` has it do something as it must not be done, which is to be found: back up by copying the file,
    or plan after the commit.
    """
    chance, tally = random.Random(seed), Tally()
    database = folder / "followup.db"
    for number in range(kills):
        before = _digest(database)
        command = [sys.executable, "-m", "tests.crash", "--live", str(database), "--seed", str(seed + number)]
        said, complaints = _live_and_die([*command, "--unsafe", unsafe], chance.random() * _LONGEST)
        tally.kills += 1
        tally.wrong += complaints
        done = [line.split()[1] for line in said if line.startswith("done ")]
        last = said[-1].split() if said else []
        doing = (
            ""
            if not last or last[0] == "done"
            else next(line.split()[1] for line in reversed(said) if line.startswith("begin "))
        )
        tally.within[doing or "nothing"] += 1
        found = _wrong(database, doing, done[-1] if done else before)
        drafts = [line.split()[1] for line in said if line.startswith("draft ")]
        found += _wrong_drafts(database, doing, drafts[-1] if drafts else "")
        found += _wrong_backups(database.parent / "backups", said)
        tally.wrong += [f"kill {number} in {doing or 'nothing'}: {what}" for what in found]
    return tally


def _live_and_die(command: list[str], seconds: float) -> tuple[list[str], list[str]]:
    """What a program said until it was killed, in whole lines, and what it complained of."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as life:
        assert life.stdout is not None
        assert life.stderr is not None
        first = life.stdout.readline()
        time.sleep(seconds)
        life.send_signal(signal.SIGKILL)
        said = (first + life.stdout.read()).split("\n")[:-1]
        return said, life.stderr.read().splitlines()


def _wrong_backups(folder: Path, said: Sequence[str]) -> list[str]:
    """What is wrong with the backups that there are, and with those of which it was said what they hold."""
    found = []
    promised = {line.split()[1]: line.split()[2] for line in said if line.startswith("backup ")}
    for file in backups.files(folder):
        try:
            with backups.opened(file) as (_backup, connection):
                if promised.get(file.name, digest := backups.contents_of(connection).digest) != digest:
                    found.append(f"{file.name} doesn't hold what it was made of")
        except Refused as refused:
            found.append(str(refused))
    return found


def _wrong_drafts(database: Path, doing: str, last: str) -> list[str]:
    """What is wrong with what was typed last, and not saved; a restore leaves it as it is."""
    store = Store(open_database(database))
    try:
        kept = store.drafts.all("forms").get("new-application", {}).get("notes", "")
    finally:
        store.close()
    is_lost = last and kept.split(" ")[0] != last and doing != "jot"
    return ["what was typed and not saved was lost"] if is_lost else []


def _digest(database: Path) -> str:
    store = Store(open_database(database))
    try:
        return store.contents().digest
    finally:
        store.close()


def _wrong(database: Path, doing: str, acknowledged: str) -> list[str]:
    """What is wrong with what the killed program left."""
    found = []
    store = Store(open_database(database))
    try:
        if not is_sound(store._database.connection):
            found.append("the database isn't sound")
        if not doing and store.contents().digest != acknowledged:
            found.append("something acknowledged was lost")
        if doing in {"back_up", "announce", "jot"} and store.contents().digest != acknowledged:
            found.append("what changes nothing changed something")
        Planner(store)
        stored = store.follow_ups()
        store.replan()
        if store.follow_ups() != stored:
            found.append("the stored plan isn't that of the facts")
        digest, tracker = store.contents().digest, Tracker(store, lambda: NOW, Wording())
        with store.transaction("Add") as t:
            t.put_contact(Contact(id="after the kill", name="Ana Ruiz"))
        tracker.undo()
        if store.contents().digest != digest:
            found.append("undo doesn't lead back")
    finally:
        store.close()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status is 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsafe", default="", help="'copying' or 'plan': what is to be found, and is")
    parser.add_argument("--live", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.live is not None:
        os.umask(0o077)
        Life(options.live, options.seed, options.unsafe).go_on()
    with tempfile.TemporaryDirectory(prefix="followup-crash-") as folder:
        tally = kill_again_and_again(Path(folder), options.kills, options.seed, options.unsafe)
    for what in tally.wrong:
        _print_line(what)
    within = ", ".join(f"{count} in {deed}" for deed, count in tally.within.most_common())
    _print_line(f"{tally.kills} kills ({within}): {len(tally.wrong)} faults")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
