"""A keyboard and a pointer on a Wayland compositor: a client that speaks the protocols for virtual devices.

It speaks the wire protocol itself: a message is the object it is sent to, its length and number, and its
arguments. No tool of Debian has a pointer for this, and one that ends with each key takes the keyboard along.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from itertools import count
from pathlib import Path

KEYS = {
    **{letter: 16 + place for place, letter in enumerate("qwertyuiop")},
    **{letter: 30 + place for place, letter in enumerate("asdfghjkl")},
    **{letter: 44 + place for place, letter in enumerate("zxcvbnm")},
    **{str((place + 1) % 10): 2 + place for place in range(10)},
    "Escape": 1,
    "Tab": 15,
    "Return": 28,
    "space": 57,
    "Up": 103,
    "Left": 105,
    "Right": 106,
    "Down": 108,
}
"""The numbers of the keys, as the kernel counts them, on a keyboard of the United States."""
MODIFIERS = {"shift": 1, "ctrl": 4, "alt": 8}
"""By the bits of the keymap."""
LEFT_BUTTON = 0x110

_KEYMAP = b"""xkb_keymap {
    xkb_keycodes { include "evdev+aliases(qwerty)" };
    xkb_types { include "complete" };
    xkb_compat { include "complete" };
    xkb_symbols { include "pc+us+inet(evdev)" };
};
\0"""
_DISPLAY, _REGISTRY = 1, 2
_WANTED = (
    *("wl_seat", "zwp_virtual_keyboard_manager_v1", "zwlr_virtual_pointer_manager_v1"),
    "xdg_activation_v1",
)


class Hands:
    """Presses keys, and clicks at places of a screen of that size."""

    def __init__(self, display: Path, size: tuple[int, int]) -> None:
        self._size = size
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(20)
        self._socket.connect(str(display))
        self._ids = count(_REGISTRY)
        self._times = count(1)
        self._bytes = b""
        self._send(_DISPLAY, 1, struct.pack("=I", next(self._ids)))  # get_registry
        bound = self._bind()
        seat, keyboards, pointers, self._activation = (bound[name] for name in _WANTED)
        self._keyboard, self._pointer = next(self._ids), next(self._ids)
        self._send(keyboards, 0, struct.pack("=II", seat, self._keyboard))
        self._send(pointers, 0, struct.pack("=II", seat, self._pointer))
        self._give_keymap()
        self._settle()

    def close(self) -> None:
        """Put keyboard and pointer away."""
        self._socket.close()

    def press(self, *keys: str) -> None:
        """Press these one after the other: "Tab", "ctrl+k"."""
        for each in keys:
            *held, key = each.split("+")
            self._hold(sum(MODIFIERS[name] for name in held))
            for state in (1, 0):
                self._send(self._keyboard, 1, struct.pack("=III", next(self._times), KEYS[key], state))
            self._hold(0)
            self._settle()

    def type(self, text: str) -> None:
        """Type letters, figures and blanks."""
        self.press(*("space" if each == " " else each for each in text))

    def click(self, place: tuple[int, int]) -> None:
        """Move the pointer there and press its left button."""
        where = struct.pack("=IIIII", next(self._times), *place, *self._size)
        self._send(self._pointer, 1, where)
        self._send(self._pointer, 4)  # a frame ends
        self._settle()
        for state in (1, 0):
            self._send(self._pointer, 2, struct.pack("=III", next(self._times), LEFT_BUTTON, state))
            self._send(self._pointer, 4)
        self._settle()

    def token(self) -> str:
        """What a launcher gives a program that the user starts, so that its window may come to the front."""
        asked = next(self._ids)
        self._send(self._activation, 1, struct.pack("=I", asked))
        self._send(asked, 3)  # commit
        told = [body for sender, _number, body in self._answers() if sender == asked]
        (length,) = struct.unpack_from("=I", told[0])
        return told[0][4 : 4 + length - 1].decode()

    def _hold(self, modifiers: int) -> None:
        self._send(self._keyboard, 2, struct.pack("=IIII", modifiers, 0, 0, 0))

    def _bind(self) -> dict[str, int]:
        """Take what is wanted of what the compositor has; gives each the number it has here."""
        found: dict[str, int] = {}
        for sender, number, body in self._answers():
            if sender == _REGISTRY and number == 0:
                name, length = struct.unpack_from("=II", body)
                interface = body[8 : 8 + length - 1]
                if interface.decode() in _WANTED and interface.decode() not in found:
                    new = found[interface.decode()] = next(self._ids)
                    padded = interface.ljust(-(-length // 4) * 4, b"\0")
                    bind = struct.pack("=II", name, length) + padded + struct.pack("=II", 1, new)
                    self._send(_REGISTRY, 0, bind)
        missing = set(_WANTED).difference(found)
        assert not missing, f"the compositor has no {', '.join(missing)}"
        return found

    def _give_keymap(self) -> None:
        file = os.memfd_create("keymap")
        os.write(file, _KEYMAP)
        message = _message(self._keyboard, 0, struct.pack("=II", 1, len(_KEYMAP)))
        socket.send_fds(self._socket, [message], [file])
        os.close(file)

    def _settle(self) -> None:
        """Wait until the compositor has taken everything."""
        for _answer in self._answers():
            pass

    def _answers(self) -> Iterator[tuple[int, int, bytes]]:
        """What the compositor says until it has taken everything that was sent: who, what, and the rest."""
        callback = next(self._ids)
        self._send(_DISPLAY, 0, struct.pack("=I", callback))  # sync
        done = False
        while not done:
            sender, head = struct.unpack("=II", self._read(8))
            body = self._read((head >> 16) - 8)
            assert (sender, head & 0xFFFF) != (_DISPLAY, 0), body  # an error
            done = sender == callback
            yield sender, head & 0xFFFF, body

    def _read(self, wanted: int) -> bytes:
        while len(self._bytes) < wanted:
            more = self._socket.recv(4096)
            assert more, "the compositor has hung up"
            self._bytes += more
        found, self._bytes = self._bytes[:wanted], self._bytes[wanted:]
        return found

    def _send(self, to: int, number: int, body: bytes = b"") -> None:
        self._socket.sendall(_message(to, number, body))


def _message(to: int, number: int, body: bytes) -> bytes:
    return struct.pack("=II", to, (8 + len(body)) << 16 | number) + body
