"""What an employer answers in an email: an interview, more time, an offer, a rejection, or only a receipt.

A language is a file in ``resources/replies``: words by which it is known, and patterns over the plain text
(``vocabulary.plain``: small letters without accents) of one sentence. ``strong`` ones say the answer;
``weak`` ones go along with it, and say nothing alone. What is hypothetical ("if you are selected") counts for
nothing. Where an email says two things at once, or none, the answer is that it can't be said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType
from typing import TypeAlias

from followup_desktop.resource_files import resources_dir
from followup_desktop.services.capture.dates_in_text import SaidWhen, clocks_in, days_in, offers_in
from followup_desktop.services.capture.mail_texts import own_text, sentences_of
from followup_desktop.services.capture.mails import Mail
from followup_desktop.services.capture.vocabulary import ENGLISH, DateWriting, plain

_TimesIn: TypeAlias = Callable[[str], list[SaidWhen]]

_LONGEST_SENTENCE = 700
_MOST_SENTENCES = 120
_SHORT = 600
"""So many letters has an answer of somebody who is away at most."""


class ReplyKind(StrEnum):
    """What they answer."""

    INTERVIEW = "interview"
    MORE_TIME = "more_time"
    OFFER = "offer"
    REJECTION = "rejection"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was understood; ``kind`` is ``None`` where it can't be said.

    ``sentence`` is the one it rests on, as it stands. ``day`` and ``clock`` are when the interview is or by
    when they answer, if there is one such; ``choices`` are the several times they propose.
    """

    kind: ReplyKind | None = None
    sentence: str = ""
    day: date | None = None
    clock: time | None = None
    choices: tuple[SaidWhen, ...] = ()


