"""What was announced lately, for the user to see: when, about what, how it was shown, what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.domain.model import id_in, rule_in
from followup_desktop.i18n import _, pgettext, with_dots
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store

MOST = 20
"""So many are listed at most."""
_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementRow:
    """One announcement: "Tue 13 Oct 10:00", "Thank Ana Ruiz", "shown through freedesktop"."""

    id: str
    when: str
    title: str
    state: str


@dataclass(slots=True)
class _LogEntry:
    """An announcement of this run, and what is known of its fate; the back end is "" where none took it."""

    tag: str
    keys: tuple[str, ...]
    title: str
    at: datetime
    back_end: str | None = None
    seen: bool = False
    answered: bool = False


class Announcements:
    """What was announced in this run, with its fate, and before it what the store remembers."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self.wording = wording
        self._subjects = Subjects(store)
        self._raised: deque[_LogEntry] = deque(maxlen=MOST)

    def raised(self, tag: str, keys: tuple[str, ...], title: str, at: datetime) -> None:
        """A notification about these follow-ups is handed over to be shown, perhaps once more."""
        newest = self._newest(tag)
        if newest is not None and newest.back_end == "" and newest.keys == keys:
            self._raised.remove(newest)
        self._raised.appendleft(_LogEntry(tag, keys, title, at))

    def shown(self, tag: str, back_end: str | None) -> None:
        """The back end has shown the notification with this tag; ``None``: no back end could."""
        if (newest := self._newest(tag)) is not None:
            newest.back_end = back_end or ""

    def seen(self, tag: str) -> None:
        """No back end could show it, and the list of Today was in sight."""
        if (newest := self._newest(tag)) is not None:
            newest.seen = True

    def answered(self, tag: str) -> None:
        """The user pressed something in it."""
        if (newest := self._newest(tag)) is not None:
            newest.answered = True

    def rows(self, now: datetime) -> tuple[AnnouncementRow, ...]:
        """The newest first."""
        zone = self._store.policy().timezone
        lines = [(each.at, each.tag, each.title, self._state(each)) for each in self._raised]
        ours = {(key, each.at) for each in self._raised for key in each.keys}
        stored = [
            (each.announced_at, each.key)
            for each in self._store.announcements(now - _BACK)
            if each.announced_at is not None and (each.key, each.announced_at) not in ours
        ][:MOST]
        titles = self.titles([key for _, key in stored], now)
        lines += [(at, key, titles[key], "") for at, key in stored]
        lines.sort(key=lambda line: line[0], reverse=True)
        return tuple(
            AnnouncementRow(
                id=f"{at.isoformat()}/{tag}",
                when=self.wording.when.full(at, now, zone),
                title=title,
                state=state,
            )
            for at, tag, title, state in lines[:MOST]
        )

    def titles(self, keys: Collection[str], now: datetime) -> dict[str, str]:
        """What these follow-ups are or were about; of one that is gone, its kind and its employer."""
        present = self._store.follow_ups_by_key(list(keys))
        subjects = self._subjects.of(list(present.values()), self._store.policy(), now)
        found = {subject.follow_up.key: self.wording.title(subject) for subject in subjects}
        gone = {key: id_in(key) for key in keys if key not in found}
        employers = {a.id: a.employer for a in self._store.applications(set(gone.values()))}
        for key, about in gone.items():
            rule = rule_in(key)
            label = "" if rule is None else self.wording.rule_label(rule)
            found[key] = with_dots((label, employers.get(about, "")))
        return found

    def _newest(self, tag: str) -> _LogEntry | None:
        return next((each for each in self._raised if each.tag == tag), None)

    def _state(self, each: _LogEntry) -> str:
        if each.answered:
            return pgettext("a reminder is", "answered")
        if each.back_end is None:
            return pgettext("a reminder is", "on its way")
        if not each.back_end:
            if each.seen:
                return _("couldn't show a notification; it's in Today")
            return _("couldn't show a notification yet; trying again")
        return _("shown through {name}").format(name=each.back_end)
