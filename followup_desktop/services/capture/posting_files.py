"""The text of a file that was dropped as a posting: a text, a saved page, an email, a link."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable
from pathlib import PurePath
from xml.parsers.expat import ExpatError

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number
from followup_desktop.services.capture.mails import read_mail
from followup_desktop.services.capture.readable import decoded, shown

LARGEST = 4_000_000
"""Bytes; a saved page or an email with its pictures may have so many."""
LONGEST = 200_000
"""Characters that are seen of a posting or an email."""

_LINK = re.compile(r"^URL=(\S.*)$", re.MULTILINE)


def is_posting_file(name: str) -> bool:
    """Whether a file of that name is read as a posting, and not imported."""
    return PurePath(name).suffix.lower() in _READERS


def posting_text(name: str, data: bytes) -> str:
    """What stands in such a file, as text; ``Refused`` if it is too large or holds none."""
    text = ""
    if len(data) <= LARGEST:
        text = _READERS[PurePath(name).suffix.lower()](data).replace("\0", "").strip()
    if len(data) > LARGEST or len(text) > LONGEST:
        raise Refused(
            _("{file} is too large to be a posting. Copy its text and paste it instead.").format(file=name)
        )
    if not text:
        raise Refused(
            _("There's no text in {file}. Copy what you see there and paste it instead.").format(file=name)
        )
    return text


def check_length(text: str) -> None:
    """Refuse a text that is longer than any posting or email."""
    if len(text) > LONGEST:
        sentence = _("A posting or an email has at most {most} characters. Copy only the part you need.")
        raise Refused(sentence.format(most=format_number(LONGEST)))


def _mail(data: bytes) -> str:
    mail = read_mail(data)
    heads = [
        f"{name}: {value}" for name, value in (("From", mail.sender), ("Subject", mail.subject)) if value
    ]
    return "\n".join([*heads, "", mail.text] if mail.text else heads)


def _link(data: bytes) -> str:
    found = _LINK.search(decoded(data))
    return found[1] if found else ""


def _mac_link(data: bytes) -> str:
    try:
        held = plistlib.loads(data)
    except (ValueError, ExpatError):
        return ""
    return str(held.get("URL", "")) if isinstance(held, dict) else ""


_READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": decoded,
    ".md": decoded,
    ".html": lambda data: shown(decoded(data)),
    ".htm": lambda data: shown(decoded(data)),
    ".eml": _mail,
    ".url": _link,
    ".desktop": _link,
    ".webloc": _mac_link,
}
