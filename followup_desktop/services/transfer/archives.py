"""Opening an archive (ZIP) of which nothing is known, without trusting what it says of itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_END = b"PK\x05\x06"
_FARTHEST = 65_557
"""So far from the end of the file the record may stand that ends an archive, with its remark."""
_LARGEST_LIST = 8_000_000
"""Bytes of the list of files: of some 100,000, of which each takes ten times as much memory."""


FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What reading an archive may raise that is damaged, protected, or compressed in a way that isn't known."""


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive; raises one of ``FAULTS``, also for one whose list of files is too long."""
    end = data.rfind(_END, max(0, len(data) - _FARTHEST))
    if end >= 0 and len(data) >= end + 16:
        (size,) = struct.unpack_from("<I", data, end + 12)
        if size > _LARGEST_LIST:
            raise zipfile.BadZipFile
    return zipfile.ZipFile(io.BytesIO(data))


def is_cut_off(data: bytes) -> bool:
    """Whether it begins as an archive does, and the record that ends one is missing."""
    return data.startswith(b"PK\x03\x04") and data.find(_END, max(0, len(data) - _FARTHEST)) < 0
