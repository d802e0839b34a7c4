"""An error in a method that Qt calls is told of, whoever raised it; the process goes on."""

from __future__ import annotations

import subprocess
import sys

from tests.tables import tabled

SCRIPT = """
import sys
from followup_desktop.system.qt_overrides import keep_errors_in_overrides_whole
from PySide6.QtCore import QCoreApplication, QEvent, QIdentityProxyModel, QModelIndex, QObject
from PySide6.QtCore import QSortFilterProxyModel, QStringListModel

keep_errors_in_overrides_whole()


class Kept:
    def event(self, event):
        {wrong}


class Mixed(Kept, QObject):
    pass


class Derived(Mixed):
    def event(self, event):
        return super().event(event)


class Own(QObject):
    def event(self, event):
        {wrong}


class Counted(QStringListModel):
    def supportedDropActions(self):
        {wrong}

    def rowCount(self, parent=QModelIndex()):
        {wrong}


class Model(QSortFilterProxyModel):
    def lessThan(self, one, other):
        {wrong}


sys.excepthook = lambda kind, error, trace: print(kind.__name__, isinstance(error, kind))
application = QCoreApplication([])


def send(receiver):
    QCoreApplication.postEvent(receiver, QEvent(QEvent.Type.User))
    QCoreApplication.sendPostedEvents(receiver)


def sort():
    model = Model()
    model.setSourceModel(QStringListModel(["b", "a"]))
    model.sort(0)


def ask(method):
    model, source = QIdentityProxyModel(), Counted(["a"])
    model.setSourceModel(source)
    getattr(model, method)()


asks = (lambda: ask("supportedDropActions"), lambda: ask("rowCount"))
for act in (lambda: send(Mixed()), lambda: send(Derived()), lambda: send(Own()), sort, *asks):
    try:
        act()
    except Exception as error:
        sys.excepthook(type(error), error, None)
print(Derived.event.__name__, "and on")
"""


@tabled(
    "wrong, kind",
    [
        ('int("x")', "ValueError"),
        ("len(5)", "TypeError"),
        ("self.nothing", "AttributeError"),
        ('{}["nothing"]', "KeyError"),
        ('raise ValueError("x")', "ValueError"),
        ("1 / 0", "ZeroDivisionError"),
        ('open("/nothing/there")', "FileNotFoundError"),
    ],
)
def test_an_error_in_what_qt_calls_is_told_of(wrong: str, kind: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{wrong}", wrong)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.stdout.splitlines() == [f"{kind} True"] * 6 + ["event and on"]
    assert ended.returncode == 0
