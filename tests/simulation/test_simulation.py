"""Simulated searches go by the rules; with a rule broken on purpose, the judge finds it out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.simulation.__main__ import main
from tests.simulation.sabotage import SABOTAGES
from tests.simulation.search import simulate
from tests.sweeps import every

SEARCHES_TO_FIND_OUT = 30
BUSY = 3.0
"""Bursts of applications a year: few years are enough when they are full."""
FOUND = {
    "announces before the moment": {"early", "repeat"},
    "forgets what fell due while asleep": {"lost"},
    "records before notifying": {"lost"},
    "ignores quiet hours": {"held back"},
    "ignores interviews": {"held back"},
    "ignores a pause": {"held back"},
    "says call now on Mondays": {"call now", "repeat"},
    "forgets the call slot": {"lost"},
    "repeats at each beat": {"unrecorded"},
    "drops a remind after a snooze": {"lost"},
    "announces what was skipped": {"skipped"},
    "is silent after the clock was set back": {"lost"},
    "encourages every day": {"held back"},
    "takes a refusal for a success": {"lost", "unrecorded"},
    "asks twice at one employer": {"waits", "summary"},
    "takes a failed record for one": {"unrecorded", "repeat"},
    "counts what nobody has shown": {"not shown"},
    "repeats what is on its way": {"repeat"},
    "gives the record up": {"unrecorded", "repeat"},
    "forgets what is on the screen": {"lost"},
    "repeats what was closed": {"repeat"},
}
"""What the judge finds first, for each sabotage: a wrong wait for a slot comes as a repeat, for example."""
SHOWS_IT = {
    "asks twice at one employer": 6,
    "drops a remind after a snooze": 7,
    "encourages every day": 7,
    "forgets the call slot": 10,
    "gives the record up": 11,
    "ignores a pause": 3,
    "ignores interviews": 12,
    "is silent after the clock was set back": 6,
    "records before notifying": 1,
    "repeats what is on its way": 4,
    "repeats what was closed": 4,
    "says call now on Mondays": 6,
    "takes a failed record for one": 11,
    "takes a refusal for a success": 25,
}
"""A search that shows the sabotage early, tried before the others; where none is named the first one does."""


@pytest.mark.parametrize("number", every(4, range(10)))
def test_a_simulated_search_goes_by_the_rules(tmp_path: Path, number: int) -> None:
    outcome = simulate(f"fixed:{number}", tmp_path, years=1.2, bursts_per_year=5)
    assert outcome.violation is None, "\n".join((str(outcome.violation), *outcome.trail))
    assert outcome.counts.announcements > 5, "a search in which something happens"


@pytest.mark.parametrize("name", every(3, sorted(SABOTAGES)))
def test_a_broken_rule_is_found_out(tmp_path: Path, name: str) -> None:
    first = SHOWS_IT.get(name, 0)
    for number in sorted(range(SEARCHES_TO_FIND_OUT), key=lambda number: (number != first, number)):
        outcome = simulate(f"fixed:{number}", tmp_path, SABOTAGES[name], 1, BUSY, encourage=True)
        if outcome.violation is not None:
            assert outcome.violation.kind in FOUND[name], str(outcome.violation)
            return
    pytest.fail(f"{SEARCHES_TO_FIND_OUT} searches went well although the program {name}")


def test_a_violation_is_told_with_the_way_to_repeat_it(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--only", "3", "--seed", "5", "--years", "5", "--broken", "repeats at each beat"]
    assert main(given) == 1
    told = capsys.readouterr().out
    assert "Violation: unrecorded: " in told
    assert "beat: shown" in told
    assert "--seed 5 --only 3" in told
    assert re.search(r"^violations +1$", told, re.MULTILINE)


def test_the_same_seed_gives_the_same_search(tmp_path: Path) -> None:
    first, second = (simulate("fixed:twice", tmp_path, years=1, bursts_per_year=BUSY) for _ in range(2))
    assert first == second
