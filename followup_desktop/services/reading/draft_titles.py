"""What a form that waits with what was typed into it is called, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import EventKind
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.reading.readers import Readers
from followup_desktop.storage.store import Store

_LONGEST_LINE = 60


class WindowWords(NamedTuple):
    """What the window has its own words for.

    ``log`` names the form of what is logged, as its draft is named ("call spoke"); ``question`` what an
    answer asks for, with the title of the follow-up that is answered.
    """

    log: Callable[[str], str]
    question: Callable[[str, str], str]


class DraftTitles:
    """Names a form by the key and the texts of its draft; empty where its title isn't known by these."""

    def __init__(self, store: Store, readers: Readers, words: WindowWords) -> None:
        self._store = store
        self._readers = readers
        self._words = words
        self._titles: dict[tuple[str, str], Callable[[str, Mapping[str, str]], str]] = {
            ("new-application", ""): self._new_application,
            ("new-contact", ""): self._new_contact,
            ("new-interview", ""): lambda *_about: _("New interview"),
            ("new-reminder", ""): lambda *_about: _("New reminder"),
            ("settings", ""): lambda *_about: _("Changes to settings"),
            ("template", ""): self._template,
            ("posting", ""): lambda _about, texts: posting_title(texts.get("posting", "")),
            ("application", "contact"): self._new_contact,
            ("application", "detail"): lambda about, _texts: self._details(self._employer(about)),
            ("application", "interview"): self._new_interview,
            ("application", "reminder"): lambda *_about: _("New reminder"),
            ("contact", "detail"): lambda about, _texts: self._details(store.contact(about).name),
            ("interview", "edit"): self._interview,
            ("reminder", "edit"): self._reminder,
            ("event", "edit"): self._event,
        }

    def of(self, key: str, texts: Mapping[str, str]) -> str:
        """The title of the form with that key."""
        kind, what, about = (*key.split("/", 2), "", "")[:3]
        if kind in ("template", "posting"):
            what, about = "", what
        made_by = self._titles.get((kind, what))
        try:
            if kind == "answer":
                return self._words.question(what, self._readers.title(about))
            if kind == "application" and what.partition(" ")[0] in [*EventKind]:
                return with_dots((self._words.log(what), self._employer(about)))
            return made_by(about, texts) if made_by is not None else ""
        except (Refused, ValueError):
            return ""

    def _employer(self, application: str) -> str:
        return self._store.application(application).employer

    def _details(self, name: str) -> str:
        return _("Details of {name}").format(name=name)

    def _new_application(self, _about: str, texts: Mapping[str, str]) -> str:
        employer = texts.get("employer", "").strip()
        if not employer:
            return _("New application")
        return _("New application at {employer}").format(employer=employer)

    def _new_contact(self, _about: str, texts: Mapping[str, str]) -> str:
        """Who is known and was picked is called by name."""
        picked = texts.get("person")
        return self._store.contact(picked).name if picked else _("New contact")

    def _new_interview(self, application: str, _texts: Mapping[str, str]) -> str:
        return _("New interview at {employer}").format(employer=self._employer(application))

    def _interview(self, interview: str, _texts: Mapping[str, str]) -> str:
        application = self._store.interview_application(interview)
        return _("Interview at {employer}").format(employer=self._employer(application))

    def _event(self, event: str, _texts: Mapping[str, str]) -> str:
        application = self._store.application(self._store.event_application(event))
        logged = next(each for each in application.events if each.id == event)
        what = self._words.log(f"{logged.kind} {logged.outcome}" if logged.outcome else logged.kind)
        return with_dots((what, application.employer))

    def _reminder(self, reminder: str, _texts: Mapping[str, str]) -> str:
        return _("Reminder: {title}").format(title=self._store.reminder(reminder).title)

    def _template(self, name: str, _texts: Mapping[str, str]) -> str:
        label = self._readers.compose.label(TemplateName(name))
        return _("Template: {name}").format(name=label)


def posting_title(text: str) -> str:
    """What a posting that waits is called: by its first line."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) > _LONGEST_LINE:
        line = line[: _LONGEST_LINE - 1].rstrip() + "…"
    # Translators: names a job posting that waits to be looked at, by its first line.
    return _("Posting “{line}”").format(line=line)
