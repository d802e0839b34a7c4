"""Addresses that open the user's email app, telephone or browser for a person."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from PySide6.QtCore import QUrl

from followup_desktop.services.capture.addresses import web_address
from followup_desktop.services.capture.mail_addresses import one_address

_LINKS = frozenset({"http", "https"})
_NO_SIGN_OF_A_NUMBER = re.compile(r"[^\d\s+()./\-–]")
_FEWEST_DIGITS = 3
_MOST_DIGITS = 15
"""No number is longer (E.164): more digits are several numbers, of which none is to be dialled."""


def mail_to(email: str) -> QUrl | None:
    """An empty email to the address (RFC 6068); ``None`` if the text is not just one address."""
    address = one_address(email)
    return QUrl.fromEncoded(f"mailto:{quote(address, safe='@')}".encode("ascii")) if address else None


def call_to(phone: str) -> QUrl | None:
    """A call to the number (RFC 3966), with its extension; ``None`` if the text is not a number."""
    phone = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in phone)
    behind = _extension_in(phone) if _NO_SIGN_OF_A_NUMBER.search(phone) else None
    number = phone[: behind.start()] if behind else phone
    if _NO_SIGN_OF_A_NUMBER.search(number):
        return None
    digits = re.sub(r"[^0-9]", "", number.replace("(0)", "") if "+" in number else number)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return None
    plus = "+" if number.strip(" (").startswith("+") else ""
    more = f";ext={behind[1]}" if behind else ""
    return QUrl.fromEncoded(f"tel:{plus}{digits}{more}".encode("ascii"))


def _extension_in(phone: str) -> re.Match[str] | None:
    """Where a number's extension is: of a first look at People a third was to read the words for one."""
    from followup_desktop.services.capture.mail_words import extension

    return extension().search(phone)


def page(url: str) -> QUrl | None:
    """The web page at the address, which may lack its ``https://``; ``None`` unless it is one with a host.

    Every web address that a form takes (``check_link``) is one. Files and other schemes are not opened: who
    made a file that was imported would choose what runs.
    """
    found = QUrl(web_address(url) or "")
    return found if found.isValid() and found.scheme() in _LINKS and found.host() else None
