"""Makes what the views work with, over a store: for the program, and for tests of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.later import later
from followup_desktop.services.ports import Clock, Secrets
from followup_desktop.services.reading.goal import goal_sentence
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.readers import Readers
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.forms.drafts import DEBRIEF, LETTER, Drafts, DraftStore
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context, Desktop, UserData
from followup_desktop.ui.kit.window_settings import SECOND_BACKUPS, WindowSettings, weekly_goal

if TYPE_CHECKING:
    from followup_desktop.services.background_work import BackgroundWork
    from followup_desktop.services.backups import Backups
    from followup_desktop.services.passphrase import Passphrase
    from followup_desktop.services.reading.draft_titles import DraftTitles
    from followup_desktop.services.tracker import Tracker


def context_of(
    store: Store,
    *,
    wording: Wording,
    clock: Clock,
    theme: Theme,
    settings: WindowSettings,
    desktop: Desktop,
    keyring: Callable[[], Secrets],
) -> Context:
    """Everything over this store, on that desktop; what no start needs is made later."""

    def tracker() -> Tracker:
        from followup_desktop.services.tracker import Tracker

        return Tracker(store, clock, wording)

    def background() -> BackgroundWork:
        from followup_desktop.services.background_work import BackgroundWork

        return BackgroundWork(store, clock, wording)

    def all_backups() -> Backups:
        from followup_desktop.services.backups import Backups

        return Backups(store, store.backups_folder, clock, wording, partial(_second_folder, settings))

    def passphrase() -> Passphrase:
        from followup_desktop.services.passphrase import Passphrase

        return Passphrase(store, keyring)

    settings.keep_private_in(store.settings)
    overview = Overview(store, wording)
    wording.goal = lambda now: goal_sentence(store, weekly_goal(settings), now)
    readers = Readers(store, overview, wording, clock)
    backups = later(all_backups)
    store.set_safeguard(lambda why: backups.make_if_changed(why))  # noqa: PLW0108 - made when it is called
    return Context(
        tracker=later(tracker),
        overview=overview,
        readers=readers,
        drafts=drafts_of(settings, store, readers, wording),
        settings=settings,
        wording=wording,
        clock=clock,
        theme=theme,
        data=UserData(
            store=store, backups=backups, passphrase=later(passphrase), background=later(background)
        ),
        desktop=desktop,
    )


def _second_folder(settings: WindowSettings) -> Path | None:
    chosen = settings.get(SECOND_BACKUPS)
    return Path(chosen) if chosen else None


def drafts_of(settings: WindowSettings, store: Store, readers: Readers, wording: Wording) -> Drafts:
    """What was typed and not saved, but for what is about something that there is no longer."""

    def titles() -> DraftTitles:
        from followup_desktop.services.reading.draft_titles import DraftTitles, WindowWords
        from followup_desktop.ui.kit.answering import waiting_title
        from followup_desktop.ui.kit.commands.table import log_title

        words = WindowWords(
            log=lambda what: log_title(what, wording),
            question=lambda what, title: waiting_title(what, title, wording),
        )
        return DraftTitles(store, readers, words)

    named = later(titles)
    drafts = Drafts(
        forms=DraftStore(
            store.drafts,
            "forms",
            wants=lambda key: _is_there(store, readers, key),
            title=lambda key, texts: named.of(key, texts),  # noqa: PLW0108 - loaded if there is a draft
        ),
        letters=DraftStore(
            store.drafts,
            "messages",
            kind=LETTER,
            wants=lambda key: readers.compose.is_planned(key),  # noqa: PLW0108 - loaded if there is a letter
            title=lambda key, _texts: readers.compose.title(key),
        ),
        debriefs=DraftStore(
            store.drafts,
            "debriefs",
            kind=DEBRIEF,
            wants=lambda key: "/" not in key or store.follow_up(key) is not None,
            title=lambda key, _texts: readers.debriefs.title(key),
        ),
    )
    for kept in drafts:
        kept.take_over(settings.file)
        kept.prune()
    return drafts


def _is_there(store: Store, readers: Readers, key: str) -> bool:
    """Whether what a form was about is still there; one about nothing yet always is.

    An answer goes with its follow-up. A new time of an interview can be entered after that.
    """
    kind, what, about = (*key.split("/", 2), "", "")[:3]
    found_by: dict[str, Callable[[str], object]] = {
        "application": store.application,
        "interview": store.interview_application,
        "event": store.event_application,
        "contact": store.contact,
        "reminder": store.reminder,
    }
    if kind == "answer":
        return readers.is_open(about) or (what == Answer.RESCHEDULED and store.follow_up(about) is not None)
    try:
        if about:
            found_by[kind](about)
    except (Refused, KeyError):
        return False
    return True
