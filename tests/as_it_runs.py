"""Makes the tests run in the Python that the program makes for itself, with what makes its start quick."""

from __future__ import annotations

from followup_desktop.system.qt_overrides import keep_errors_in_overrides_whole
from followup_desktop.system.start import prepare_python, qt_made_light

prepare_python(None)
with qt_made_light():
    import PySide6.QtCore  # noqa: F401
keep_errors_in_overrides_whole()
