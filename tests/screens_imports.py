"""States for pictures of the look at another program's file before it is imported."""

from __future__ import annotations

import tempfile
from pathlib import Path

from followup_desktop.ui.window.import_window import ImportWindow
from tests.scene import Scene, State, settle
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


def _open(scene: Scene, text: str, *, columns: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NAME
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


IMPORTS: dict[str, State] = {
    "import-asked": State(situations.twelve, _asked, "applications"),
    "import-preview": State(situations.twelve, _answered, "applications"),
    "import-columns": State(situations.twelve, _columns, "applications"),
}
"""By the name of the picture."""
