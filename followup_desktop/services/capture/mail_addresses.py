"""What an email address tells: whether it is one, of whose domain, and whether a person reads it."""

from __future__ import annotations

import re

_NO_LABEL = r"\s\x00-,./:-@[-`{-\x9f"
"""What no part of a domain contains: of ASCII it has letters, digits and hyphens alone, else any script."""
_LABEL = rf"[^\-{_NO_LABEL}](?:[^{_NO_LABEL}]{{0,61}}[^\-{_NO_LABEL}])?"
_ONE_ADDRESS = re.compile(
    rf"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f-\x9f]{{1,64}}@(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+"
)
_ROBOT = re.compile(
    r"(?:^|[._+-])(?:no[._-]?reply|do[._-]?not[._-]?reply|no[._-]?responder|nicht[._-]?antworten|ne[._-]?pas[._-]?repondre|mailer-daemon|notifications?|notify|bot|"
    r"notetaker|scheduler|scheduling|calendar|invites?|events?|automated|robot|assistant)(?:$|[._+-])"
)
_OF_A_TEAM = re.compile(
    r"^(?:recruiting|recruitment|recruiters?|careers?|jobs?|vacanc(?:y|ies)|applications?|apply|hr|humanresources|"
    r"talent|talentacquisition|people|hiring|interviews?|personal(?:abteilung)?|bewerbung(?:en)?|karriere|jobboerse|"
    r"rrhh|rh|seleccion|empleos?|trabajo|recursoshumanos|recrutement|candidatures?|emplois?|carrieres?|info|"
    r"contacto?|kontakt|team|committee|office|admin|support|hello|hola|bonjour)$"
)
"""A word in the name of a mailbox that several people read."""
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
    return address if address.isprintable() and _ONE_ADDRESS.fullmatch(address) else ""


def domain_of(address: str) -> str:
    """What stands behind the ``@``, in small letters."""
    return address.rpartition("@")[2].casefold()


def is_free(address: str) -> bool:
    """Whether the address is of a provider where anybody may have a mailbox."""
    labels = domain_of(address).split(".")
    return len(labels) > 1 and (labels[-2] in _FREE or (len(labels) > 2 and labels[-3] in _FREE))


def is_no_reply(address: str) -> bool:
    """Whether nobody reads what is sent to the address."""
    return _ROBOT.search(address.partition("@")[0].casefold()) is not None


def is_of_a_team(address: str) -> bool:
    """Whether more than one person reads what is sent to the address, by its words: "jobs@", "hr.berlin@"."""
    return any(map(_OF_A_TEAM.match, re.split(r"[._+-]", address.partition("@")[0].casefold())))
