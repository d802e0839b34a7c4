"""The postings that other programs hand over, until the form of a new application has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256

from followup_desktop.i18n import _
from followup_desktop.services.capture.links import MOST_WAITING, too_many_wait
from followup_desktop.services.capture.postings import read_posting
from followup_desktop.services.reading.draft_titles import posting_title
from followup_desktop.ui.kit.forms.drafts import TITLE, DraftStore
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.window.navigation import Navigation

_KIND = "posting/"
_TEXT = "posting"


class PostingDrafts:
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


class HandedPostings:
    """Fills each into the form of a new application; nothing is saved.

    What was begun in the form stays as it is: whoever asks from outside doesn't see it. The posting waits as
    a draft then, which the bar below the views names; so it does while somebody new is welcomed, who may
    quit before. One in the form of which nothing but the reading is there waits in its turn for another.
    """

    def __init__(self, context: Context, navigation: Navigation) -> None:
        self._context = context
        self._navigation = navigation
        self._forms = context.drafts.forms
        self._waiting = PostingDrafts(self._forms)

    def can_take(self, text: str) -> bool:
        """Whether one from outside would be filled in, or wait."""
        self._forms.flush_wanted.emit()
        is_free = not (self._navigation.is_welcoming or self._has_begun())
        return is_free or self._waiting.has_room(text)

    def open(self, text: str) -> None:
        """Fill this into the form, as another program asks, or let it wait."""
        is_welcoming = self._navigation.is_welcoming
        if not is_welcoming and self._fill_in(text):
            self._waiting.drop_text(text)  # it may have waited since before there was a window
            return
        key = self._waiting.keep(text)
        if key is None:
            self._context.show_status(too_many_wait())
        elif is_welcoming:
            self._navigation.when_welcomed(partial(self.resume, key))
        else:
            self._context.show_status(
                _("The posting is waiting under Unsaved. Save or cancel what you've begun first.")
            )

    def add(self, request: AddApplication) -> bool:
        """Open the form with the request's posting, as the user asks; whether it could be, or it waits."""
        if self._navigation.is_welcoming or self._makes_room(request.posting):
            return self._navigation.answer(request)
        self.open(request.posting)
        return True

    def resume(self, key: str) -> bool:
        """Fill in the one that waits under this key of a draft; ``False`` if that is another draft's."""
        posting = self._waiting.text(key)
        if not posting:
            return False
        if self._fill_in(posting):
            self._waiting.drop(key)
        else:
            self._context.show_status(
                _("Save or cancel the form you have open first. The posting is still waiting.")
            )
        return True

    def _fill_in(self, posting: str) -> bool:
        """Whether the form could have it; one that was begun before is shown."""
        self._flush()
        if self._has_begun():
            self._navigation.answer(AddApplication())
            return False
        return self._navigation.answer(AddApplication(posting))

    def _makes_room(self, posting: str) -> bool:
        """Whether this one may have the form; another that is only read there waits."""
        self._flush()
        if not self._has_begun():
            return True
        draft = self._forms[AddApplication.draft]
        if not is_read(draft, self._context.days.today()):
            return False
        before = posting_of(draft)
        return before == posting or self._waiting.keep(before) is not None

    def _flush(self) -> None:
        """Have what is being typed kept, so that it is known what was begun."""
        for store in self._context.drafts:
            store.flush_wanted.emit()

    def _has_begun(self) -> bool:
        return self._forms.is_kept(AddApplication.draft)


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
