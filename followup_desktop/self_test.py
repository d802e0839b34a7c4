"""The self-test: does what the program needs at work, in a folder of its own, and says what does not.

It is made for the built package, where a part can be missing that the source has.
"""

from __future__ import annotations

import importlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from gettext import GNUTranslations
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop import __version__
from followup_desktop.domain import checks, worktime
from followup_desktop.domain.model import Rule
from followup_desktop.i18n import N_, _, format_list, format_series, lasting, ngettext, pgettext
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.ports import ActionHandler, Clock, NotifierFailed
from followup_desktop.system import child_environment
from followup_desktop.system.paths import DataPaths, data_paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from followup_desktop.storage.store import Store
    from followup_desktop.system.notifiers.chain import NotifierChain

StoreOpener = Callable[[DataPaths], "Store"]
ChainMaker = Callable[[ActionHandler, "QSystemTrayIcon | None"], "NotifierChain"]

_NOTIFICATION_SECONDS = 10.0


class Failed(Exception):
    """A check did not hold; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report: what was looked at, whether it works, and what was found."""

    name: str
    ok: bool
    detail: str

    def as_line(self) -> str:
        """The line of the report for people."""
        # Translators: what a check of the self-test found: it works, or it doesn't.
        good, bad = pgettext("a check", "ok"), pgettext("a check", "FAILED")
        found = (good if self.ok else bad).ljust(max(len(good), len(bad)))
        return f"{found}  {_named(_(self.name), self.detail)}"


class SelfTest:
    """The checks, each by itself: one that fails does not keep the others from being made."""

    def __init__(self, clock: Clock, open_store: StoreOpener, make_chain: ChainMaker) -> None:
        self._clock = clock
        self._open_store = open_store
        self._make_chain = make_chain

    def run(self) -> Iterator[Check]:
        """Make the checks one after the other, within ``drawing``; touches none of the user's data."""
        looks: dict[str, Callable[[], str]] = {
            N_("resources"): _resources,
            N_("time zones"): _time_zones,
            N_("holidays"): _holidays,
            N_("database and plan"): self._database_and_plan,
            N_("calendar files"): _calendar_files,
            N_("window system"): _window_system,
            N_("views"): _views,
            N_("printing"): _printing,
            N_("translations"): _translations,
            N_("programs started from here"): _child_programs,
            N_("spreadsheets"): _spreadsheets,
            N_("secure connections"): _secure_connections,
            N_("notification back ends"): _notification_parts,
            N_("notification"): self._notification,
        }
        for name, look in looks.items():
            try:
                yield Check(name, ok=True, detail=look())
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what the self-test looks for
                yield Check(name, ok=False, detail=_in_words(error))

    def _database_and_plan(self) -> str:
        from followup_desktop.services.tracker.sample import sample_facts
        from followup_desktop.services.transfer import interchange

        facts = sample_facts(self._clock(), "Europe/Madrid")
        with tempfile.TemporaryDirectory(prefix="followup-self-test-") as folder:
            paths = data_paths(Path(folder), {})
            begin = lasting(lambda: pgettext("a step to undo", "Begin"))
            with _opened(self._open_store, paths) as store, store.transaction(begin) as writing:
                writing.put_facts(facts)
            with _opened(self._open_store, paths) as store:
                rules = {follow_up.rule for follow_up in store.follow_ups()}
                kept = interchange.write(store.facts())
        if missing := sorted(set(Rule) - rules):
            raise Failed(_("the plan of the sample lacks {rules}").format(rules=format_series(missing)))
        merged = interchange.merge(interchange.read(kept.encode()), type(facts)())
        if interchange.write(merged.facts) != kept:
            raise Failed(_("what was exported came back different"))
        text = _("{applications} applications kept and read again, all {rules} rules planned")
        return text.format(applications=len(facts.applications), rules=len(rules))

    def _notification(self) -> str:
        chain = self._make_chain(lambda _tag, _action: None, None)
        try:
            chain.start()
            used = chain.send_test(
                "Follow Up", _("The self-test raised this."), timeout=_NOTIFICATION_SECONDS
            )
        except NotifierFailed:
            from followup_desktop.system.notifiers.chain import IN_APP

            return _named(_(IN_APP), _("no service that shows notifications answers here"))
        finally:
            chain.close()
        return used


def _named(name: str, text: str) -> str:
    return _("{name}: {text}").format(name=name, text=text)


def report_as_json(found: list[Check]) -> dict[str, object]:
    """The report for scripts: the version, whether this is a bundle, the checks, and whether all hold."""
    return {
        "version": __version__,
        "bundle": _in_bundle(),
        "ok": all(check.ok for check in found),
        "checks": [asdict(check) for check in found],
    }


def _in_bundle() -> bool:
    return bool(getattr(sys, "frozen", False))


def _in_words(error: Exception) -> str:
    if isinstance(error, Failed):
        return str(error)
    return " ".join(f"{type(error).__name__}: {error}".split())


@contextmanager
def drawing() -> Iterator[None]:
    """Qt as the checks need it; without a display it draws to memory."""
    from PySide6.QtWidgets import QApplication

    from followup_desktop.system.desktop_check import why_no_window

    if why_no_window(sys.platform, os.environ) is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(sys.argv[:1])
    try:
        yield
    finally:
        application.shutdown()


@contextmanager
def _opened(open_store: StoreOpener, paths: DataPaths) -> Iterator[Store]:
    store = open_store(paths)
    try:
        yield store
    finally:
        store.close()


