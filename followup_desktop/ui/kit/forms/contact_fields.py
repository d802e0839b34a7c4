"""The fields of a person, by the names of their facts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.facts import DetailPart, Kind, facts_shown
from followup_desktop.domain.model import Contact
from followup_desktop.ui.kit.forms.fact_fields import FactFieldMaker
from followup_desktop.ui.kit.forms.field import Field, TextField
from followup_desktop.ui.kit.view import Context


class ContactFields(QObject):
    """Makes each field once and keeps them by the name of the fact it edits."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        maker = FactFieldMaker(context.days, context.theme)
        words = context.wording.labels.contact_facts
        self.name = TextField(words["name"].name, required=True)
        self.fields: dict[str, Field] = {"name": self.name}
        self._labels = {"name": words["name"].label}
        for fact in facts_shown(Contact, DetailPart.FURTHER):
            self.fields[fact.name] = maker.field(fact, words[fact.name])
            self._labels[fact.name] = "" if fact.kind is Kind.FLAG else words[fact.name].label

    def label_of(self, key: str) -> str:
        """What stands beside the field; nothing beside one that says it itself."""
        return self._labels[key]

    def values_of(self, contact: Contact) -> dict[str, Any]:
        """What the fields are to show of a person."""
        return {key: getattr(contact, key) for key in self.fields}
