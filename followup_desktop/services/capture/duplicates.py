"""Near duplicates of a new application: the same posting, a similar position, or the same address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup_desktop.domain.model import Stage
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.storage.folding import fold_joined
from followup_desktop.storage.store import ApplicationSummary, Store

EMPLOYERS_ALIKE = 88.0
ROLES_ALIKE = 85.0
"""From 0 to 100; "data engineer" and "senior data engineer" have 79, with "data engineer ii" it is 90."""

AT_MOST = 5
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_WORD = re.compile(r"[\w+#]+")
_COMPANY_FORMS = frozenset(
    {
        "ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "inc",
        "incorporated", "kg", "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "pty", "sa", "sarl", "sas",
        "se", "sl", "slu", "spa", "srl",
    }
)  # fmt: skip
_SHORT_FORMS = {"sr": "senior", "jr": "junior", "eng": "engineer", "dev": "developer", "mgr": "manager"}


class Alike(StrEnum):
    """In what an application is like the new one."""

    POSTING = "posting"
    EMPLOYER_AND_ROLE = "employer_and_role"
    ADDRESS = "address"
    """Only the address is the same: the employer or the role is another."""


_FIRST = tuple(Alike)
"""What is most like the new one comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An application that the new one may repeat; ``score`` from 0 to 100."""

    application: str
    employer: str
    role: str
    stage: Stage
    archived: bool
    alike: Alike
    score: float


class Duplicates:
    """Looks for near duplicates among the stored applications, archived ones too; the trash is left out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(
        self, *, employer: str, role: str, url: str = "", but: str | None = None, now: datetime
    ) -> tuple[Duplicate, ...]:
        """The likeliest first, five at most; ``but`` names an application that is not to be found.

        Reads the folded names that are stored for the list, so it is quick among 10,000 applications.
        """
        posting = posting_key(url)
        found = dict.fromkeys(self._store.ids_of_posting(posting) if posting else (), 100.0)
        same_address = frozenset(found)
        for application, score in self._similar(employer, role):
            found.setdefault(application, score)
        if but is not None:
            found.pop(but, None)
        rows = self._store.application_summaries(found, now)
        duplicates = []
        for row in rows.values():
            alike = Alike.EMPLOYER_AND_ROLE
            if row.id in same_address:
                alike = Alike.POSTING if _is_same(employer, role, row) else Alike.ADDRESS
            duplicates.append(
                Duplicate(
                    application=row.id,
                    employer=row.employer,
                    role=row.role,
                    stage=row.stage,
                    archived=row.archived,
                    alike=alike,
                    score=found[row.id],
                )
            )
        duplicates.sort(key=lambda each: (_FIRST.index(each.alike), -each.score, each.application))
        return tuple(duplicates[:AT_MOST])

    def _similar(self, employer: str, role: str) -> Iterable[tuple[str, float]]:
        name, position = employer_words(employer), role_words(role)
        if not name or not position:
            return
        from rapidfuzz import fuzz, process  # 11 ms, which an import doesn't need

        names = self._store.folded_names()
        employers = [row.employer_fold for row in names]
        matches = process.extract(
            name, employers, scorer=fuzz.token_set_ratio, score_cutoff=EMPLOYERS_ALIKE, limit=None
        )
        for _, employer_score, place in matches:
            role_score = _roles_alike(position, role_words(names[place].role_fold))
            if role_score >= ROLES_ALIKE:
                yield names[place].application, (employer_score + role_score) / 2


def _is_same(employer: str, role: str, other: ApplicationSummary) -> bool:
    """Whether nothing that is known of employer and role says that it is another position."""
    from rapidfuzz import fuzz

    employers = employer_words(employer), employer_words(other.employer)
    roles = role_words(role), role_words(other.role)
    is_same_employer = not all(employers) or fuzz.token_set_ratio(*employers) >= EMPLOYERS_ALIKE
    return is_same_employer and (not all(roles) or _roles_alike(*roles) >= ROLES_ALIKE)


def _roles_alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def employer_words(text: str) -> str:
    """The words of a name without the company's legal form, unless that is all there is."""
    words = _WORD.findall(_plain(text).replace(".", ""))
    return " ".join([word for word in words if word not in _COMPANY_FORMS] or words)


def _plain(text: str) -> str:
    return fold_joined(text)


def role_words(text: str) -> str:
    """The words of a position without what stands in brackets, such as "(m/f/d)" or "(remote)"."""
    folded = _plain(text)
    words = _WORD.findall(_IN_BRACKETS.sub(" ", folded)) or _WORD.findall(folded)
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)
