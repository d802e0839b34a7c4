"""What a command is, and what of the commands a view offers now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial

from PySide6.QtGui import QKeySequence

from followup_desktop.i18n import _
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import Context, View


class Need(Enum):
    """What has to be selected before a command can be given."""

    NOTHING = auto()
    APPLICATION = auto()
    APPLICATIONS = auto()
    FOLLOW_UP = auto()
    GROUP = auto()
    INTERVIEW = auto()
    ENTRY = auto()
    PERSON = auto()
    PICTURE = auto()

    def is_met(self, selection: Selection) -> bool:
        """Whether that is selected."""
        return {
            Need.NOTHING: True,
            Need.APPLICATION: selection.application is not None,
            Need.APPLICATIONS: bool(selection.applications),
            Need.FOLLOW_UP: selection.follow_up is not None,
            Need.GROUP: selection.group is not None,
            Need.INTERVIEW: selection.interview is not None,
            Need.ENTRY: selection.entry is not None,
            Need.PERSON: selection.person is not None,
            Need.PICTURE: selection.picture is not None,
        }[self]

    @property
    def sentence(self) -> str:
        """What to do first, where it is not met."""
        return {
            Need.NOTHING: "",
            Need.APPLICATION: _("Select one application first."),
            Need.APPLICATIONS: _("Select an application first."),
            Need.FOLLOW_UP: _("Select a follow-up first."),
            Need.GROUP: _("Select a group of follow-ups first."),
            Need.INTERVIEW: _("Select an interview first."),
            Need.ENTRY: _("Select an event first."),
            Need.PERSON: _("Select a contact first."),
            Need.PICTURE: _("Select a picture first."),
        }[self]


def _any(_context: Context, _selection: Selection) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done, as every place that offers it knows it.

    ``id`` lasts: what was used lately is remembered by it. ``words`` are those of a menu, with the mark of a
    key, or are made of the program's other words. ``shortcut`` works in the whole window, ``keys`` in the
    views of those names while the keyboard is on what is selected. The palette finds it by ``also`` as well:
    what else one may call it, with commas.

    It can be given where it ``needs`` no more than is selected and ``fits`` that. Then ``run`` does it,
    unless the view that is shown has a way of its own; without ``run`` only the window or a view does it.
    """

    id: str
    words: str | Callable[[Wording], str]
    icon: str
    shortcut: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    needs: Need = Need.NOTHING
    fits: Callable[[Context, Selection], bool] = _any
    run: Callable[[Context, Selection], object] | None = None
    also: str = ""

    @property
    def other_words(self) -> str:
        """What else it is found by, in the language in use."""
        return _(self.also) if self.also else ""

    def label(self, wording: Wording) -> str:
        """Its words in the language in use, with the mark of a key."""
        return _(self.words) if isinstance(self.words, str) else self.words(wording)

    def tip(self, wording: Wording, view: str = "") -> str:
        """Its words with the key that gives it in that view, as the tool tip of its button."""
        return with_keys(plain(self.label(wording)), self.hint(view))

    def hint(self, view: str) -> str:
        """The key that gives it in that view, as the system writes it; empty if there is none."""
        return native(self.keys.get(view, "") or self.shortcut)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done with a selection; ``verbs`` are a view's own ways, by the id of the command."""

    context: Context
    selection: Selection
    verbs: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    view: str = ""

    def verb(self, command: Command) -> Callable[[], object] | None:
        """What gives the command now; ``None`` if it can't be given."""
        if not command.needs.is_met(self.selection) or not command.fits(self.context, self.selection):
            return None
        if command.id in self.verbs:
            return self.verbs[command.id]
        return partial(command.run, self.context, self.selection) if command.run is not None else None

    def run(self, command: Command) -> None:
        """Give the command, or say why it can't be given."""
        verb = self.verb(command)
        if verb is not None:
            verb()
        elif not command.needs.is_met(self.selection):
            self.context.show_status(command.needs.sentence)
        else:
            name = plain(command.label(self.context.wording))
            self.context.show_status(_("“{command}” can't be used here.").format(command=name))


def offer_of(view: View) -> Offer:
    """What a view offers now; what is being typed in it is saved first where something is run."""
    return Offer(view.context, view.selection(), view.verbs(), view.name)


def plain(words: str) -> str:
    """The words of a menu without the mark of a key and the dots that promise a form."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip(" ….")


def with_keys(words: str, keys: str) -> str:
    """Words with the keys that do the same, as in a tool tip: "Snooze (S)"."""
    # Translators: what a button does, and the keys that do the same
    return _("{words} ({keys})").format(words=words, keys=keys) if keys else words


_ARROWS = {"Left": "←", "Up": "↑", "Right": "→", "Down": "↓"}


def native(keys: str) -> str:
    """Keys as the system writes them, arrows as arrows; several are parted by commas."""
    return ", ".join(map(_native, keys.split(", ")))


def _native(keys: str) -> str:
    *held, key = keys.split("+")
    if key in _ARROWS:
        return "+".join((*held, _ARROWS[key]))
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
