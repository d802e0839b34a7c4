"""The postings that other programs hand over while the form for them is taken: they wait as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from followup_desktop.services.capture.links import MOST_WAITING
from followup_desktop.services.capture.postings import read_posting
from followup_desktop.services.reading.draft_titles import posting_title
from followup_desktop.ui.kit.forms.drafts import TITLE, DraftStore

_KIND = "posting/"
_TEXT = "posting"


class HandedPostings:
    """Postings among the drafts of forms, each under a key of its own; the same one twice waits once."""

    def __init__(self, drafts: DraftStore) -> None:
        self._drafts = drafts

    def has_room(self, text: str) -> bool:
        """Whether this one could wait, or waits already."""
        return self._drafts.is_kept(_key(text)) or self._waiting() < MOST_WAITING

    def keep(self, text: str) -> str | None:
        """Let this one wait, named by its first line; gives its key, ``None`` if too many wait already."""
        if not self.has_room(text):
            return None
        key = _key(text)
        self._drafts.keep(key, {TITLE: posting_title(text), _TEXT: text})
        return key

    def text(self, key: str) -> str:
        """The posting under this key of a draft; empty if that is another draft's."""
        return self._drafts[key].get(_TEXT, "") if key.startswith(_KIND) else ""

    def _waiting(self) -> int:
        return sum(key.startswith(_KIND) for key in self._drafts.all(_TEXT))

    def drop_text(self, text: str) -> None:
        """This one waits no longer, if it did: the form has it."""
        if self._drafts.is_kept(key := _key(text)):
            self.drop(key)

    def drop(self, key: str) -> None:
        """Let it wait no longer: the form has it."""
        self._drafts.drop(key)


def posting_of(draft: Mapping[str, str]) -> str:
    """The posting that a draft of a new application holds, if any."""
    return draft.get(_TEXT, "")


def is_read(draft: Mapping[str, str], today: date) -> bool:
    """Whether a draft of a new application holds a posting, and else only what was read in it."""
    guess = read_posting(posting_of(draft), today)
    typed = {name: value for name, value in draft.items() if value and name not in (TITLE, _TEXT)}
    said = {name: found.value for name in typed if (found := guess.proposed(name)) is not None}
    # A date is kept as the field shows it.
    return bool(posting_of(draft)) and all(
        name in said and (isinstance(said[name], date) or said[name] == value)
        for name, value in typed.items()
    )


def _key(text: str) -> str:
    return _KIND + sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
