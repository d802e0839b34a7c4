"""Words of Qt's own dialogs that its catalogues lack, or say badly, in some language that the program speaks.

They are translated with the others; ``messages.py`` compiles them to ``qt.qm`` beside each catalogue, in the
format of Qt's ``lrelease``. The program asks these before Qt's own.
"""

from __future__ import annotations

import struct

from babel.messages import Catalog

from followup_desktop.i18n import NP_

WORDS = (
    NP_("QFileDialog", "&Look in:"),
    NP_("QFileDialog", "File &name:"),
    NP_("QFileDialog", "Files of &type:"),
    NP_("QFileDialog", "Go to the parent directory"),
    NP_("QFileDialog", "Change to list view mode"),
    NP_("QFileDialog", "Change to detail view mode"),
    NP_("QPrintSettingsOutput", "Color"),
    NP_("QPrintSettingsOutput", "Double Sided Printing"),
    NP_("QPrintSettingsOutput", "Long side binding"),
    NP_("QPrintSettingsOutput", "Off"),
    NP_("QPrintSettingsOutput", "Page &Set:"),
    NP_("QPrintSettingsOutput", "Pages"),
    NP_("QPrintSettingsOutput", "Short side binding"),
    NP_(
        "QPrintSettingsOutput",
        "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a "
        "hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.",
    ),
)
"""Each with the class of Qt that says it."""

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT, _COMMENT = 1, 3, 6, 7, 8


def compiled(catalogue: Catalog) -> bytes:
    """The words in the language of that catalogue, as Qt reads them, without what is marked as fuzzy."""
    hashes, messages = [], b""
    for context, source in WORDS:
        found = catalogue.get(source, context)
        if found is None or found.fuzzy or not found.string:
            continue
        hashes.append((_hash(source.encode()), len(messages)))
        messages += _part(_TRANSLATION, str(found.string).encode("utf-16-be"))
        messages += _part(_COMMENT, b"") + _part(_SOURCE, source.encode()) + _part(_CONTEXT, context.encode())
        messages += bytes([_END])
    table = b"".join(struct.pack(">II", *each) for each in sorted(hashes))
    return _MAGIC + _part(_HASHES, table) + _part(_MESSAGES, messages)


def _part(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(text: bytes) -> int:
    """As Qt looks a text up: the hash of names in ELF files."""
    found = 0
    for byte in text:
        found = (found << 4) + byte
        high = found & 0xF0000000
        found = (found ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return found or 1
