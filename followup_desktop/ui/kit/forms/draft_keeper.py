"""What is typed into an open form is kept while it is typed, and offered when the form is opened again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.drafts import TITLE, DraftStore
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text

PAUSE_MS = 300
"""So long after the last key what was typed is kept."""


class DraftKeeper(QWidget):
    """Keeps what was touched of a form, as it was typed; shows itself while a form stands as kept before.

    With it goes what a new form took ``of_the_moment``. Without ``texts`` it is kept in memory alone.
    ``afresh`` says that the user would rather begin anew.
    """

    afresh = Signal()

    def __init__(
        self,
        texts: DraftStore | None,
        fields: Callable[[], Mapping[str, Field]],
        title: Callable[[], str],
        of_the_moment: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts or DraftStore()
        self._fields = fields
        self.title = title
        self._of_the_moment = of_the_moment
        self._key = ""
        self._is_opening = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._texts.flush_wanted.connect(self.keep)
        self.afresh_button = Button(_("Start over"), look="link")
        self.afresh_button.clicked.connect(self.afresh)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(Text(_("Restored draft"), "secondary"))
        row.addWidget(self.afresh_button)
        row.addStretch(1)
        self.hide()

    @property
    def key(self) -> str:
        """What the form is about; empty while it is about nothing."""
        return self._key

    def open(self, key: str) -> bool:
        """From now on keep for this; put back what was kept before, and tell whether there was any."""
        self.close_form()
        self._key = key
        self._texts.show(key, in_sight=True)
        drafts = self._texts[key]
        fields = self._fields()
        known = {name: text for name, text in drafts.items() if name in fields}
        self._is_opening = True
        for name, text in known.items():
            fields[name].type_again(text)
        self._is_opening = False
        self.setVisible(bool(known))
        return bool(known)

    def keep_for(self, key: str) -> None:
        """What is typed is about something else by now: it is kept for that.

        Where another draft waits for that, each stays where it is. While what was kept before is put back,
        nothing moves.
        """
        if self._is_opening or not self._key or key == self._key or self._texts.is_kept(key):
            return
        self._pause.stop()
        self._texts.drop(self._key)
        self._texts.show(self._key, in_sight=False)
        self._key = key
        self._texts.show(key, in_sight=True)
        self.keep()

    def set_in_sight(self, in_sight: bool) -> None:
        """Note whether the form is seen, which stays open: it is named elsewhere only while it is not."""
        if self._key:
            if not in_sight:
                self.keep()
            self._texts.show(self._key, in_sight=in_sight)

    def close_form(self) -> None:
        """Keep nothing more; what is kept stays."""
        self._pause.stop()
        self._texts.show(self._key, in_sight=False)
        self._key = ""
        self.hide()

    def touched(self) -> None:
        """Something was typed: it is kept after a short pause."""
        if self._key and not self._pause.isActive():
            self._pause.start()

    def flush(self) -> None:
        """Keep at once what the pause still holds back."""
        if self._pause.isActive():
            self.keep()

    def keep(self) -> None:
        """Keep what was touched as it stands now."""
        self._pause.stop()
        if not self._key:
            return
        fields = self._fields()
        touched = {name for name, field in fields.items() if field.dirty}
        if touched:
            begun = set() if "/edit/" in self._key else touched.union(self._of_the_moment)
            typed = {name: field.draft() for name, field in fields.items() if name in touched | begun}
            self._texts.keep(self._key, {TITLE: self.title(), **typed})
        else:
            self._texts.drop(self._key)

    def set_aside(self) -> bool:
        """The form is left: what was touched stays kept, and waits; whether there is any."""
        self.keep()
        key = self._key
        self.close_form()
        return bool(key and self._texts[key])

    def another_chance(self) -> Callable[[], None] | None:
        """What keeps again what was touched, after it was forgotten; ``None`` if nothing was."""
        self.keep()
        texts, key = self._texts, self._key
        typed = texts[key] if key else {}
        if not typed:
            return None
        return lambda: texts.keep(key, typed)

    def forget(self) -> None:
        """Keep nothing of it: it was saved or given up."""
        if self._key:
            self._texts.drop(self._key)
        self.close_form()
