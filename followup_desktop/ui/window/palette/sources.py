"""Where the palette's entries come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from followup_desktop.i18n import _
from followup_desktop.services.capture.matching import likeness, rank, within
from followup_desktop.services.reading.search import Finder, SearchResult
from followup_desktop.services.wording.settings import settings_by_name
from followup_desktop.ui.kit.commands.command import Command, plain
from followup_desktop.ui.kit.commands.subjects import SelectionNames
from followup_desktop.ui.kit.requests import OpenApplication, OpenPerson, OpenSavedView, OpenSetting
from followup_desktop.ui.kit.saved_views import SavedViews
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.window.actions import SUBMENU_IDS, Actions
from followup_desktop.ui.window.palette.entries import OTHERWISE, EntryGroup, EntrySource, PaletteEntry
from followup_desktop.ui.window.palette.verb_source import VerbSource

_ELSEWHERE = 500
"""The rank of what was found by something else than its title: behind beginnings of words, before slips."""


class CommandSource:
    """The commands that can be given now, with their shortcuts, and what they act on or their menu.

    While nothing is typed, those of submenus are left out: they are many, and the menu above them is there.
    """

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def find(self, text: str) -> Sequence[PaletteEntry]:
        typed = bool(text.strip())
        wanted = {_id(each): each for each in self._offered() if typed or each.id not in SUBMENU_IDS}
        subjects, hints = self._actions.subjects(), self._actions.hints()
        entries = (self._entry(each, hints(each)) for each in wanted.values())
        # They are found by their menu, and not by whose they are: what is found by a name, names it itself.
        return [self._about(each, wanted[each.id], subjects) for each in _ranked(text, entries)]

    def entry(self, entry_id: str) -> PaletteEntry | None:
        found = next((one for one in self._offered() if _id(one) == entry_id), None)
        if found is None:
            return None
        entry = self._entry(found, self._actions.hints()(found))
        return self._about(entry, found, self._actions.subjects())

    def _about(self, entry: PaletteEntry, command: Command, subjects: SelectionNames | None) -> PaletteEntry:
        """The entry with the name of what the command acts on, where it has one."""
        if subjects is None or not self._actions.is_about_selection(command):
            return entry
        name = subjects.name(command.needs)
        return replace(entry, detail=name) if name else entry

    def _offered(self) -> Iterable[Command]:
        return (command for command in self._actions.available() if command.id != "palette")

    def _entry(self, command: Command, hint: str) -> PaletteEntry:
        words, _tab, _key = self._actions.label(command).partition("\t")
        place = EntryGroup.HERE if self._actions.is_about_selection(command) else EntryGroup.ANYWHERE
        return PaletteEntry(
            id=_id(command),
            icon=command.icon,
            title=plain(words),
            detail=plain(self._actions.menu_of(command)),
            hint=hint,
            rank=0,
            run=self._actions[command.id].trigger,
            place=EntryGroup.LAST if command.id == "quit" else place,
            also=command.other_words,
        )


def _id(command: Command) -> str:
    return f"command/{command.id}"


class NamedSource:
    """Things of one kind by their titles, such as the settings; ``show`` takes the name of the one chosen.

    ``named`` gives names and titles; ``label`` says in words what kind they are.
    """

    def __init__(
        self,
        kind: str,
        icon: str,
        named: Callable[[], Iterable[tuple[str, str]]],
        label: str,
        show: Callable[[str], object],
    ) -> None:
        self._kind = kind
        self._icon = icon
        self._named = named
        self._label = label
        self._show = show

    def find(self, text: str) -> Sequence[PaletteEntry]:
        """The entries that fit, behind commands: "interview" is more often one to add than a setting."""
        found = _ranked(text, self._entries()) if text.strip() else []
        return [replace(each, rank=each.rank + 1) for each in found]

    def entry(self, entry_id: str) -> PaletteEntry | None:
        return next((one for one in self._entries() if one.id == entry_id), None)

    def _entries(self) -> list[PaletteEntry]:
        return [
            PaletteEntry(
                id=f"{self._kind}/{name}",
                icon=self._icon,
                title=title,
                detail="",
                hint=self._label,
                rank=0,
                run=partial(self._show, name),
            )
            for name, title in self._named()
        ]


class FoundSource:
    """Things found in the data; ``show`` takes the id of the one chosen."""

    def __init__(
        self,
        kind: str,
        icon: str,
        find: Callable[[str], Iterable[SearchResult]],
        one: Callable[[str], SearchResult | None],
        show: Callable[[str], object],
    ) -> None:
        self._kind = kind
        self._icon = icon
        self._find = find
        self._one = one
        self._show = show

    @classmethod
    def applications(cls, finder: Finder, show: Callable[[str], object]) -> FoundSource:
        """Every application, found by any word written in it."""
        return cls("application", "briefcase", finder.applications, finder.application, show)

    @classmethod
    def people(cls, finder: Finder, show: Callable[[str], object]) -> FoundSource:
        """Everybody, found by name, employer or title."""
        return cls("person", "person", finder.people, finder.person, show)

    def find(self, text: str) -> Sequence[PaletteEntry]:
        ranked = ((found, rank(text, found.title)) for found in self._find(text))
        return [self._entry(found, _ELSEWHERE if fits is None else fits) for found, fits in ranked]

    def entry(self, entry_id: str) -> PaletteEntry | None:
        kind, _slash, thing = entry_id.partition("/")
        found = self._one(thing) if kind == self._kind else None
        return None if found is None else self._entry(found, 0)

    def _entry(self, found: SearchResult, fits: int) -> PaletteEntry:
        return PaletteEntry(
            id=f"{self._kind}/{found.id}",
            icon=self._icon,
            title=found.title,
            detail="",
            hint=found.detail,
            rank=fits,
            run=partial(self._show, found.id),
        )


def _ranked(text: str, entries: Iterable[PaletteEntry]) -> list[PaletteEntry]:
    found = []
    for each in entries:
        fits = rank(text, each.title)
        if fits is None:
            fits = rank(text, f"{each.title} {each.detail}")
        if fits is None and each.also and (other := rank(text, f"{each.title} {each.also}")) is not None:
            fits = other + OTHERWISE
        if fits is None:
            fits = within(text, each.title)
        if fits is None:
            fits = likeness(text, each.title)
        if fits is not None:
            found.append(replace(each, rank=fits))
    return found


def palette_sources(context: Context, actions: Actions) -> Sequence[EntrySource]:
    """What the palette of a window offers."""
    finder = context.readers.finder
    views = SavedViews(context.settings)
    return (
        CommandSource(actions),
        VerbSource(context, actions.selection),
        FoundSource.applications(finder, lambda found: context.open(OpenApplication(found))),
        FoundSource.people(finder, lambda found: context.open(OpenPerson(found))),
        NamedSource(
            "view",
            "briefcase",
            lambda: [(view.name, view.name) for view in views.all()],
            _("Saved view"),
            lambda name: context.open(OpenSavedView(name)),
        ),
        NamedSource(
            "setting",
            "settings",
            lambda: settings_by_name(login=context.desktop.notifications.login is not None).items(),
            # Translators: the kind of what the palette of commands has found.
            _("Setting"),
            lambda name: context.open(OpenSetting(name)),
        ),
    )
