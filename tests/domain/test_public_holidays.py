"""Public holidays: what was asked once is remembered as it was said, and only as long as it holds."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from importlib import metadata

import holidays
import pytest

from followup_desktop.domain import public_holidays
from followup_desktop.domain.public_holidays import as_text, days_of, remember, version
from tests.tables import tabled

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin as a new process does."""
    monkeypatch.setattr(public_holidays, "_known", OrderedDict())
    public_holidays._text.cache_clear()
    yield
    public_holidays._text.cache_clear()


def begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the process had ended and begun again, without the package."""
    monkeypatch.setattr(public_holidays, "_known", OrderedDict())
    public_holidays._text.cache_clear()
    monkeypatch.setattr(holidays, "country_holidays", lambda *_a, **_k: pytest.fail("asked again"))


@pytest.mark.parametrize("country", ["ES", "ES-MD", "DE-BE", "US-NY", "IL", "JP"])
def test_what_is_remembered_is_what_was_said(country: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {year: dict(days_of(country, year)) for year in (2026, 2027)}
    kept = as_text()
    begin_anew(monkeypatch)
    remember(kept)
    assert {year: dict(days_of(country, year)) for year in said} == said
    assert as_text() == kept


def test_the_version_is_that_of_the_package() -> None:
    assert version() == metadata.version("holidays")


def _with(change: dict[str, object]) -> str:
    days = {"ES": {"2027": {"2027-01-01": "Someone's own day"}}}
    return json.dumps({"version": version(), "days": days} | change)


@tabled(
    "text",
    [
        None,
        "",
        "no JSON",
        "[]",
        "7",
        _with({"version": "0.1"}),
        _with({"days": []}),
        _with({"days": {"ES": {"2027": ["2027-01-01"]}}}),
        _with({"days": {"ES": {"soon": {}}}}),
        _with({"days": {"ES": {"2027": {"a day": "of rest"}}}}),
    ],
)
def test_what_another_version_said_or_somebody_broke_is_asked_again(text: str | None) -> None:
    remember(text)
    assert days_of("ES", 2027)[NEW_YEAR] == "Año Nuevo"


def test_no_more_is_remembered_than_somebody_has_use_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_holidays, "_MOST", 3)
    for year in range(2020, 2030):
        days_of("ES", year)
    assert len(json.loads(as_text())["days"]["ES"]) <= 3
    assert NEW_YEAR in days_of("ES", 2027)


def test_what_was_asked_lately_is_kept_when_there_is_no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_holidays, "_MOST", 3)
    for year in (2020, 2026, 2021, 2022, 2026, 2027):
        days_of("ES", year)
    assert sorted(json.loads(as_text())["days"]["ES"]) == ["2022", "2026", "2027"]
