"""States for pictures of the look at another program's file before it is imported."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QMimeData

from followup_desktop.ui.window.import_window import ImportWindow
from tests.invitations import invitation, person
from tests.scene import Scene, State, settle
from tests.screens_announcing import REJECTION
from tests.ui import situations

_OPEN = """\
Company,Role,Status,Date applied,Location,Excitement level
Quarryline,Data Engineer,Applied,05/02/2026,Berlin,high
Inletworks,Engineering Manager for Platform and Developer Experience,Suspected Ghost Job,07/03/2026,Remote,
Acme,Data Engineer,Applied,14/09/2026,,
,Nurse,Applied,,,
TOTAL,4,,,,
"""


NAME = "Job tracker 2026.csv"
TYPED = (
    NAME,
    "CSV",
    *_OPEN.replace("\n", ",").split(","),
    "05/02/2026",
    "Nurse · Applied",
    "TOTAL · 4",
)
"""What the file says."""


def _open(scene: Scene, text: str, *, columns: bool = False, name: str = NAME) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, "utf-8")
        scene.window.open_file(file)
    (preview,) = scene.window.findChildren(ImportWindow)
    preview.columns_button.setChecked(columns)
    settle()


def _asked(scene: Scene) -> None:
    _open(scene, _OPEN.replace("14/09/2026", "09/08/2026"))


def _answered(scene: Scene) -> None:
    _open(scene, _OPEN)


def _columns(scene: Scene) -> None:
    _open(scene, _OPEN, columns=True)


_PEOPLE = (
    ("Katharina Sommerfeldt-Wittenberg", "katharina.sommerfeldt-wittenberg@wayne.example", "ORGANIZER"),
    ("Leo Brandt", "leo@wayne.example", "ATTENDEE"),
    ("Sam Doe", "sam.doe@gmail.example", "ATTENDEE"),
    ("Room 4", "room4@wayne.example", "ATTENDEE;CUTYPE=ROOM"),
)
_INVITED = tuple(person(name, address, what) for name, address, what in _PEOPLE)
INVITATION = "Interview.ics"
INVITED = (
    INVITATION,
    "Interview with Wayne Enterprises",
    "Zoom meeting",
    *(text for name, address, _what in _PEOPLE for text in (name, address)),
)
"""What the invitations say."""


def _invited(scene: Scene) -> None:
    _open(scene, invitation(*_INVITED, summary="Interview with Wayne Enterprises"), name=INVITATION)


def _of_nobody(scene: Scene) -> None:
    _open(scene, invitation(at=":20261020T100000", summary="Zoom meeting"), name=INVITATION)
    (preview,) = scene.window.findChildren(ImportWindow)
    combo = next(iter(preview.combos.values()))  # in whatever language, the first question is whose it is
    combo.setCurrentIndex(combo.count() - 1)
    combo.activated.emit(combo.count() - 1)
    settle()


def _moved(scene: Scene) -> None:
    title = "Interview with Wayne Enterprises"
    _open(scene, invitation(*_INVITED, summary=title), name=INVITATION)
    scene.window.findChildren(ImportWindow)[-1].import_button.click()
    settle()
    moved = ";TZID=Europe/Madrid:20261021T113000"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / INVITATION
        file.write_text(invitation(*_INVITED, summary=title, at=moved, sequence=1), "utf-8")
        scene.window.open_file(file)
    settle()


OFFERED = (
    "We'd like to meet you on Tuesday, 20 October at 10:00 or Thursday, 22 October at 3 pm for an interview."
)


def _offered(scene: Scene) -> None:
    data = QMimeData()
    data.setText(f"From: Kim <kim@wayne.example>\nSubject: Interview at Wayne Enterprises\n\n{OFFERED}\n")
    scene.window.drops.take(data)


def _of_nobody_known(scene: Scene) -> None:
    data = QMimeData()
    data.setText(f"From: Eva <eva@nakatomi.example>\nSubject: Your application\n\n{REJECTION}\n")
    scene.window.drops.take(data)


IMPORTS: dict[str, State] = {
    "import-asked": State(situations.twelve, _asked, "applications"),
    "import-preview": State(situations.twelve, _answered, "applications"),
    "import-invitation": State(situations.twelve, _invited, "applications"),
    "import-invitation-new": State(situations.twelve, _of_nobody, "applications"),
    "import-invitation-moved": State(situations.twelve, _moved, "applications"),
    "reply-times": State(situations.twelve, _offered, "applications"),
    "reply-of-nobody": State(situations.twelve, _of_nobody_known, "applications"),
    "import-columns": State(situations.twelve, _columns, "applications"),
}
"""By the name of the picture."""
