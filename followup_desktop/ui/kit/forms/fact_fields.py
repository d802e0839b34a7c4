"""The field for a fact, made by its row and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from followup_desktop.domain.facts import Fact, Kind
from followup_desktop.services.capture.dates import Direction
from followup_desktop.services.reading.days import Days
from followup_desktop.services.wording.facts import FactWords
from followup_desktop.ui.kit.forms.checked_fields import email_field, link_field, phone_field
from followup_desktop.ui.kit.forms.choices import ChoiceField, CountryField, ZoneField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TagsField, TextField
from followup_desktop.ui.kit.theme import Theme

_LINES_OF_PROSE = 3
_FIELDS: Mapping[Kind, Callable[[str, str], Field]] = {
    Kind.FLAG: lambda name, _hint: CheckField(name),
    Kind.TEXT: lambda name, hint: TextField(name, hint=hint),
    Kind.PROSE: lambda name, hint: NotesField(name, lines=_LINES_OF_PROSE, hint=hint),
    Kind.LINK: lambda name, hint: link_field(name, hint=hint),
    Kind.EMAIL: lambda name, hint: email_field(name, hint=hint),
    Kind.PHONE: lambda name, hint: phone_field(name, hint=hint),
    Kind.TEXTS: lambda name, hint: TagsField(name, hint=hint),
    Kind.ZONE: lambda name, hint: ZoneField(name, hint=hint),
    Kind.COUNTRY: lambda name, hint: CountryField(name, hint=hint),
}
"""How a kind of fact is edited, given its name and its hint, where nothing else is needed."""
_DIRECTIONS = {Kind.DATE: Direction.NEXT, Kind.PAST_DATE: Direction.LAST}


class FactFieldMaker:
    """Makes fields; the ``days`` are those of the user."""

    def __init__(self, days: Days, theme: Theme) -> None:
        self._days = days
        self._theme = theme

    def field(self, fact: Fact, words: FactWords) -> Field:
        """A new field, which refuses an empty text if the fact is required.

        A kind that is not edited in a field of its own raises ``KeyError``.
        """
        if words.choices:
            return ChoiceField(words.name, words.choices.items())
        if fact.kind in _DIRECTIONS:
            field = DateField(words.name, self._days.today, _DIRECTIONS[fact.kind], hint=words.hint)
            return field.with_calendar(self._theme, self._days)
        if fact.is_text and fact.required:
            return TextField(words.name, required=True, hint=words.hint)
        return _FIELDS[fact.kind](words.name, words.hint)
