"""The button that opens the page of a meeting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from followup_desktop.domain.meeting import MeetingLink
from followup_desktop.i18n import _
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.plain import label_text, set_tool_tip


class JoinButton(Button):
    """Names the host to which it leads, so that nobody is sent elsewhere unseen; hidden without a link."""

    def __init__(
        self, link: MeetingLink | None, join: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent, look="link")
        self._link: MeetingLink | None = None
        self._join = join
        self.clicked.connect(self._open)
        self.show_link(link)

    def show_link(self, link: MeetingLink | None) -> None:
        """Lead there from now on."""
        self._link = link
        self.setVisible(link is not None)
        if link is not None:
            label = _("Join: {host}").format(host=link.host)
            self.setText(label_text(label))
            self.setAccessibleName(label)
            set_tool_tip(self, link.url)

    def _open(self) -> None:
        if self._link is not None:
            self._join(self._link.url)
