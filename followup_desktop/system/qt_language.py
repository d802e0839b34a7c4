"""What Qt says and writes by itself, in the program's language: standard buttons, menus, numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from followup_desktop import i18n
from followup_desktop.resource_files import resources_dir


def speak_to_qt(application: QCoreApplication) -> None:
    """Let widgets made from now on speak the language of ``i18n``, as far as Qt knows it, and run as it does.

    Qt's own English needs no catalogue. One for the language that was spoken before is put away.
    """
    QLocale.setDefault(QLocale(i18n.locale_name()))
    if isinstance(application, QGuiApplication):
        way = Qt.LayoutDirection
        application.setLayoutDirection(way.RightToLeft if i18n.is_right_to_left() else way.LeftToRight)
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.deleteLater()
    if i18n.language() == "en":
        return
    own = resources_dir() / "locale" / i18n.language() / "LC_MESSAGES"
    found = (
        # Of es_MX Qt looks for qtbase_es_MX.qm, then for qtbase_es.qm.
        (f"qtbase_{i18n.locale_name()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("qt", str(own)),  # asked first, as the last that is installed
    )
    for name, folder in found:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