UNCLEAR = Reply()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    words: frozenset[str]
    hypothetical: tuple[re.Pattern[str], ...]
    general: tuple[re.Pattern[str], ...]
    turns: tuple[re.Pattern[str], ...]
    off: tuple[re.Pattern[str], ...]
    other: tuple[re.Pattern[str], ...]
    away: tuple[re.Pattern[str], ...]
    strong: Mapping[ReplyKind, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence that says an answer."""

    place: int
    sentence: str
    turns: bool
    """Whether it turns from one thing to another: "…, but …"."""
    is_possible: bool
    """Whether it holds only under a condition: "if there is a match"."""


def read_reply(mail: Mail, today: date, writing: DateWriting = ENGLISH) -> Reply:
    """What an email answers that was sent on ``today``; dates in figures stand as in the ``writing``."""
    own = own_text(mail.text)
    sentences = [each for each in sentences_of(own) if len(each) <= _LONGEST_SENTENCE][:_MOST_SENTENCES]
    language = _language_of(f"{mail.subject}\n{own}")
    heard = _heard(sentences, language) if language is not None else {}
    if language is None or _is_for_everyone(mail, own, language, is_answer=bool(heard)):
        return UNCLEAR
    # What is off, or only advertised, is no answer, unless a rejection goes along with it.
    is_off = any(_any(language.off, _bare(each)) for each in sentences)
    found = None if is_off and ReplyKind.REJECTION not in heard else _decided(heard)
    if found is None:
        return UNCLEAR
    kind, said = found
    reply = Reply(kind=kind, sentence=said.sentence)
    times_in = partial(_times_in, today=today, writing=writing)
    if kind is ReplyKind.MORE_TIME:
        after = sentences[said.place + 1 : said.place + 2]
        told = _with_their_day(reply, [said, *heard[kind]], after, times_in)
        # What only came in is no delay, however patient one is to be.
        receipts = heard.get(ReplyKind.RECEIPT, [])
        if receipts and (told.day is None or all(each.is_possible for each in heard[kind])):
            return Reply(kind=ReplyKind.RECEIPT, sentence=receipts[0].sentence)
        return told
    if kind is ReplyKind.INTERVIEW:
        return _with_appointment(reply, said, sentences, times_in)
    return reply


def _is_for_everyone(mail: Mail, own: str, language: _Language, *, is_answer: bool) -> bool:
    """Whether a program wrote it to whoever writes, or to everyone who is on a list.

    An answer may have the small print of such a list.
    """
    head, bare = plain(mail.subject), plain(own)
    is_away = _any(language.away, head) or (_any(language.away, bare) and len(bare) <= _SHORT)
    is_list = _any(language.other, head) or (not is_answer and _any(language.other, bare))
    return mail.is_automatic or mail.is_bulk or is_away or is_list


def _bare(sentence: str) -> str:
    """The plain sentence without its full stops, those of dates and short words too."""
    return plain(sentence).replace(".", " ")


def _heard(sentences: list[str], language: _Language) -> dict[ReplyKind, list[_Heard]]:
    """The sentences that say each answer, but for what is only possible, or said of candidates at all."""
    heard: dict[ReplyKind, list[_Heard]] = {}
    for place, sentence in enumerate(sentences):
        bare = _bare(sentence)
        if _any(language.off, bare):
            continue
        is_possible, is_general = _any(language.hypothetical, bare), _any(language.general, bare)
        for kind, patterns in language.strong.items():
            # That more time is needed, or something came in, is so whatever else may be.
            is_fact = kind in {ReplyKind.MORE_TIME, ReplyKind.RECEIPT}
            counts = is_fact or not (is_possible or (is_general and kind is not ReplyKind.REJECTION))
            if counts and _any(patterns, bare):
                turns = _any(language.turns, bare)
                heard.setdefault(kind, []).append(_Heard(place, sentence, turns, is_possible))
    return heard


def _decided(heard: Mapping[ReplyKind, list[_Heard]]) -> tuple[ReplyKind, _Heard] | None:
    """The answer and its first sentence; none where there is no answer, or there are two."""
    no, offer, interview = (
        heard.get(kind, []) for kind in (ReplyKind.REJECTION, ReplyKind.OFFER, ReplyKind.INTERVIEW)
    )
    if no:
        # What is refused ("unable to offer you the role") is named in the same sentence, without a turn.
        places = {each.place for each in no}
        yes = [each for each in (*offer, *interview) if each.place not in places or each.turns]
        return None if yes else (ReplyKind.REJECTION, no[0])
    for kind in (ReplyKind.OFFER, ReplyKind.INTERVIEW, ReplyKind.MORE_TIME, ReplyKind.RECEIPT):
        if found := heard.get(kind):
            return kind, found[0]
    return None


def _with_their_day(reply: Reply, heard: Sequence[_Heard], after: Sequence[str], times_in: _TimesIn) -> Reply:
    """The reply with the day by which they answer, and the sentence that names it.

    That is one of those that say that it takes longer, or the one ``after``, if it names a single day.
    """
    for each in heard:
        if days := times_in(each.sentence):
            return replace(reply, sentence=each.sentence, day=days[-1].day)
    for sentence in after:
        if len(days := times_in(sentence)) == 1:
            return replace(reply, sentence=sentence, day=days[0].day)
    return reply


def _with_appointment(reply: Reply, said: _Heard, sentences: Sequence[str], times_in: _TimesIn) -> Reply:
    """The reply with the day of its sentence or of another, or with the several that they propose."""
    order = sorted(enumerate(sentences), key=lambda each: (each[0] != said.place, each[0]))
    choices = dict.fromkeys(when for _place, sentence in order for when in times_in(sentence))
    exact = [when for when in choices if when.is_exact]
    timed = [when for when in exact if when.clock is not None] or exact
    if len(timed) == 1:
        return replace(reply, day=timed[0].day, clock=timed[0].clock)
    return replace(reply, choices=tuple(timed))


def _times_in(sentence: str, today: date, writing: DateWriting) -> list[SaidWhen]:
    """The times that a sentence offers; else its days, with their time of day or that of the sentence."""
    if offered := offers_in(sentence, today, writing):
        return offered
    days, clocks = days_in(sentence, today, writing), clocks_in(sentence)
    if len(days) == 1 and days[0].clock is None and clocks:
        return [replace(days[0], clock=clocks[0])]
    return days


def _language_of(text: str) -> _Language | None:
    words = re.findall(r"\w+", plain(text))
    counts = [(sum(word in language.words for word in words), language) for language in _languages()]
    most, found = max(counts, key=lambda each: each[0])
    return found if most else None


@cache
def _languages() -> tuple[_Language, ...]:
    files = sorted((resources_dir() / "replies").glob("*.json"))
    return tuple(_read(json.loads(file.read_text(encoding="utf-8"))) for file in files)


def _read(table: Mapping[str, object]) -> _Language:
    def patterns(found: object) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(each) for each in found) if isinstance(found, list) else ()

    strong = {}
    for kind in ReplyKind:
        rules = table[kind]
        strong[kind] = patterns(rules.get("strong") if isinstance(rules, dict) else None)
    words = table["words"]
    return _Language(
        words=frozenset(words if isinstance(words, list) else ()),
        hypothetical=patterns(table["hypothetical"]),
        general=patterns(table["general"]),
        turns=patterns(table["turns"]),
        off=patterns(table["off"]),
        other=patterns(table["other"]),
        away=patterns(table["away"]),
        strong=MappingProxyType(strong),
    )


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
