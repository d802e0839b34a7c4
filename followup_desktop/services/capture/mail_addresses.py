"""What an email address tells: whether it is one, of whose domain, and whether a person reads it."""

from __future__ import annotations

import re

_NO_LABEL = r"\s\x00-,./:-@[-`{-\x9f"
"""What no part of a domain contains: of ASCII it has letters, digits and hyphens alone, else any script."""
_LABEL = rf"[^\-{_NO_LABEL}](?:[^{_NO_LABEL}]{{0,61}}[^\-{_NO_LABEL}])?"
_ONE_ADDRESS = re.compile(
    rf"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f-\x9f]{{1,64}}@(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+"
)
_FREE = frozenset(
    {
        "aol", "fastmail", "freenet", "gmail", "gmx", "googlemail", "hotmail", "icloud", "live", "mail",
        "mac", "me", "msn", "outlook", "pm", "posteo", "proton", "protonmail", "t-online", "web", "yahoo",
        "yandex", "ymail", "zoho", "mailbox", "tutanota", "hey", "terra", "orange", "free", "laposte",
    }
)  # fmt: skip


def one_address(text: str) -> str:
    """The address, if the text is just one and nothing else; otherwise an empty text."""
    address = text.strip()
    # Most people have none, and a start has no use for the pattern then.
    is_one = "@" in address and address.isprintable() and _ONE_ADDRESS.fullmatch(address)
    return address if is_one else ""


def domain_of(address: str) -> str:
    """What stands behind the ``@``, in small letters."""
    return address.rpartition("@")[2].casefold()


def is_free(address: str) -> bool:
    """Whether the address is of a provider where anybody may have a mailbox."""
    labels = domain_of(address).split(".")
    return len(labels) > 1 and (labels[-2] in _FREE or (len(labels) > 2 and labels[-3] in _FREE))


def is_no_reply(address: str) -> bool:
    """Whether nobody reads what is sent to the address."""
    from followup_desktop.services.capture.mail_words import robot  # no start reads an email

    return robot().search(address.partition("@")[0].casefold()) is not None


def is_of_a_team(address: str) -> bool:
    """Whether more than one person reads what is sent to the address, by its words: "jobs@", "hr.berlin@"."""
    from followup_desktop.services.capture.mail_words import shared_mailbox  # no start reads an email

    return any(map(shared_mailbox().match, re.split(r"[._+-]", address.partition("@")[0].casefold())))
