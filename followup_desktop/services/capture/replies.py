"""What an employer answers in an email: an interview, that it is off, more time, an offer, a no, a receipt.

A language is a file in ``resources/replies``: words by which it is known, and patterns over the plain text
(``vocabulary.plain``: small letters without accents) of one sentence; ``<day>`` in them is the file's
``day``. What is hypothetical ("if you are selected") counts for nothing, nor do days of other matters: for an
interview by when to reply, for more time when the interview is, or when they are open again. Where an email
says two things at once, or none, or the rest of it speaks against the sentence, the answer is that it can't
be said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, time
from enum import StrEnum
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from followup_desktop.domain.model import InterviewKind
from followup_desktop.services.capture.dates_in_text import (
    SaidWhen,
    clocks_in,
    days_in,
    offers_in,
    with_zones,
)
from followup_desktop.services.capture.interview_kinds import said_kind
from followup_desktop.services.capture.join_links import join_link
from followup_desktop.services.capture.language_files import (
    check_keys,
    compiled,
    faults_in,
    filled,
    read_all,
    text_at,
    texts_at,
)
from followup_desktop.services.capture.mail_texts import own_text, sentences_of
from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.said_zones import SaidZone
from followup_desktop.services.capture.vocabulary import ENGLISH, DateWriting, plain, plain_pattern

_TimesIn: TypeAlias = Callable[[str], list[SaidWhen]]

_FILES = "replies/*.json"
_LONGEST_SENTENCE = 700
_MOST_SENTENCES = 120
_CLAUSE_END = re.compile(r"[,;:]| [-–—] ")
_FIRST = 4
"""Among so many sentences a receipt says so; what is received further down is something else."""
_SHORT = 600
"""So many letters has an answer of somebody who is away at most."""


class ReplyKind(StrEnum):
    """What they answer."""

    INTERVIEW = "interview"
    CALLED_OFF = "called_off"
    MORE_TIME = "more_time"
    OFFER = "offer"
    REJECTION = "rejection"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was understood; ``kind`` is ``None`` where it can't be said.

    ``sentence`` is the one it rests on, as it stands. ``day`` and ``clock`` are when the interview is or by
    when they answer, if there is one such, in the ``zone`` that they name; ``choices`` are the several times
    they propose, ``is_moved`` whether they are in place of another, which is off. ``location`` is the link by
    which one joins the interview, ``form`` what they call it ("on Zoom"). ``is_of_work`` is whether anything
    in the email is of a job or of applying: to the cinema one is invited in such words, too.
    """

    kind: ReplyKind | None = None
    sentence: str = ""
    day: date | None = None
    clock: time | None = None
    zone: SaidZone | None = None
    choices: tuple[SaidWhen, ...] = ()
    is_moved: bool = False
    location: str = ""
    form: InterviewKind | None = None
    is_of_work: bool = False


