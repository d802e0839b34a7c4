"""A short form of ``make faults``: a disk that fails at any read or write loses nothing acknowledged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faulty_disk import FaultyDisk, Way, fail_at, faulty_disk, operations, prepared
from tests.sweeps import every

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the disk is made of POSIX files")

APART = 166
"""So many operations lie between those that fail here; they are not those of any one deed."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("disk"))


@pytest.fixture
def disk(template: Path) -> Iterator[FaultyDisk]:
    assert template
    with faulty_disk() as disk:
        yield disk


@pytest.mark.parametrize("first", every(2, (5, 5 + APART // 2)))
@pytest.mark.parametrize("way", Way)
def test_a_disk_that_fails_at_any_read_or_write_loses_nothing(
    disk: FaultyDisk, template: Path, way: Way, first: int
) -> None:
    count = operations(disk, template, way)
    assert count > 4 * APART
    places = range(first, count, APART)
    assert [what for number in places for what in fail_at(disk, template, way, number)] == []


def test_without_syncs_a_loss_of_power_is_found_to_lose_something(disk: FaultyDisk, template: Path) -> None:
    found = [fail_at(disk, template, Way.POWER, number, "off") for number in range(200, 300, 20)]
    assert any(found)
