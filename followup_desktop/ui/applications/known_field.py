"""A line for a text that other applications may have already: their texts are offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from followup_desktop.ui.kit.forms.choices import SuggestField
from followup_desktop.ui.kit.forms.field import text_in


class KnownField(SuggestField):
    """Offers what ``known`` gives when the field is entered; anything may be typed."""

    lists_anew = True

    def __init__(
        self, name: str, known: Callable[[], Sequence[str]], *, hint: str = "", required: bool = False
    ) -> None:
        super().__init__(name, hint=hint)
        self._known = known
        self.required = required

    def suggestions(self) -> Sequence[str]:
        return self._known()

    def value(self) -> Any:
        return text_in(self.line.text(), self.name, required=self.required)
