"""What the fields of a form must be: values as they are kept, or a refusal that names the field."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from followup_desktop.domain.facts import Check, facts_of
from followup_desktop.domain.model import Application, Contact, Event, Interview, Reminder


def _fields(thing: type, *, but: tuple[str, ...] = ()) -> Mapping[str, Check]:
    """The checks of the facts that a form may set; an id is given by the tracker."""
    facts = (fact for fact in facts_of(thing) if fact.name not in {"id", *but})
    return MappingProxyType({fact.name: fact.check for fact in facts})


APPLICATION = _fields(Application, but=("stage_at",))
INTERVIEW = _fields(Interview)
EVENT = _fields(Event, but=("from_stage", "to_stage"))
CONTACT = _fields(Contact)
REMINDER = _fields(Reminder)


def checked(table: Mapping[str, Check], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are kept; ``Refused`` with the field's name, ``TypeError`` for one there is not."""
    unknown = fields.keys() - table.keys()
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    return {name: table[name](value, name) for name, value in fields.items()}
