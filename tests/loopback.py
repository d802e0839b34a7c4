"""Brings up the loopback device of a network namespace that is new, and becomes the program named.

``unshare --net python -m tests.loopback COMMAND …``
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

_SET_FLAGS, _UP = 0x8914, 0x1  # SIOCSIFFLAGS, IFF_UP


def main(command: list[str]) -> None:
    """Do so; raises ``OSError`` where it isn't allowed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
