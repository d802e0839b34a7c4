"""Fields of one line whose text is checked when they are left: email addresses, phone numbers, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from followup_desktop.domain.checks import clean_text
from followup_desktop.services.capture.contact_checks import check_email, check_link, check_phone
from followup_desktop.ui.kit.forms.field import TextField


class CheckedField(TextField):
    """A text that has to be of a form; what was stored before, from a file perhaps, is taken as it is."""

    checks_when_left = True

    def __init__(
        self,
        name: str,
        check: Callable[[str, str], str],
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, hint=hint, parent=parent)
        self._check = check
        self.line.run_from_left()

    def value(self) -> Any:
        text = clean_text(self.line.text(), self.name)
        return text if text == self.kept else self._check(text, self.name)


def email_field(name: str, *, hint: str = "") -> CheckedField:
    """A field for one email address."""
    return CheckedField(name, check_email, hint=hint)


def phone_field(name: str, *, hint: str = "") -> CheckedField:
    """A field for a phone number."""
    return CheckedField(name, check_phone, hint=hint)


def link_field(name: str, *, hint: str = "https://") -> CheckedField:
    """A field for a web address."""
    return CheckedField(name, check_link, hint=hint)
