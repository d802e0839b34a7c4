"""What every interface for assistive technology is derived from that asks its widget something."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from PySide6.QtWidgets import QAccessibleWidget, QWidget

_W = TypeVar("_W", bound=QWidget)


class WidgetInterface(QAccessibleWidget, Generic[_W]):
    """An interface that asks Qt for its widget each time.

    The Python half of a widget that Qt made, as the viewport of a scroll area, can go while the widget stays.
    """

    @property
    def thing(self) -> _W:
        """What it is about."""
        return cast(_W, self.widget())
