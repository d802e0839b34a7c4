"""What is made when it is first used."""

from __future__ import annotations

from threading import Thread

import pytest

from followup_desktop.later import later


class Made:
    """Counts how often it was made, and knows what it was told."""

    count = 0

    def __init__(self) -> None:
        Made.count += 1
        self.name = "made"

    def rename(self, name: str) -> str:
        self.name = name
        return f"{name}!"


def test_it_is_made_once_when_something_is_asked_of_it_on_whatever_thread() -> None:
    Made.count = 0
    stands_for_it = later(Made)
    assert Made.count == 0
    threads = [Thread(target=stands_for_it.rename, args=("thread",)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stands_for_it.rename("new") == "new!"
    assert stands_for_it.name == "new"
    assert Made.count == 1


def test_what_could_not_be_made_is_tried_again() -> None:
    tries: list[int] = []

    def make() -> Made:
        tries.append(len(tries))
        if len(tries) == 1:
            raise OSError("not yet")
        return Made()

    stands_for_it = later(make)
    with pytest.raises(OSError, match="not yet"):
        stands_for_it.rename("x")
    assert stands_for_it.name == "made"
