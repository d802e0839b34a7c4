"""The fields of a person, by the names of their facts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.model import Contact
from followup_desktop.ui.kit.forms.checked_fields import email_field, link_field, phone_field
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TextField


class ContactFields(QObject):
    """Makes each field once and keeps them by the name of the fact it edits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = TextField(self.tr("Name"), required=True)
        self.fields: dict[str, Field] = {
            "name": self.name,
            "title": TextField(self.tr("Job title"), hint=self.tr("recruiter, hiring manager …")),
            "employer": TextField(self.tr("Works at"), hint=self.tr("an employer or an agency")),
            "email": email_field(self.tr("Email"), hint=self.tr("not known")),
            "phone": phone_field(self.tr("Phone"), hint=self.tr("not known")),
            "url": link_field(self.tr("Web address")),
            "notes": NotesField(
                self.tr("Contact notes"), lines=3, hint=self.tr("Anything worth remembering")
            ),
            "no_thank_you": CheckField(self.tr("Needs no thank-you")),
        }

    def label_of(self, key: str) -> str:
        """What stands beside the field; nothing beside one that says it itself."""
        if key == "no_thank_you":
            return ""
        return self.tr("Notes") if key == "notes" else self.fields[key].name

    def values_of(self, contact: Contact) -> dict[str, Any]:
        """What the fields are to show of a person."""
        return {key: getattr(contact, key) for key in self.fields}
