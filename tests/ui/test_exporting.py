"""The kind chosen in the dialog decides what an export writes, and no file is replaced unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.exporting import KINDS, named_as

EVERYTHING, TABLE, CALENDAR, ANY = KINDS


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("follow-up.json", EVERYTHING, "follow-up.json"),
        ("follow-up.json", TABLE, "follow-up.csv"),
        ("follow-up.json", CALENDAR, "follow-up.ics"),
        ("follow-up.CSV", TABLE, "follow-up.CSV"),
        ("my.search", TABLE, "my.search.csv"),
        ("search", EVERYTHING, "search.json"),
        ("search.csv", ANY, "search.csv"),
        ("search.csv", "", "search.csv"),
    ],
)
def test_the_name_ends_as_the_kind_does(tmp_path: Path, name: str, kind: str, written: str) -> None:
    assert named_as(tmp_path / name, kind) == tmp_path / written


def test_a_file_that_was_not_asked_about_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "follow-up.csv").write_text("mine", "utf-8")
    with pytest.raises(Refused, match=r"follow-up\.csv"):
        named_as(tmp_path / "follow-up.json", TABLE)
    assert named_as(tmp_path / "follow-up.csv", TABLE) == tmp_path / "follow-up.csv"
