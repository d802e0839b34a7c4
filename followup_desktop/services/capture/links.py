"""Links of the program's own, ``followup:add?url=…&title=…&text=…``: what a page hands over to quick add.

Any page can hold such a link, so it only fills in a form that nobody has begun, and nothing of it is saved
before the user does so.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import parse_qsl, urlsplit

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.capture.addresses import split_address

SCHEME = "followup"
LONGEST_LINK = 60_000
"""Characters; a letter may be written by three, or by more for those beyond English."""
LONGEST_POSTING = 20_000
MOST_WAITING = 50
"""So many postings wait at most for the form: any page can hold a link that hands one over."""
_LONGEST_ADDRESS = 2000
_LONGEST_TITLE = 300
_ACTION = "add"
_MOST_FIELDS = 10


def is_link(text: str) -> bool:
    """Whether a text is meant as such a link."""
    return text.lstrip()[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def posting_of_link(link: str) -> str:
    """The title, the address and the text that a link hands over, as a posting is pasted.

    Raises ``Refused`` for any other link. What could be no posting is left out: control characters, an
    address that is none of the web, and whatever else the link holds.
    """
    if not is_link(link):
        raise Refused(_("This isn't a Follow Up link."))
    if len(link) > LONGEST_LINK:
        raise Refused(_("This link is too long. Copy the posting and paste it instead."))
    try:
        parts = urlsplit(link.strip())
        fields = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        raise Refused(_("This link is broken. Copy the posting and paste it instead.")) from None
    if (parts.netloc or parts.path).strip("/").lower() != _ACTION:
        raise Refused(_("Follow Up's links can only add an application. This one asks for something else."))
    said = dict(reversed(fields))  # of two, the first counts
    title = " ".join(clean(said.get("title", "")).split())[:_LONGEST_TITLE]
    address = _address(said.get("url", ""))
    text = clean(said.get("text", "")).strip()
    if not (title or address or text):
        raise Refused(_("There's no posting in this link. Copy the posting and paste it instead."))
    return "\n".join(part for part in (title, address, text) if part)[:LONGEST_POSTING]


def fault_in(posting: str) -> Refused | None:
    """What is wrong with a link that was handed on as it is; ``None`` of a posting, and of ours."""
    if not is_link(posting):
        return None
    try:
        posting_of_link(posting)
    except Refused as refused:
        return refused
    return None


def too_many_wait() -> str:
    """Why another posting isn't kept."""
    return _("Too many postings are waiting under Unsaved. Resume or discard some, then try again.")


def not_open_yet() -> str:
    """Why a posting isn't kept while the data aren't open."""
    return _("Follow Up isn't open yet. Unlock it or answer what it asks, then send the posting again.")


def waits_for_passphrase() -> str:
    """What becomes of the posting that the program was started with, and that lies nowhere but in memory."""
    return _("Enter your passphrase to see the posting. If you quit now, it isn't kept.")


def handed_posting(text: str) -> str:
    """A posting from outside as it is filled into the form."""
    return clean(text)[:LONGEST_POSTING]


def clean(text: str) -> str:
    """The text without what isn't seen: control characters, but for the ends of lines, and marks of order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(each for each in lines if each == "\n" or unicodedata.category(each) not in _UNSEEN)


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _address(text: str) -> str:
    bare = clean(text).strip()
    parts = split_address(bare) if len(bare) <= _LONGEST_ADDRESS and "://" in bare else None
    return bare if parts is not None and parts.username is None and parts.password is None else ""
