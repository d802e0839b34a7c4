"""States for pictures of the phone's calendar in the settings."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from followup_desktop.domain.model import Facts, Rule
from followup_desktop.services.sync.account import Account
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.storage.published import PhoneQuestion, QuestionKind
from followup_desktop.system.keyrings.password_file import PasswordFile
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from tests.scene import settle
from tests.ui import situations


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _shown(view: SettingsView) -> None:
    settle()
    view.show_section("On your phone")


def _kept(view: SettingsView) -> None:
    # Of a name that is the same in every picture, and gone again when it is taken.
    holder = Path(tempfile.gettempdir()) / "follow-up-pictures"
    folder = holder / "Nextcloud"
    folder.mkdir(parents=True, exist_ok=True)
    view.phone.keep_in(folder)
    shutil.rmtree(holder)
    _shown(view)


def _gone(view: SettingsView) -> None:
    view.phone.keep_in(Path("/home/ana/Nextcloud"))
    _shown(view)


def _connected(view: SettingsView) -> None:
    account = Account(address="https://cloud.example.org", user="ana", in_keyring=False)
    at = str(int((situations.NOW - timedelta(minutes=4)).timestamp()))
    url = "https://cloud.example.org/remote.php/dav/calendars/ana/follow-up-1/"
    view.context.data.store.published.save(
        state={"account": account.as_text(), "calendar": url, "synced_at": at}
    )
    view.context.desktop.server.reload()
    view.server.refresh()
    _shown(view)


def _proxied(view: SettingsView) -> None:
    _shown(view)
    view.server.address.line.setText("https://proxied")
    view.server.user.line.setText("ana")
    view.server.password.line.setText("secret")
    view.server.connect_button.click()
    _shown(view)


def _failed(view: SettingsView) -> None:
    _connected(view)
    kept = Path(view.context.settings.file.fileName()).with_name("passwords.json")
    PasswordFile(kept).set("calendar-server", "secret", "")
    view.context.desktop.server.try_now()
    _shown(view)


def _leaving(view: SettingsView) -> None:
    _connected(view)
    view.server.leave_button.click()


def from_the_phone(view: TodayView) -> None:
    """An interview was moved, another deleted, and a task ticked off."""
    store = view.context.data.store
    account = Account(address="https://cloud.example.org", user="ana")
    start = situations.NOW + timedelta(days=5)
    facts = store.facts()
    held = [i.id for a in facts.applications for i in a.interviews if not i.cancelled]
    follow_up = next(f for f in store.follow_ups() if f.rule is Rule.STATUS_CALL)
    kinds = (
        (QuestionKind.MOVED, held[0], start),
        (QuestionKind.DELETED, held[1], None),
        (QuestionKind.DONE, follow_up.key, None),
        (QuestionKind.DELETED, held[2], None),
    )
    store.published.save(
        state={"account": account.as_text()},
        asked=[
            PhoneQuestion(
                uid=str(n), kind=kind, subject=subject, starts_at=at, asked_at=situations.NOW + timedelta(n)
            )
            for n, (kind, subject, at) in enumerate(kinds)
        ],
    )
    view.context.desktop.server.reload()
    view.show_all()
    settle()


PHONE_QUESTIONS: dict[str, tuple[Callable[[], Facts], Callable[[TodayView], object]]] = {
    "today-phone": (_sample, from_the_phone),
}

PHONE: dict[str, tuple[Callable[[], Facts], Callable[[SettingsView], object]]] = {
    "settings-phone": (_sample, _shown),
    "settings-phone-kept": (_sample, _kept),
    "settings-server": (_sample, _connected),
    "settings-server-proxy": (_sample, _proxied),
    "settings-server-failed": (_sample, _failed),
    "settings-server-leaving": (_sample, _leaving),
    "settings-phone-gone": (_sample, _gone),
}
