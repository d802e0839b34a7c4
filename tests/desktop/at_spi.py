"""Drives a program through the accessibility bus alone; runs in the system's Python, where ``gi`` is.

Reads one command a line from standard input, as JSON, and answers each with one line of JSON; they are in
``COMMANDS``. A control is found by its accessible name, a row by a part of its name. The name on the bus of
the program to drive is the one argument.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

APPLICATION = sys.argv[1]
TIMEOUT = 30.0


def walk(node: Any, depth: int = 0) -> Iterator[tuple[Any, int]]:
    """The node and all below it, those that are shown only."""
    yield node, depth
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child, depth + 1)


def application(name: str) -> Any:
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_name() == name:
            # Qt does not tell of every child that is shown or hidden with its parent.
            child.set_cache_mask(Atspi.Cache.NONE)
            child.clear_cache()
            return child
    return None


def is_shown(node: Any) -> bool:
    shown: bool = node.get_state_set().contains(Atspi.StateType.SHOWING)
    return shown


def find_all(root: Any, role: str | None, name: str, *, part: bool = False) -> Iterator[Any]:
    for node, _ in walk(root):
        label = node.get_name() or ""
        fits = (label == name or (part and name in label)) and role in {None, node.get_role_name()}
        if fits and is_shown(node):
            yield node


def find(root: Any, role: str | None, name: str, *, part: bool = False) -> Any:
    return next(find_all(root, role, name, part=part), None)


def wait_for(role: str | None, name: str, *, part: bool = False, below: str | None = None) -> Any:
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        try:
            root = application(APPLICATION)
            # What was announced last may hold the words of a row, too, and has no controls.
            parts = [root] if root is None or below is None else find_all(root, None, below, part=True)
            found = (find(each, role, name, part=part) for each in parts if each is not None)
            node = next((node for node in found if node is not None), None)
            if node is not None:
                return node
        except gi.repository.GLib.Error:
            pass  # the tree changed below us
        time.sleep(0.05)
    raise LookupError(f"no {role or 'control'} named {name!r} below {below!r}")


def press(name: str, role: str | None = None, below: str | None = None) -> bool:
    node = wait_for(role, name, below=below)
    action = node.get_action_iface()
    assert action is not None, f"{name} can't be pressed"
    for index in range(action.get_n_actions()):
        if action.get_action_name(index) in {"Press", "Toggle", "ShowMenu"}:
            action.do_action(index)
            wait_until_let_go(node)
            return True
    raise LookupError(f"{name} has no action to press")


def wait_until_let_go(node: Any) -> None:
    """Qt holds a button down for a moment before it does what it does: what is typed next would be early."""
    end = time.monotonic() + TIMEOUT
    try:
        while time.monotonic() < end:
            node.clear_cache()
            if not node.get_state_set().contains(Atspi.StateType.PRESSED):
                return
            time.sleep(0.02)
    except gi.repository.GLib.Error:
        return  # it has gone with what it did


def enter(name: str, text: str, below: str | None = None) -> bool:
    node = wait_for(None, name, below=below)
    editable = node.get_editable_text_iface()
    assert editable is not None, f"{name} can't be edited"
    node.get_component_iface().grab_focus()
    editable.set_text_contents(text)
    return True


def middle(node: Any) -> list[int]:
    area = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return [area.x + area.width // 2, area.y + area.height // 2]


def place(name: str, role: str | None = None, below: str | None = None) -> list[int]:
    """The middle of a control on the screen."""
    return middle(wait_for(role, name, below=below))


def place_in_window(window: str, name: str) -> list[int] | None:
    """The middle of a control of that window of the program in which this text stands; None without one."""
    root = application(APPLICATION)
    for index in range(root.get_child_count() if root is not None else 0):
        one = root.get_child_at_index(index)
        if one is not None and find(one, None, window) is not None:
            node = find(one, None, name)
            return node and middle(node)
    return None


def told_of(name: str, role: str | None = None) -> list[Any]:
    """The level of a heading, or nothing, and the language of a control."""
    node = wait_for(role, name)
    return [node.get_attributes().get("level"), node.get_object_locale()]


def tree() -> list[list[Any]]:
    root = application(APPLICATION)
    return [[depth, node.get_role_name(), node.get_name(), is_shown(node)] for node, depth in walk(root)]


HEARD = (
    *("state-changed", "property-change", "selection-changed"),
    *("text-changed", "text-caret-moved", "text-selection-changed"),
)
"""What a screen reader listens to, besides where the keyboard is."""
REST = 1.0
told: list[list[str]] = []


def listen() -> bool:
    """Keep from now on what the window tells of itself."""
    listener = Atspi.EventListener.new(lambda event: told.append([event.type, event.source.get_name() or ""]))
    for kind in HEARD:
        listener.register(f"object:{kind}")
    told.clear()
    return True


def heard(words: str) -> list[list[str]]:
    """All that was told since it was asked last, once these words are among it and nothing more comes."""
    end, last, known = time.monotonic() + TIMEOUT, time.monotonic(), 0
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(may_block=False):
            pass
        if len(told) != known:
            known, last = len(told), time.monotonic()
        if any(words in name for _kind, name in told) and time.monotonic() - last > REST:
            break
        time.sleep(0.02)
    taken, told[:] = list(told), []
    return taken


COMMANDS: dict[str, Callable[..., Any]] = {
    "press": press,
    "enter": enter,
    "place": place,
    "place_in_window": place_in_window,
    "told_of": told_of,
    "tree": tree,
    "listen": listen,
    "heard": heard,
    "has": lambda name, role=None, part=False, below=None: bool(wait_for(role, name, part=part, below=below)),
}

Atspi.get_desktop(0)
sys.stdout.write("ready\n")
sys.stdout.flush()
for line in sys.stdin:
    command, arguments = json.loads(line)
    try:
        answer = {"answer": COMMANDS[command](**arguments)}
    except Exception as error:  # noqa: BLE001
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
