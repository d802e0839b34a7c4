"""The fields of a person, by the names of their facts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.checked_fields import email_field, link_field, phone_field
from followup_desktop.ui.kit.forms.field import CheckField, Field, NotesField, TextField


class ContactFields(QObject):
    """Makes each field once and keeps them by the name of the fact it edits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = TextField(_("Name"), required=True)
        self.fields: dict[str, Field] = {
            "name": self.name,
            "title": TextField(_("Job title"), hint=_("recruiter, hiring manager")),
            "employer": TextField(_("Works at"), hint=_("an employer or an agency")),
            "email": email_field(_("Email"), hint=_("not known")),
            "phone": phone_field(_("Phone"), hint=_("not known")),
            "url": link_field(_("Web address")),
            "notes": NotesField(_("Contact notes"), lines=3, hint=_("anything worth remembering")),
            "no_thank_you": CheckField(_("Doesn't need a thank-you")),
        }

    def label_of(self, key: str) -> str:
        """What stands beside the field; nothing beside one that says it itself."""
        if key == "no_thank_you":
            return ""
        return _("Notes") if key == "notes" else self.fields[key].name

    def values_of(self, contact: Contact) -> dict[str, Any]:
        """What the fields are to show of a person."""
        return {key: getattr(contact, key) for key in self.fields}