def _resources() -> str:
    """Every icon draws something, and the guide is there."""
    from PySide6.QtGui import QColor

    from followup_desktop.ui.kit.icons import IconSet, icon_folder
    from followup_desktop.ui.window.guide.book import Book, guide_folder

    folder = icon_folder()
    icons = IconSet(folder)
    names = sorted(path.stem for path in folder.glob("*.svg"))
    if "app" not in names:
        raise Failed(_("there are no icons in {folder}").format(folder=folder))
    for name in names:
        picture = icons.pixmap(name, QColor("black"), 32).toImage()
        size = range(picture.width())
        if not any(picture.pixelColor(x, y).alpha() for x in size for y in size):
            raise Failed(_("the icon {name} draws nothing").format(name=name))
    pages = Book(guide_folder()).pages
    text = _("{icons} icons draw, {pages} pages of the guide")
    return text.format(icons=len(names), pages=len(pages))


def _time_zones() -> str:
    names = checks.zone_names()
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for name in names:
        worktime.local(noon, name)
    if worktime.local(noon, "Europe/Madrid").hour != 14:
        raise Failed(_("noon in UTC isn't 14:00 in Madrid in summer"))
    return _("{n} zones of tzdata {version}").format(n=len(names), version=version("tzdata"))


def _holidays() -> str:
    day = date(2026, 1, 1)
    countries = checks.countries()
    for country in countries:
        worktime.holiday_name(day, country)
    if worktime.holiday_name(date(2026, 10, 12), "ES-MD") != "Fiesta Nacional de España":
        raise Failed(_("12 October 2026 isn't a holiday in Madrid"))
    return _("{n} countries of holidays {version}").format(n=len(countries), version=version("holidays"))


def _calendar_files() -> str:
    from icalendar import Calendar

    text = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-\r\nEND:VCALENDAR\r\n"
    if Calendar.from_ical(text).to_ical() != text:
        raise Failed(_("a calendar that was read is written differently"))
    return _("read and written")


def _window_system() -> str:
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    name = QGuiApplication.platformName()
    where = _("no display here, drawn to memory") if name == "offscreen" else name
    return f"Qt {qVersion()}, {where}"


def _translations() -> str:
    """Every translation that comes along loads; the program speaks English without one."""
    found = sorted((resources_dir() / "locale").glob("*/LC_MESSAGES/*.mo"))
    for path in found:
        with path.open("rb") as file:
            if not GNUTranslations(file).info():
                raise Failed(_("{path} is empty").format(path=path))
    if not found:
        return _("the program has none yet; it speaks English")
    return ngettext("{n} loads", "{n} load", len(found)).format(n=len(found))


def _views() -> str:
    """Each is imported by its name, so that nothing but this notices one that is missing."""
    from followup_desktop.ui.window.views import VIEWS

    for row in VIEWS:
        row.load()
    return _("all {n} are there").format(n=len(VIEWS))


def _printing() -> str:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    if not printer.isValid():
        raise Failed(_("Qt can't print, not even into a PDF file"))
    return _("Qt can print")


def _spreadsheets() -> str:
    """A spreadsheet is laid out by the program itself, in a process of its own."""
    from followup_desktop.services.transfer.readers.sheets import sheets_of

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        for name, text in _SPREADSHEET.items():
            parts.writestr(name, text)
    rows = [list(sheet.rows) for sheet in sheets_of(file.getvalue())]
    if rows != [[[46334.0]]]:
        raise Failed(_("a spreadsheet was read as {rows}").format(rows=rows))
    return _("they're read apart from the window")


def _secure_connections() -> str:
    """Qt finds what it encrypts with, as to a calendar server; nothing is connected to."""
    from followup_desktop.system.web_client import encryption

    back_end, library, authorities = encryption()
    if not library:
        raise Failed(
            _("Qt can't encrypt: of its back ends there's only {back_end}").format(back_end=back_end)
        )
    text = _("{back_end} ({library}), {n} certificates of authorities")
    return text.format(back_end=back_end, library=library, n=authorities)


_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPREADSHEET = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OPEN}manifest:1.0"/>',
    "content.xml": f'<office:document-content xmlns:office="{_OPEN}office:1.0" '
    f'xmlns:table="{_OPEN}table:1.0"><office:body><office:spreadsheet><table:table table:name="A">'
    '<table:table-row><table:table-cell office:value-type="float" office:value="46334"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>",
}
"""The parts of a spreadsheet of one cell."""


def _child_programs() -> str:
    """A program of the system starts, and without the library path of the bundle."""
    shell = shutil.which("sh")
    if shell is None:
        return _("there's no sh here to try it with")
    with child_environment.for_child_programs():
        told = subprocess.run(
            [shell, "-c", 'echo "${LD_LIBRARY_PATH-}"'],
            capture_output=True,
            text=True,
            check=True,
            timeout=_NOTIFICATION_SECONDS,
        )
    inherited = os.environ.get("LD_LIBRARY_PATH_ORIG" if _in_bundle() else "LD_LIBRARY_PATH", "")
    if told.stdout.rstrip("\n") != inherited:
        raise Failed(_("a program started from here inherits the bundle's library path"))
    return _("they get the system's environment")


def _notification_parts() -> str:
    """What is imported only when a notification is raised."""
    platform = {"win32": "win", "darwin": "macosx"}.get(sys.platform, "linux")
    parts = [f"plyer.platforms.{platform}.notification"]
    if platform == "linux":
        parts.append("jeepney.bus_messages")
    for part in parts:
        importlib.import_module(part)
    return format_list([part.partition(".")[0] for part in parts])
