"""What an email address, a phone number and a link must be for a form to take them.

Each check takes the text and the name of its field, gives back what is kept, and raises ``Refused`` with one
sentence otherwise; an empty text is always taken. They are as lenient as what the text is for: a mail
program, somebody who dials, a browser. Files are not checked by them: an import keeps what it finds.
"""

from __future__ import annotations

import re

from followup_desktop.domain.checks import clean_text
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.addresses import host_of, split_address, web_address
from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.services.capture.vocabulary import ENGLISH_MONTHS, ENGLISH_WEEKDAYS

_SHOWN_LENGTH = 60
_NAMED_ADDRESS = re.compile(r"[^<>]*<\s*([^<>]+?)\s*>")
_ADDRESS_WITH_REMARK = re.compile(r"(\S+)\s+\([^()]*\)")
_MAILTO = re.compile(r"mailto:([^?]*)(?:\?.*)?", re.IGNORECASE)
_UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""What other programs put around a text that is copied from them: no width, and marks of its direction."""
_LOCATED = re.compile(r"([a-z][a-z0-9+.-]*)://[^\s/]+\S*|file:///\S+", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_FEWEST_DIGITS = 3
_TEL_LINK = re.compile(r"tel:(\+?[\d().\-]+)(?:;\S*)?", re.IGNORECASE)
_TEL = re.compile(r"^tel:\s*", re.IGNORECASE)
_SPELLED_NUMBER = re.compile(r"\+?[\d\s().\-–/]*\d[\d\s().\-–/]*[A-Z][A-Z\d\s().\-–/]*")
"""Letters for digits, as on American keypads: 1-800-FLOWERS."""
_NO_NUMBER = re.compile(
    r"@|://|[€$£¥₹%=<>{}\[\]_!?]|\b(?:EUR|USD|GBP|CHF)\b|\d ?k\b|\d:\d|\d,\d{3}\b|"
    r"^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}([/.-])\d{1,2}\1\d{4}$|"
    rf"\b(?:{'|'.join(name for names in (*ENGLISH_MONTHS, *ENGLISH_WEEKDAYS) for name in names)})\b",
    re.IGNORECASE,
)
"""An address, a sum of money, a time of day, or a date."""
_MISPLACED_DOT = re.compile(r"^\.|\.\.|\.@")
_SCHEMES = frozenset({"http", "https", "file"})
"""A link is to a page or a document. What would run ("javascript:") or is mistyped ("htp:") is none."""


def check_email(text: str, field: str) -> str:
    """One email address, also of letters beyond ASCII; of "Ana Ruiz <ana@example.org>" the address.

    So of ``mailto:ana@example.org?subject=x``, of "ana@example.org (Ana)", and before a comma or a full stop.
    """
    typed = _seen(text, field)
    within = _NAMED_ADDRESS.fullmatch(typed) or _ADDRESS_WITH_REMARK.fullmatch(typed)
    bare = (within[1] if within else typed).rstrip(".,;")
    link = _MAILTO.fullmatch(bare)
    address = one_address(link[1] if link else bare)
    if typed and (not address or _MISPLACED_DOT.search(address)):
        sentence = _("“{text}” isn't an email address. Enter just one, like {example}.")
        raise Refused(sentence.format(text=_short(typed), example="ana@example.org"), field)
    return address


def check_phone(text: str, field: str) -> str:
    """A phone number however it is written, with an extension or a word on it ("ext. 12", "mobile")."""
    typed = _TEL.sub("", _seen(text, field))
    digits = sum(character.isdigit() for character in typed)
    letters = sum(character.isalpha() for character in typed)
    is_number = (digits >= _FEWEST_DIGITS and digits > letters) or _SPELLED_NUMBER.fullmatch(typed)
    if typed and (not is_number or _NO_NUMBER.search(typed)):
        sentence = _("“{text}” isn't a phone number. Enter one like {example}.")
        raise Refused(sentence.format(text=_short(typed), example="+34 600 000 000"), field)
    return typed


def check_link(text: str, field: str) -> str:
    """A web address, with or without ``https://``; with its scheme also one of an intranet, or a file's.

    So is where one applies by email (``mailto:``) or dials in (``tel:``).
    """
    typed = _seen(text, field)
    if typed.startswith("<") and typed.endswith(">"):
        typed = typed[1:-1].strip()
    if typed and not _is_link(typed):
        sentence = _("“{text}” isn't a web address. Enter one like {example}.")
        raise Refused(sentence.format(text=_short(typed), example="https://example.org/jobs"), field)
    return typed


def _is_link(typed: str) -> bool:
    if (letter := _MAILTO.fullmatch(typed)) is not None:
        return bool(one_address(letter[1]))
    if (call := _TEL_LINK.fullmatch(typed)) is not None:
        return len(re.sub(r"\D", "", call[1])) >= _FEWEST_DIGITS
    located = _LOCATED.fullmatch(typed)
    if located is not None:
        scheme = (located[1] or "file").lower()
        return scheme in _SCHEMES and (scheme == "file" or web_address(typed) is not None)
    parts = split_address(typed)
    if parts is None or "@" in parts.netloc:
        return False
    host = host_of(parts)
    *labels, top = host.split(".")
    return bool(_IP_ADDRESS.fullmatch(host)) or (all(labels) and len(top) > 1 and not top.isdigit())


def _seen(text: str, field: str) -> str:
    """The text without what stands around it unseen."""
    return clean_text(text.strip().strip(_UNSEEN), field)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHOWN_LENGTH else f"{one_line[: _SHOWN_LENGTH - 1]}…"
