"""How far long work is, in words."""

from __future__ import annotations

from followup_desktop.services.progress import Progress, rate_in_words
from tests.tables import tabled


@tabled(
    "done, of, seconds, said",
    [
        (0, 0, 5, ""),
        (1, 1, 0, "1 of 1 application"),
        (0, 5000, 3, "0 of 5,000 applications"),
        (900, 5000, 0.9, "900 of 5,000 applications"),
        (1000, 5000, 2, "1,000 of 5,000 applications, about 8 seconds left"),
        (4999, 5000, 10, "4,999 of 5,000 applications, about 1 second left"),
        (1000, 90_000, 1, "1,000 of 90,000 applications, about 89 seconds left"),
        (1000, 100_000, 1, "1,000 of 100,000 applications, about 2 minutes left"),
    ],
)
def test_the_time_left_is_said_once_it_can_be_told(done: int, of: int, seconds: float, said: str) -> None:
    assert rate_in_words(done, of, seconds) == said


def test_the_next_part_of_the_work_begins_uncounted() -> None:
    progress = Progress("Importing")
    progress.count(3, 4)
    progress.describe("Saving")
    assert progress.counted == (0, 0)
