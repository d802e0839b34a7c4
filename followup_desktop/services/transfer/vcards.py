"""People from address books: vCard 2.1, 3.0 and 4.0, as iPhones, Google and Outlook write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.i18n import _
from followup_desktop.services.progress import counting_of
from followup_desktop.services.transfer.content_lines import Component, ContentLine, read_components

_NO_PHONES = frozenset({"FAX", "PAGER", "MODEM", "BBS", "TELEX", "TEXTPHONE"})
_FAMILY, _GIVEN, _MIDDLE, _PREFIX, _SUFFIX = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class VCard:
    """A person of an address book; ``number`` counts the cards of the file from 1.

    ``also`` are the other email addresses and phone numbers, those that its notes don't name. ``why_not``
    says why a card is of no person that can be taken, and is empty for any other.
    """

    number: int
    name: str
    employer: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    notes: str = ""
    also: tuple[str, ...] = ()
    uid: str = ""
    why_not: str = ""


def read_cards(data: bytes, on_progress: OnProgress = ignore_progress) -> tuple[VCard, ...]:
    """The people of a file, in its order; ``Refused`` if there is no card in it, or none that is whole.

    ``on_progress`` can end the work.
    """
    cards = read_components(data, "VCARD")
    if not cards:
        raise Refused(_("There's no contact in this file."))
    if not any(card.is_whole for card in cards):
        raise Refused(_("This address book is cut off in the middle of a contact. Export it again."))
    return tuple(_card(number, card) for number, card in enumerate(counting_of(0, cards, on_progress), 1))


def _card(number: int, card: Component) -> VCard:
    name = _name(card)
    why_not = ""
    kinds = {card.text("KIND").upper(), card.text("X-ADDRESSBOOKSERVER-KIND").upper()}
    if not card.is_whole:
        why_not = _("The file is cut off in this contact.")
    elif "GROUP" in kinds:
        why_not = _("This is a group, not a person.")
    elif not name:
        why_not = _("This contact has no name.")
    emails = list(_ranked(card.all("EMAIL"), _email_rank, lambda text: text.removeprefix("mailto:")))
    phones = list(_ranked(card.all("TEL"), _phone_rank, _phone))
    notes = "\n".join(filter(None, (line.text for line in card.all("NOTE"))))
    return VCard(
        number=number,
        name=name,
        employer=_one_line(_first_part(card, "ORG")),
        title=_one_line(card.text("TITLE") or card.text("ROLE")),
        email=next(iter(emails), ""),
        phone=next(iter(phones), ""),
        url=next(_ranked(card.all("URL"), _email_rank), ""),
        notes=notes,
        also=tuple(each for each in (*emails[1:], *phones[1:]) if each not in notes),
        uid=card.text("UID"),
        why_not=why_not,
    )


def _name(card: Component) -> str:
    """The name as it is shown; else made of its parts, else the nickname, the firm or the address."""
    if shown := _one_line(card.text("FN")):
        return shown
    line = card.first("N")
    if line is not None:
        parts = [*line.parts(), "", "", "", "", ""]
        order = (_PREFIX, _GIVEN, _MIDDLE, _FAMILY, _SUFFIX)
        if made := _one_line(" ".join(parts[place] for place in order)):
            return made
    return next(
        filter(None, (_one_line(card.text(name)) for name in ("NICKNAME", "EMAIL"))),
        _one_line(_first_part(card, "ORG")),
    )


def _first_part(card: Component, name: str) -> str:
    line = card.first(name)
    return line.parts()[0] if line is not None else ""


def _ranked(
    lines: Sequence[ContentLine],
    rank: Callable[[ContentLine], int | None],
    bare: Callable[[str], str] = str,
) -> Iterator[str]:
    """The texts of the lines from the lowest rank on, each once; those without a rank don't count."""
    ranked = [(place, line) for line in lines if (place := rank(line)) is not None]
    seen = set()
    for _place, line in sorted(ranked, key=lambda each: each[0]):
        text = bare(_one_line(line.text))
        if text and text.casefold() not in seen:
            seen.add(text.casefold())
            yield text


def _preference(line: ContentLine) -> int:
    """0 for what is preferred, in any version's way of saying so; 100 for what is not."""
    if "PREF" in line.types:
        return 0
    number = line.parameters.get("PREF", "")
    return int(number) if number.isdecimal() and len(number) < 4 else 100


def _email_rank(line: ContentLine) -> int:
    """What is preferred comes first, then what is of work, and of home last."""
    return _preference(line) * 10 + (0 if "WORK" in line.types else 2 if "HOME" in line.types else 1)


def _phone_rank(line: ContentLine) -> int | None:
    """What is preferred comes first, then a mobile phone, then one of work; a fax never."""
    if line.types & _NO_PHONES:
        return None
    kinds = (line.types & {"CELL", "IPHONE"}, line.types & {"WORK"}, not line.types & {"HOME"})
    return _preference(line) * 10 + next((place for place, is_so in enumerate(kinds) if is_so), len(kinds))


def _phone(text: str) -> str:
    return text[4:].partition(";")[0] if text.lower().startswith("tel:") else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
