"""Adding an application from a posting without a form: what was read in it is saved, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.domain.notes import join_notes
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.capture.duplicates import (
    Alike,
    Duplicate,
    Duplicates,
    employer_words,
    role_words,
)
from followup_desktop.services.capture.postings import PostingGuess, read_posting

if TYPE_CHECKING:
    from followup_desktop.services.tracker import Tracker
    from followup_desktop.storage.store import Store

FIELDS = ("employer", "role", "location", "salary", "closes_on", "url", "source")
"""What is taken from a posting, in the order in which it is said."""


class Incomplete(Refused):
    """The posting doesn't say of whom or what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedApplication:
    """The application that was added, what was taken from the posting, and sentences on what can't be."""

    id: str
    taken: Mapping[str, Any]
    doubts: Sequence[str] = ()


def understood(text: str, now: datetime, zone: str) -> dict[str, Any]:
    """What a posting says by the fields of an application, as far as it would be filled into the form."""
    return _proposed(read_posting(text, date_of(now, zone)))


def _proposed(guess: PostingGuess) -> dict[str, Any]:
    found = {name: guess.proposed(name) for name in FIELDS}
    return {name: each.value for name, each in found.items() if each is not None}


def add_posting(
    store: Store,
    tracker: Tracker,
    text: str,
    now: datetime,
    *,
    said: Mapping[str, str] | None = None,
    applied: bool = False,
) -> AddedApplication:
    """Add the application that a posting, its address or an email is about.

    What is ``said`` of employer and role counts more than what was read. ``Incomplete`` where one of them is
    missing; ``Refused`` where the same application is there already.
    """
    guess = read_posting(text, date_of(now, store.policy().timezone))
    values = _proposed(guess) | {name: value.strip() for name, value in (said or {}).items() if value.strip()}
    taken = dict(values)
    employer, role = values.pop("employer", ""), values.pop("role", "")
    _check_complete(employer, role)
    if "\n" in text.strip():
        values["notes"] = join_notes("", text)

    def check() -> None:
        if (same := _same(store, employer, role, taken.get("url", ""), now)) is not None:
            sentence = _("You already have {role} at {employer}. Nothing was added.")
            raise Refused(sentence.format(role=same.role, employer=same.employer), field="employer")

    done = tracker.add_application(
        employer=employer,
        role=role,
        stage=Stage.APPLIED if applied else Stage.SAVED,
        check=check,
        **values,
    )
    doubts = [sentence for name in FIELDS if (sentence := guess.doubt(name))]
    return AddedApplication(id=done.id or "", taken=taken, doubts=doubts)


def _check_complete(employer: str, role: str) -> None:
    if not employer and not role:
        raise Incomplete(_("The text names neither an employer nor a role. Add --employer and --role."))
    if not employer:
        raise Incomplete(_("The text doesn't name the employer. Add --employer NAME."), field="employer")
    if not role:
        raise Incomplete(_("The text doesn't name the role. Add --role NAME."), field="role")


def _same(store: Store, employer: str, role: str, url: str, now: datetime) -> Duplicate | None:
    """The application that this one would repeat: of the same posting, or of the same names."""
    posting = posting_key(url)
    for each in Duplicates(store).of(employer=employer, role=role, url=url, now=now):
        if each.alike is Alike.POSTING:
            return each
        is_named_so = (employer_words(each.employer), role_words(each.role)) == (
            employer_words(employer),
            role_words(role),
        )
        if each.alike is Alike.EMPLOYER_AND_ROLE and is_named_so:
            other = posting_key(store.application(each.application).url)
            if not (posting and other):  # two postings that differ are two applications
                return each
    return None
