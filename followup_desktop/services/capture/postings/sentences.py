"""What sentences of a posting or an email say of who hires whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from followup_desktop.services.capture.postings.fields_of_work import is_city
from followup_desktop.services.capture.postings.guess import BY_NAME, EMPLOYER, Suggestion, Trust, values_of
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.mails import (
    is_agency,
    read_header,
    read_sentence,
    read_subject,
)
from followup_desktop.services.capture.postings.names import NOBODY, is_role

_WANTED = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting) (?:an?|our next|another)\s"
    r"(?P<role>[^.,!?;:(]{3,60}?)(?:\s\(|\s(?:to|who|for|with|in|based|and)\b|[.,!?;:]|$)",
    re.IGNORECASE,
)
_WHO_HIRES = re.compile(
    r"(?:^|[.!?,]\s|\b(?:that|saw)\s)(?P<employer>[A-Z][\w&'’-]*(?:\s[A-Z&][\w&'’-]*){0,4})(?:\sin\s(?P<location>[A-Z][\w-]*))?"
    r"\s(?:is|are)\s(?:now\s|currently\s)?"
    r"(?:hiring|looking for|seeking|recruiting)\s(?:for\s)?(?:an?|our next|another)\b"
)
_WHO_SEARCHES = re.compile(
    r"(?:^|[.!?]\s)(?:(?:Die|Der|Das|La|El|Le|Les|Los|Las)\s|L['’])?"
    r"(?P<employer>[A-ZÀ-Þ][\w&.'’-]*(?:\s(?:&\s|der\s|des\s|de\s|del\s|für\s|und\s|y\s|et\s)?"
    r"[A-ZÀ-Þ0-9][\w&.'’-]*){0,5})"
    r"(?:\sin\s(?P<location>[A-ZÀ-Þ][\w-]*))?,?\s(?:sucht|busca|selecciona|precisa|recrute|recherche)\b"
)
"""In German, Spanish and French: "Die Gemeinde Ostermoor sucht", "Cobalt & Sel recrute"."""
_EMPLOYER = (
    r"(?P<employer>[A-ZÀ-Þ][\w&.'’-]*(?:\s(?:&\s|der\s|des\s|de\s|del\s|la\s|für\s|und\s|y\s|et\s)?"
    r"[A-ZÀ-Þ0-9][\w&.'’-]*){0,5})"
)
_ARTICLE = r"(?:an?|our next|eine?n?(?:/n|/r|\(n\)|\(r\))?|une?(?:\(e\)|/une)?|un[ao]?(?:/a)?|des|mehrere)\s"
_SOUGHT = (
    rf"(?:{_ARTICLE})?(?P<role>[^.,!?;()]{{3,60}}?(?:\s\([mwfdxh/]+\))?)"
    r"(?:\s(?:in|à|en)\s"
    r"(?P<location>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}(?:,\s[A-Z]{2}\b)?))?"
    r"(?=\s(?:in|im|à|en|to|who|for|with|based|and|für|zur|zum|mit|ab|am|bei|an|der|die|das|und|para|con|que|"
    r"y|pour|avec|dans|chez|qui|et|sur|\()|[.,!?;(]|$)"
)
_LATELY = (
    r"(?:(?:ab|zum|zur)\s(?:sofort(?:\soder später)?|nächstmöglichen (?:Zeitpunkt|Termin))\s|sofort\s|"
    r"aktuell\s|derzeit\s|ahora\s|actuellement\s|currently\s)?"
)
_WE_SEEK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Jj]oin|[Kk]omm(?:en Sie)? zu|[Rr]ejoins|[Rr]ejoignez|[ÚU]nete a|únete a)\s{_EMPLOYER}\s"
        rf"(?:as|als|comme|en tant que|como)\s{_SOUGHT}",
        rf"\b[Aa]t\s{_EMPLOYER},?\s[Ww]e(?:['’]re|\sare)\s(?:looking for|hiring|seeking|recruiting)\s"
        rf"{_SOUGHT}",
        rf"\b(?:[Ee]n|[Dd]esde|[Ss]omos)\s{_EMPLOYER},?\s(?:y\s)?(?:buscamos|estamos buscando|necesitamos|"
        rf"seleccionamos|contratamos)\s{_LATELY}{_SOUGHT}",
        rf"\b[Cc]hez\s{_EMPLOYER},?\s(?:nous|on)\s(?:recherch(?:ons|e)|recrut(?:ons|e)|cherch(?:ons|e))\s"
        rf"{_LATELY}{_SOUGHT}",
        rf"\b[Nn]ous,\s(?:(?:la|le|les)\s|l['’])?{_EMPLOYER},\s(?:recherchons|recrutons|cherchons)\s"
        rf"{_LATELY}{_SOUGHT}",
        rf"\b(?:[Bb]ei|[Bb]eim)\s{_EMPLOYER}\ssuchen wir\s{_LATELY}{_SOUGHT}",
        rf"\b[Ww]ir(?:\s(?:bei|von)\s|\ssind\s(?:die|der|das)?\s?|,\s(?:die|der|das)\s){_EMPLOYER},?\s"
        rf"(?:und\s)?suchen\s{_LATELY}{_SOUGHT}",
    )
)
"""Where a firm speaks of itself as "we", and says whom it wants: "Wir, die Bäckerei Kern, suchen …"."""
_NO_EMPLOYER = re.compile(
    r"\b(?:wir|er|sie|man|unsere?|kund\w+|mandant\w*|team|firma|unternehmen|se|nuestr\w+|client\w*|equipo|"
    r"empresa|importante|nous|on|il|elle|notre|entreprise|société|équipe)\b",
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    r"\b[Ww]e(?:['’]re|\sare)\s(?P<employer>[A-Z][\w&’-]*(?<!ing)(?:\s[A-Z&][\w&’-]*){0,3})"
    r"(?=\s?(?:[,.!–—]|\W?\s?,|\san?\s|\W{1,2},))"
)
_ABOUT = re.compile(r"^(?i:about|acerca de|sobre|über)\s+(?P<employer>[A-Z0-9][^.:!?]{1,40})$")


_NAME = r"(?P<employer>[A-Z][\w&’-]*(?:\s(?:&\s)?[A-Z][\w&’-]*){0,3})"
_SPOKEN_OF = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Aa]t|[Jj]oin(?:ing)?)\s{_NAME}(?=[\s,.!?]|$)",
        rf"^{_NAME}(?:'s|’s)\s[a-z]",
        rf"^{_NAME}\s(?:is|has|was|[a-z]{{3,}}(?:es|s))\s[a-z0-9]",
        rf"^{_NAME}\s(?:home page|careers)$",
    )
)
"""Where a sentence speaks of a company by its name: "At Acme", "Acme's software", "Acme makes"."""


def from_talk(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    """The name of which a posting that has no other speaks in several places; one alone is possible."""
    found: dict[str, list[Suggestion]] = {}
    for line in lines:
        for pattern in _SPOKEN_OF:
            for match in pattern.finditer(line.text):
                if not NOBODY.match(match["employer"]) and not is_role(match["employer"]):
                    for each in values_of(line, match, BY_NAME, Trust.POSSIBLE):
                        found.setdefault(match["employer"], []).append(each)
    counts = sorted((len(said) for said in found.values()), reverse=True)
    for said in found.values():
        is_sure = len(said) > 1 and len(said) == counts[0] and counts.count(counts[0]) == 1
        yield replace(said[0], trust=Trust.GUESS) if is_sure else said[0]


def from_mail(head: Iterable[PostingLine], sentences: Iterable[PostingLine]) -> Iterator[Suggestion]:
    """The sender and the subject of an email, and the sentence that thanks for the application.

    Whom a sentence names counts more than who wrote: that may be an agency.
    """
    head, sentences = list(head), list(sentences)
    said = [*_read_by(read_sentence, sentences), *_read_by(read_subject, head)]
    is_for_others = is_agency(head, sentences)
    names = {str(each.value).casefold() for each in said if each.field == EMPLOYER}
    yield from said
    for each in _read_by(read_header, head):
        is_other = names and str(each.value).casefold() not in names
        is_unsure = each.field == EMPLOYER and (is_other or is_for_others)
        yield replace(each, trust=Trust.POSSIBLE) if is_unsure else each


def _read_by(
    read: Callable[[str], Iterator[tuple[str, str, int]]], lines: Iterable[PostingLine]
) -> Iterator[Suggestion]:
    for line in lines:
        for field, value, place in read(line.text):
            start = line.start + max(place, 0)
            end = start + len(value) if place >= 0 else line.start + len(line.text)
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)


def _can_seek(name: str) -> bool:
    """Whether it is a firm that says "we", and not where or when somebody seeks."""
    is_other = NOBODY.match(name) or _NO_EMPLOYER.search(name) or _WHEN.match(name)
    return not (is_other or is_city(name))


_WHEN = re.compile(
    r"(?:christmas|easter|navidad|semana santa|weihnachten|ostern|noël|pâques|present|last)\b", re.I
)


def from_sentences(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    for line in lines:
        if found := _ABOUT.match(line.text):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
        if (found := _WHO_HIRES.search(line.text)) and not NOBODY.match(found["employer"]):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
        for pattern in (_WHO_SEARCHES, _WE_ARE):
            found = pattern.search(line.text)
            if found and not NOBODY.match(found["employer"]) and not _NO_EMPLOYER.search(found["employer"]):
                yield from values_of(line, found, BY_NAME, Trust.GUESS)
        for pattern in _WE_SEEK:
            found = pattern.search(line.text)
            if found and is_role(found["role"]) and _can_seek(found["employer"]):
                yield from values_of(line, found, BY_NAME, Trust.GUESS)
        found = _WANTED.search(line.text)
        if found and is_role(found["role"]):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
