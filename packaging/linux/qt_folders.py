"""Has Qt take its plug-ins from the bundle alone, before the program starts in it."""

import os
import sys

if (before := os.environ.get("QT_PLUGIN_PATH")) is not None:
    os.environ["QT_PLUGIN_PATH_ORIG"] = before  # for programs that are started from here
os.environ["QT_PLUGIN_PATH"] = f"{sys._MEIPASS}/PySide6/Qt/plugins"
