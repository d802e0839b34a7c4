"""What every part of the Applications view works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QUrl

from followup_desktop import i18n
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Policy, Stage
from followup_desktop.domain.worktime import date_of, instant, local
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.calendar import CalendarPages
from followup_desktop.services.reading.history import EmployerHistory
from followup_desktop.services.reading.interview_zones import zone_of
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.rows import ApplicationDetail
from followup_desktop.services.reading.search import Finder
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.folders import LastFolder
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The ways out of the program: an address in its own program, the clipboard, a file.

    ``write_file`` raises ``Refused``; ``folder`` is where the dialog for the file opens.
    """

    open_url: Callable[[QUrl], bool]
    copy: Callable[[str], None]
    write_file: Callable[[Path, bytes], None]
    folder: LastFolder


@dataclass(frozen=True, slots=True)
class Tools:
    """The services, the clock and the look, and where a message for the user goes."""

    tracker: Tracker
    overview: Overview
    wording: Wording
    clock: Clock
    theme: Theme
    show_status: Callable[[str], None]
    history: EmployerHistory | None = None
    pages: CalendarPages | None = None
    kept: DraftStore | None = None
    finder: Finder | None = None

    def policy(self) -> Policy:
        """The rules' settings; the user's zone is among them."""
        return self.overview.policy()

    def today(self) -> date:
        """The present date where the user is."""
        return date_of(self.clock(), self.policy().timezone)

    def wall(self, moment: datetime) -> datetime:
        """An instant on the user's clock, without a zone."""
        return local(moment, self.policy().timezone).replace(tzinfo=None)

    def moment(self, wall: datetime) -> datetime:
        """The instant at which the user's clock shows that time."""
        return instant(wall, self.policy().timezone)

    def zone_of(self, application: Application) -> str:
        """The employer's zone."""
        return zone_of(application, self.policy())

    def application_field(self, name: str, hint: str = "") -> ApplicationField:
        """A field in which one of the applications is chosen."""
        if self.finder is None:
            raise LookupError("applications can't be looked for here")
        return ApplicationField(name, self.finder, hint=hint)

    def detail_of(self, application: str | None) -> ApplicationDetail | None:
        """All about an application, if it is still there."""
        try:
            return self.overview.detail(application, self.clock()) if application else None
        except Refused:
            return None

    def do(self, verb: Callable[[], Result]) -> Result | None:
        """Run a verb that needs no form; a refusal becomes a message, as does what the verb has to say."""
        try:
            done = verb()
        except Refused as refusal:
            self.show_status(str(refusal))
            return None
        if done.notice:
            self.show_status(done.notice)
        return done


def show_moment(wall: datetime) -> str:
    """A wall time as the lists write it: "Wed 14 Oct 10:00"."""
    return f"{i18n.format_short_day(wall.date())} {i18n.format_clock(wall.time())}"


def stage_tone(stage: Stage) -> str:
    """The colour that goes with a stage: ``accent``, ``well`` or ``neutral``."""
    if stage is Stage.INTERVIEWING:
        return "accent"
    return "well" if stage in (Stage.OFFER, Stage.ACCEPTED) else "neutral"
