"""Which application that is there each row of another program's file is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from followup_desktop.domain.model import Application, employer_key
from followup_desktop.i18n import N_, _
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.capture.duplicates import employer_words
from followup_desktop.services.capture.posting_pages import is_page_of, names_posting
from followup_desktop.services.transfer.contradictions import (
    MOST_ALIKE,
    Likeness,
    compared,
    contradictions,
    likeness,
)
from followup_desktop.services.transfer.document import Row

Names = tuple[str, str]
"""Employer and role, as they are compared."""

_SAME_ADDRESS = N_("the same posting address")
_SAME_NAMES = N_("the same employer and role")


class Positions:
    """The applications that are there, each to be taken by one row at most."""

    def __init__(self, applications: Iterable[Application]) -> None:
        self._by_id: dict[str, Application] = {}
        self._by_url: dict[str, list[Application]] = defaultdict(list)
        self._by_names: dict[tuple[str, str], list[Application]] = defaultdict(list)
        self._owners: dict[str, Application] = {}
        for one in applications:
            self._by_id[one.id] = one
            self._owners |= {interview.id: one for interview in one.interviews}
            if key := posting_key(one.url):
                self._by_url[key].append(one)
            self._by_names[employer_key(one.employer), employer_key(one.role)].append(one)

    def of(self, rows: tuple[Row, ...]) -> dict[int, tuple[Application, str]]:
        """By the place of a row, the application it is about, and in what they are the same.

        The surest go first, so that none takes the application of another.
        """
        if not self._by_id:
            return {}  # as in a first import: to look took a fifth of the comparing
        found: dict[int, tuple[Application, str]] = {}
        taken: set[str] = set()
        for place, row in enumerate(rows):
            one = self._by_id.get(row.id) or self._of_interview(row)
            if one is not None:
                found[place] = one, ""
                taken.add(one.id)
        known = {rows[place].id: place for place in found}
        names: dict[int, Names] = {}
        ways = (
            (self._exactly_like, _SAME_ADDRESS),
            (self._like_url, _SAME_ADDRESS),
            (self._surely_named, _SAME_NAMES),
            (self._like_names, _SAME_NAMES),
        )
        for like, why in ways:
            for place, row in enumerate(rows):
                if place in found or row.id in known:
                    continue
                if place not in names:
                    names[place] = names_of(row)
                one = like(row, names[place], taken)
                if one is not None:
                    found[place] = one, _(why)
                    taken.add(one.id)
                    known[row.id] = place
        # A row that stands twice is about the same, by whichever of its lines that was found.
        return {place: found[known[row.id]] for place, row in enumerate(rows) if row.id in known} | found

    def _of_interview(self, row: Row) -> Application | None:
        owners = (self._owners.get(interview.id) for interview in row.interviews)
        return next((owner for owner in owners if owner is not None), None)

    def _exactly_like(self, row: Row, _names: Names, taken: Collection[str]) -> Application | None:
        key = posting_key(row.values.get("url", "")) if self._by_url else ""
        same = (one for one in self._by_url.get(key, ()) if one.id not in taken and all(agreement(row, one)))
        return next(same, None)

    def _like_url(self, row: Row, _names: Names, taken: Collection[str]) -> Application | None:
        key = posting_key(row.values.get("url", "")) if self._by_url else ""
        if not key:
            return None
        address, role = str(row.values["url"]), str(row.values["role"])
        names_one: bool | None = None
        best: list[tuple[int, Application]] = []
        for one in self._by_url.get(key, ()):
            if one.id in taken:
                continue
            same_employer, same_role = agreement(row, one)
            is_same = same_employer and (same_role or not (role and one.role))
            if not is_same and (same_employer or same_role):
                if names_one is None:
                    names_one = names_posting(address)
                is_same = names_one or (same_employer and is_page_of(address, (role, one.role)))
            if is_same:
                best.append((same_employer + same_role, one))
        return max(best, key=lambda pair: pair[0], default=(0, None))[1]

    def _surely_named(self, row: Row, names: Names, taken: Collection[str]) -> Application | None:
        """The one of these names that the row doesn't contradict."""
        if len(self._by_names.get(names, ())) > MOST_ALIKE:
            return None
        return self._like_names(row, names, taken, is_sure=True)

    def _like_names(
        self, row: Row, names: Names, taken: Collection[str], *, is_sure: bool = False
    ) -> Application | None:
        candidates = [one for one in self._by_names.get(names, ()) if one.id not in taken]
        if is_sure:
            candidates = [one for one in candidates if not contradictions(row.values, compared(one))]
        if not candidates:
            return None
        applied, key = row.values.get("applied_on"), posting_key(row.values.get("url", ""))

        def alike(one: Application) -> Likeness:
            return likeness(row.values, compared(one))

        same_day = [one for one in candidates if one.applied_on == applied and applied is not None]
        if len(same_day) > 1 and all(alike(one).is_of_another for one in same_day):
            return None
        if same_day:
            return max(same_day, key=lambda one: (not _is_elsewhere(one, key), alike(one)))
        open_days = [one for one in candidates if not (one.applied_on and applied)]
        fitting = [one for one in open_days if not _is_elsewhere(one, key)]
        same = [one for one in fitting if one.applied_on == applied]
        if same:
            return max(same, key=alike)
        if 1 < len(fitting) <= MOST_ALIKE:  # then it is the only one that says the same place or pay
            fitting = [one for one in fitting if alike(one).same]
        return fitting[0] if len(fitting) == 1 else None


def names_of(row: Row) -> Names:
    """The employer and the role that a row says, as they are compared."""
    return employer_key(row.values["employer"]), employer_key(row.values["role"])


def agreement(row: Row, one: Application | Row) -> tuple[bool, bool]:
    """Whether a row names the employer of another or an application, in whatever legal form, and its role."""
    named, called = str(row.values["employer"]), str(row.values["role"])
    employer, role = (
        (one.employer, one.role)
        if isinstance(one, Application)
        else (str(one.values["employer"]), str(one.values["role"]))
    )
    same_employer = (
        employer_key(named) == employer_key(employer)
        or employer_words(named) == employer_words(employer) != ""
    )
    return same_employer, bool(called) and employer_key(called) == employer_key(role)


def _is_elsewhere(one: Application, key: str) -> bool:
    """Whether it is known to have been posted at another address."""
    return bool(key and posting_key(one.url) not in ("", key))