UNCLEAR = Reply()
_NOT_IF_NEGATED = frozenset({ReplyKind.OFFER, ReplyKind.INTERVIEW, ReplyKind.RECEIPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class _LanguagePatterns:
    words: frozenset[str]
    hypothetical: tuple[re.Pattern[str], ...]
    general: tuple[re.Pattern[str], ...]
    negations: tuple[re.Pattern[str], ...]
    no_refusal: tuple[re.Pattern[str], ...]
    joins: tuple[re.Pattern[str], ...]
    unreal: tuple[re.Pattern[str], ...]
    asides: tuple[re.Pattern[str], ...]
    farewell: tuple[re.Pattern[str], ...]
    events: tuple[re.Pattern[str], ...]
    others: tuple[re.Pattern[str], ...]
    turns: tuple[re.Pattern[str], ...]
    off: tuple[re.Pattern[str], ...]
    moved_to: tuple[re.Pattern[str], ...]
    withdrawal: tuple[re.Pattern[str], ...]
    new_time: tuple[re.Pattern[str], ...]
    declined: tuple[re.Pattern[str], ...]
    other: tuple[re.Pattern[str], ...]
    away: tuple[re.Pattern[str], ...]
    not_before: tuple[re.Pattern[str], ...]
    absence: tuple[re.Pattern[str], ...]
    other_days: tuple[re.Pattern[str], ...]
    other_matters: tuple[re.Pattern[str], ...]
    usual: tuple[re.Pattern[str], ...]
    thanks: tuple[re.Pattern[str], ...]
    late: tuple[re.Pattern[str], ...]
    papers: tuple[re.Pattern[str], ...]
    regret: tuple[re.Pattern[str], ...]
    meeting: tuple[re.Pattern[str], ...]
    work: tuple[re.Pattern[str], ...]
    vague: tuple[re.Pattern[str], ...]
    says: Mapping[ReplyKind, tuple[re.Pattern[str], ...]]


_PATTERNS = tuple(each.name for each in fields(_LanguagePatterns) if each.name not in {"words", "says"})
_LISTS = {"words", "day", *_PATTERNS, *ReplyKind} - {ReplyKind.CALLED_OFF}
"""What a file may have; that an interview is off is in ``off``."""


@dataclass(frozen=True, slots=True)
class _AnswerSentence:
    """A sentence that says an answer."""

    place: int
    sentence: str
    turns: bool
    """Whether it turns from one thing to another: "…, but …"."""
    is_possible: bool
    """Whether it holds only under a condition, "if there is a match", or is always so: "within two weeks"."""


def read_reply(mail: ReceivedMail, today: date, writing: DateWriting = ENGLISH) -> Reply:
    """What an email answers that was sent on ``today``; dates in figures stand as in the ``writing``."""
    own = own_text(mail.text)
    sentences = [each for each in sentences_of(own) if len(each) <= _LONGEST_SENTENCE][:_MOST_SENTENCES]
    language = _language_of(own) or _language_of(mail.subject)
    heard = _heard(sentences, language) if language is not None else {}
    if language is None or _is_no_answer(mail, own, language, is_heard=bool(heard)):
        return UNCLEAR
    times_in = partial(_times_in, language=language, today=today, writing=writing, written=own)
    meetings = [_without(language.other_days, each) for each in sentences]
    is_of_work = not language.work or _any(language.work, plain(f"{mail.subject} {own}"))
    off = [place for place, each in enumerate(sentences) if _is_off(_bare(each), language)]
    if off and ReplyKind.REJECTION not in heard:
        reply = _called_off(sentences, off, heard, language, times_in)
        return replace(reply, location=join_link(own) if reply.is_moved else "", is_of_work=is_of_work)
    found = _decided(heard)
    if found is None and not heard:
        found = _proposed(sentences, meetings, times_in)
    if found is None:
        return UNCLEAR
    kind, said = found
    reply = Reply(kind=kind, sentence=said.sentence, is_of_work=is_of_work)
    if kind is ReplyKind.INTERVIEW:
        reply = _with_appointment(reply, said, meetings, times_in)
        reply = replace(reply, location=join_link(own), form=said_kind(" ".join(sentences)))
    elif kind is ReplyKind.MORE_TIME:
        reply = _more_time(reply, heard, sentences, language, times_in)
    if _is_doubtful(
        reply, said, heard, sentences, language, names_time=partial(_names_time, meetings, times_in)
    ):
        return UNCLEAR
    is_told = reply.day is not None or bool(reply.choices)
    is_about_meeting = is_told or _any(language.meeting, plain(f"{mail.subject} {own}"))
    if kind is ReplyKind.INTERVIEW and not is_about_meeting:
        return UNCLEAR
    return reply


def _proposed(
    sentences: Sequence[str], meetings: Sequence[str], times_in: _TimesIn
) -> tuple[ReplyKind, _AnswerSentence] | None:
    """The interview that a question proposes whose verb isn't known, by the day and time in it."""
    for place, (sentence, meeting) in enumerate(zip(sentences, meetings, strict=True)):
        if sentence.endswith("?") and _exact(times_in(meeting)):
            return ReplyKind.INTERVIEW, _AnswerSentence(place, sentence, turns=False, is_possible=False)
    return None


def _called_off(
    sentences: Sequence[str],
    off: Sequence[int],
    heard: Mapping[ReplyKind, Sequence[_AnswerSentence]],
    language: _LanguagePatterns,
    times_in: _TimesIn,
) -> Reply:
    """The interview that is off, with its day, or with the time to which it is moved or may be.

    Of a role that is off nothing follows, nor where it is only asked whether the interview may be off.
    """
    said = [place for place in off if _any(language.meeting, _bare(sentences[place]))]
    if not said or ReplyKind.OFFER in heard:
        return UNCLEAR
    proposed = {each.place for each in heard.get(ReplyKind.INTERVIEW, ())}
    told: list[tuple[str, SaidWhen]] = []
    for place, sentence in enumerate(sentences):
        if place in said:
            told += [(sentence, when) for when in _moved_to(sentence, language, times_in)]
        elif place in proposed or sentence.endswith("?") or _any(language.new_time, _bare(sentence)):
            meeting = _without(language.other_days, sentence)
            told += [(sentence, when) for when in _exact(times_in(meeting))]
    if told:
        timed = [each for each in told if each[1].clock is not None]
        told = timed or told
        times = tuple(dict.fromkeys(when for _sentence, when in told))
        reply = Reply(kind=ReplyKind.INTERVIEW, sentence=told[0][0], is_moved=True)
        if len(times) > 1:
            return replace(reply, choices=times)
        return replace(reply, day=times[0].day, clock=times[0].clock, zone=times[0].zone)
    sure = next((sentences[place] for place in said if not sentences[place].endswith("?")), None)
    if sure is None:
        return UNCLEAR
    day = next((when.day for when in times_in(sure) if when.is_exact), None)
    return Reply(kind=ReplyKind.CALLED_OFF, sentence=sure, day=day)


def _moved_to(sentence: str, language: _LanguagePatterns, times_in: _TimesIn) -> list[SaidWhen]:
    """The times to which a sentence moves an interview, or its day alone: behind the last "to" before one."""
    text = plain(sentence)
    starts = sorted({found.end() for each in language.moved_to for found in each.finditer(text)})
    behind = [[when for when in times_in(text[start:]) if when.is_exact] for start in reversed(starts)]
    timed = [each for each in map(_exact, behind) if each]
    return next(iter(timed), []) or next(([times[0]] for times in behind if times), [])


def _exact(times: Iterable[SaidWhen]) -> list[SaidWhen]:
    """The times that are a day with its time of day."""
    return [when for when in times if when.is_exact and when.clock is not None]


def _is_off(bare: str, language: _LanguagePatterns) -> bool:
    """Whether a plain sentence says that an interview or a role is off, and not that it may be."""
    found = [said for each in language.off if (said := each.search(bare)) is not None]
    return any(
        not _any((*language.asides, *language.negations), bare[: each.start()])
        and not _any(language.hypothetical, bare[: each.end()])
        for each in found
    )


def _names_time(meetings: Sequence[str], times_in: _TimesIn) -> bool:
    """Whether an email names a day ahead with its time of day."""
    return any(_exact(times_in(each)) for each in meetings)


def _is_doubtful(
    reply: Reply,
    said: _AnswerSentence,
    heard: Mapping[ReplyKind, Sequence[_AnswerSentence]],
    sentences: Sequence[str],
    language: _LanguagePatterns,
    *,
    names_time: Callable[[], bool],
) -> bool:
    """Whether the rest of an email speaks against what a sentence of it says."""
    bare = [_bare(each) for each in sentences]

    def has(patterns: tuple[re.Pattern[str], ...]) -> bool:
        return any(_any(patterns, each) for each in bare)

    is_told = reply.day is not None or bool(reply.choices)
    says_it = {each.place for each in heard.get(reply.kind or ReplyKind.RECEIPT, ())}
    regrets = {place for place, each in enumerate(bare) if _any(language.regret, each)}
    is_perhaps_no = has(language.farewell) or (not is_told and bool(regrets - says_it))
    match reply.kind:
        case ReplyKind.REJECTION:
            # What they regret may be something else: "Unfortunately we can't pay for your journey."
            return said.place in regrets and (ReplyKind.RECEIPT in heard or names_time())
        case ReplyKind.OFFER:
            return is_perhaps_no or has(language.others)
        case ReplyKind.INTERVIEW:
            is_of_a_delay = any(each.place == said.place for each in heard.get(ReplyKind.MORE_TIME, ()))
            is_asked = is_told or said.sentence.endswith("?")
            is_of_a_receipt = ReplyKind.RECEIPT in heard and not is_asked
            is_elsewhere = has(language.others) or has(language.events)
            return is_perhaps_no or is_elsewhere or is_of_a_delay or is_of_a_receipt
        case _:
            delays, is_delay = heard.get(ReplyKind.MORE_TIME, ()), reply.kind is ReplyKind.MORE_TIME
            is_late = said.place >= _FIRST or has(language.not_before) or has(language.others)
            is_received = ReplyKind.RECEIPT in heard and not _is_late(delays, language)
            is_always_so = is_received or all(each.is_possible for each in delays)
            is_other = is_always_so if is_delay else is_late
            asks = any(each.endswith("?") for each in sentences)
            return is_perhaps_no or is_other or asks or names_time()  # perhaps an invitation


def _more_time(
    reply: Reply,
    heard: Mapping[ReplyKind, Sequence[_AnswerSentence]],
    sentences: Sequence[str],
    language: _LanguagePatterns,
    times_in: _TimesIn,
) -> Reply:
    """The delay with its day; or the receipt: what only came in is no delay, however patient one is to be."""
    delays = heard[ReplyKind.MORE_TIME]
    last = delays[0].place + 1

    def theirs(sentence: str) -> list[SaidWhen]:
        return times_in(_without(language.other_matters, sentence))

    told = _with_their_day(reply, delays, sentences[last : last + 1], theirs, language.vague)
    is_general = all(each.is_possible for each in delays)
    receipts = [each.sentence for each in heard.get(ReplyKind.RECEIPT, ())]
    if is_general:
        receipts += [each for each in sentences if _any(language.thanks, _bare(each))]
    both = {each.place for each in delays} & {each.place for each in heard.get(ReplyKind.RECEIPT, ())}
    if _is_late(delays, language):
        return told
    if receipts and (told.day is None or is_general or both):  # "we received it and will be in touch by …"
        return replace(reply, kind=ReplyKind.RECEIPT, sentence=receipts[0])
    return told


def _is_late(delays: Sequence[_AnswerSentence], language: _LanguagePatterns) -> bool:
    """Whether they say that their answer comes later than it was to, and not just by when."""
    return any(_any(language.late, _bare(each.sentence)) for each in delays)


def _is_no_answer(mail: ReceivedMail, own: str, language: _LanguagePatterns, *, is_heard: bool) -> bool:
    """Whether a program wrote it to whoever writes, or to everyone who is on a list; or to who withdrew.

    Where something of an answer is heard, it may have the small print of such a list.
    """
    head, bare = plain(mail.subject), plain(own)
    is_away = _any(language.away, head) or (_any(language.away, bare) and len(bare) <= _SHORT)
    is_list = _any(language.other, head) or (not is_heard and _any(language.other, bare))
    return mail.is_automatic or mail.is_bulk or is_away or is_list or _any(language.withdrawal, bare)


def _bare(sentence: str) -> str:
    """The plain sentence without its full stops, those of dates and short words too."""
    return plain(sentence).replace(".", " ")


def _heard(sentences: list[str], language: _LanguagePatterns) -> dict[ReplyKind, list[_AnswerSentence]]:
    """The sentences that say each answer, but for what is only possible, or said of candidates at all."""
    heard: dict[ReplyKind, list[_AnswerSentence]] = {}
    for place, sentence in enumerate(sentences):
        bare = _bare(sentence)
        is_off = _is_off(bare, language)
        is_possible, is_general = _any(language.hypothetical, bare), _any(language.general, bare)
        for kind, patterns in language.says.items():
            # A role that is off may be refused in the same breath; of a meeting that is off nothing follows.
            if is_off and (kind is not ReplyKind.REJECTION or _any(language.meeting, bare)):
                continue
            # That more time is needed, or something came in, is so whatever else may be.
            is_fact = kind in {ReplyKind.MORE_TIME, ReplyKind.RECEIPT}
            counts = is_fact or not (is_possible or (is_general and kind is not ReplyKind.REJECTION))
            text = bare
            if kind is ReplyKind.MORE_TIME:
                text = _bare(_without(language.other_matters, sentence))
            elif kind is ReplyKind.REJECTION:
                text = _without_no_refusal(_bare(_without_declined(sentence, language)), language)
            said = [found for each in patterns if (found := each.search(text))] if counts else []
            if kind is ReplyKind.RECEIPT and _is_of_other_papers(bare, language):
                said = []
            if kind in _NOT_IF_NEGATED and not sentence.endswith("?"):
                said = [] if kind is not ReplyKind.RECEIPT and _any(language.unreal, bare) else said
                said = [each for each in said if not _any(language.negations, _to_clause_end(bare, each))]
            elif kind is ReplyKind.MORE_TIME and _any(language.asides, bare):
                said = []
            if said:
                turns = _any(language.turns, bare)
                is_usual = kind is ReplyKind.MORE_TIME and _any(language.usual, bare)
                heard.setdefault(kind, []).append(
                    _AnswerSentence(place, sentence, turns, is_possible or is_usual)
                )
    return heard


def _is_of_other_papers(bare: str, language: _LanguagePatterns) -> bool:
    """Whether a sentence is of documents for something else than a job, as a permit."""
    found = next((said for each in language.papers if (said := each.search(bare)) is not None), None)
    return found is not None and not _any(language.work, f"{bare[: found.start()]}{found[1]}")


def _without_no_refusal(bare: str, language: _LanguagePatterns) -> str:
    """A sentence without its clauses that hold back ("not yet") or deny a refusal."""
    ends = [end for each in (_CLAUSE_END, *language.joins, *language.turns) for end in each.finditer(bare)]
    cuts = sorted({0, len(bare), *(each.start() for each in ends)})
    clauses = [bare[start:end] for start, end in pairwise(cuts)]
    return "".join(each for each in clauses if not _any(language.no_refusal, each))


def _to_clause_end(bare: str, said: re.Match[str]) -> str:
    """A sentence up to the end of the clause in which something is said."""
    end = _CLAUSE_END.search(bare, said.end())
    return bare[: end.start()] if end is not None else bare


def _decided(heard: Mapping[ReplyKind, list[_AnswerSentence]]) -> tuple[ReplyKind, _AnswerSentence] | None:
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


def _with_their_day(
    reply: Reply,
    heard: Sequence[_AnswerSentence],
    after: Sequence[str],
    theirs: _TimesIn,
    vague: tuple[re.Pattern[str], ...],
) -> Reply:
    """The reply with the day by which they answer, and the sentence that names it.

    That is one of those that say that it takes longer, or the one ``after``, if it names a single day.
    """
    told = [(each.sentence, when) for each in heard for when in reversed(theirs(each.sentence))]
    told += [(each, days[0]) for each in after if len(days := theirs(each)) == 1]
    # One that is meant comes before a stretch: "She decides this weekend. I'll call on Monday, 7 December."
    # So it does before "a few days".
    best = min(told, key=lambda each: (not each[1].is_exact, _any(vague, _bare(each[0]))), default=None)
    return reply if best is None else replace(reply, sentence=best[0], day=best[1].day)


def _with_appointment(
    reply: Reply, said: _AnswerSentence, sentences: Sequence[str], times_in: _TimesIn
) -> Reply:
    """The reply with the day of its sentence or of another, or with the several that they propose.

    A weekday that another sentence names may be one that was: "thank you for your time on Monday".
    """
    order = sorted(enumerate(sentences), key=lambda each: (each[0] != said.place, each[0]))
    dated = [each for place, each in order if place == said.place or any(map(str.isdigit, each))]
    choices = dict.fromkeys(when for sentence in dated for when in times_in(sentence))
    exact = [when for when in choices if when.is_exact]
    timed = [when for when in exact if when.clock is not None] or exact
    if len(timed) == 1:
        return replace(reply, day=timed[0].day, clock=timed[0].clock, zone=timed[0].zone)
    return replace(reply, choices=tuple(timed))


def _without(patterns: Iterable[re.Pattern[str]], sentence: str) -> str:
    """The plain sentence without what the patterns match, or their first group."""
    text = plain(sentence)
    for pattern in patterns:
        group = min(pattern.groups, 1)
        for found in reversed(list(pattern.finditer(text))):
            text = f"{text[: found.start(group)]} {text[found.end(group) :]}"
    return text


def _times_in(
    sentence: str, language: _LanguagePatterns, today: date, writing: DateWriting, written: str
) -> list[SaidWhen]:
    """The times that a sentence names, but for those that its writer can't make.

    For a time of day beside those, "…, would 4 pm work?", the day is theirs. Nothing is known before the day
    that "not before the 14th" names, but on the 14th. The day until which somebody is away is none of them.
    """
    sentence = _without(language.not_before, _without(language.absence, sentence))
    said = _named_in(sentence, today, writing)
    rest = _without_declined(sentence, language)
    if rest == plain(sentence):
        return with_zones(said, sentence, written)
    kept = _named_in(rest, today, writing)
    days = [replace(each, clock=None) for each in said if each not in kept]
    if not kept and days:
        kept = [replace(days[-1], clock=clock) for clock in clocks_in(rest)] or days
    return with_zones(kept, rest, written)


def _without_declined(sentence: str, language: _LanguagePatterns) -> str:
    """The plain sentence without the times that its writer can't make."""
    text = plain(sentence)
    for pattern in language.declined:
        for found in reversed(list(pattern.finditer(text))):
            if clocks_in(found[0]):
                text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _named_in(sentence: str, today: date, writing: DateWriting) -> list[SaidWhen]:
    """The times that a sentence offers; else its days, with their time of day or that of the sentence."""
    said = offers_in(sentence, today, writing)
    if not said:
        said, clocks = days_in(sentence, today, writing), clocks_in(sentence)
        if len(said) == 1 and said[0].clock is None and clocks:
            said = [replace(said[0], clock=clocks[0])]
    return said


def _language_of(text: str) -> _LanguagePatterns | None:
    words = re.findall(r"\w+", plain(text))
    counts = [(sum(word in language.words for word in words), language) for language in _languages()]
    most, found = max(counts, key=lambda each: each[0], default=(0, None))
    return found if most else None


@cache
def _languages() -> tuple[_LanguagePatterns, ...]:
    return read_all(_FILES, _read)


def faults() -> Iterator[str]:
    """What is wrong with the files of languages whose answers aren't understood for it."""
    return faults_in(_FILES, _read)


def _read(text: str) -> _LanguagePatterns:
    table: object = json.loads(text)
    if not isinstance(table, Mapping):
        raise TypeError("it needs lists with their names, in braces")
    check_keys(table, _LISTS, "list")
    signs = {"<day>": plain_pattern(text_at(table, "day"))} if "day" in table else {}

    def patterns(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(name, filled(name, each, signs)) for each in texts_at(table, name))

    return _LanguagePatterns(
        words=frozenset(map(plain, texts_at(table, "words"))),
        says=MappingProxyType({kind: patterns(kind) for kind in ReplyKind}),
        **{name: patterns(name) for name in _PATTERNS},
    )


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
