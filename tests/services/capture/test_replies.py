"""What emails answer: mails of every kind in four languages, and how many of them are read right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from followup_desktop.services.capture.dates_in_text import offers_in
from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.replies import Reply, ReplyKind, read_reply
from tests.sweeps import swept
from tests.tables import tabled

FOLDER = Path(__file__).parents[2] / "fixtures" / "replies"
pytestmark = pytest.mark.xdist_group("replies")  # two tests read each email, once

TODAY = date(2026, 11, 27)
MOST_WRONG = 0.03
IN_EVERY_RUN = {"en", "de", "es", "fr", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"}
"""The emails that the rules were made of, and the last that were written to try them."""


@dataclass(frozen=True)
class Mail:
    """An email and what it answers: a kind, or ``none``; the day and time, or how many are proposed."""

    language: str
    kind: str
    subject: str
    when: str
    text: str


def mails(*names: str) -> Iterator[Mail]:
    for name in names:
        for block in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, text = block.partition("\n")
            kind, subject, *when = head.split(" | ")
            yield Mail(name, kind, subject, next(iter(when), ""), text)


@cache
def read(mail: Mail) -> Reply:
    return answer(mail.text, mail.subject)


def answer(text: str, subject: str = "") -> Reply:
    return read_reply(ReceivedMail(text=text, subject=subject), TODAY)


def outcome(mail: Mail) -> str:
    kind = read(mail).kind or "none"
    if kind == mail.kind:
        return "right"
    return "can't say" if kind == "none" else "wrong"


ANSWERS = [
    mail
    for mail in mails(
        "en",
        "de",
        "es",
        "fr",
        "blind",
        "unseen",
        "fresh",
        "fr_blind",
        "walked",
        "second",
        "es_fresh",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
    )
    if mail.kind != "none"
]


@pytest.mark.parametrize(
    ("name", "right"),
    swept(
        [
            ("en", 0.9),
            ("de", 0.9),
            ("es", 0.9),
            ("es_fresh", 0.9),
            ("fr", 0.9),
            ("blind", 0.9),
            ("unseen", 0.5),
            ("fresh", 0.9),
            ("fr_blind", 0.5),
            ("walked", 0.9),
            ("second", 0.5),
            ("third", 0.9),
            ("fourth", 0.9),
            ("fifth", 0.9),
            ("sixth", 0.9),
            ("seventh", 0.9),
            ("eighth", 0.9),
            ("ninth", 0.8),
            ("tenth", 0.5),
            ("eleventh", 0.45),
            ("twelfth", 0.6),
            ("thirteenth", 0.7),
            ("fourteenth", 0.7),
            ("fifteenth", 0.75),
            ("sixteenth", 0.85),
            ("seventeenth", 0.6),
        ],
        lambda case: case[0] in IN_EVERY_RUN,
    ),
)
def test_nearly_no_email_is_read_wrong(name: str, right: float) -> None:
    """``blind`` was written after the rules, which then learned from it; from ``unseen`` they never did.

    Of ``fresh``, the newest, 19 were right at first sight, one not told, and none wrong. Of ``fr_blind`` they
    learned only that "your answer" isn't theirs, which they had read wrong. Of ``walked`` 23 were right, two
    wrong and five not told at first sight, and the rules learned from it; of ``second``, written after that,
    ten were right, none wrong and ten not told, and they learned nothing. Of ``es_fresh`` ten of 16
    were right at first sight and none wrong; the rules learned from it. Of ``third`` 14 of 20 were right and
    none wrong at first sight; of ``fourth``, written after that, nine right, one wrong and ten not told: the
    rules learned from both. ``fifth`` to ``ninth`` have 60 each, in English, German and Spanish; each was
    written after the rules had learned from the one before it. At first sight 36, 33, 24, 44 and 50 were
    right, 3, 2, 3, 4 and 1 wrong in a kind or a day, and the rest not told. Of ``ninth`` they learned only
    what they had read wrong. ``tenth`` to ``twelfth`` have a trap in half of the emails or more: a condition,
    what was called off, two applications, what is asked of the reader. At first sight 35, 26 and 40 were
    right, 6, 8 and 2 wrong: so the rest of an email may now speak against a sentence of it.
    Of ``thirteenth`` to ``fifteenth``, written after that, 46, 44 and 47 were right, 1, 3 and 3 wrong.
    Of the 42 of ``sixteenth``, a third of which answer nothing, 38 were right at first sight and none wrong.
    ``seventeenth`` has dates of other matters, and interviews off or moved; two of its 30 were wrong.
    """
    counts = Counter(map(outcome, mails(name)))
    assert counts["wrong"] <= MOST_WRONG * counts.total()
    assert counts["right"] >= right * counts.total()


@pytest.mark.parametrize(
    "language", swept(sorted({mail.language for mail in ANSWERS}), lambda language: language in IN_EVERY_RUN)
)
def test_the_answer_comes_with_its_sentence_and_its_day(language: str) -> None:
    for mail in (each for each in ANSWERS if each.language == language):
        found = read(mail)
        if found.kind is None:
            continue
        assert " ".join(found.sentence.split()) in " ".join(mail.text.split()), mail.subject
        if mail.when.startswith("choices"):
            assert (found.day, len(found.choices)) == (None, int(mail.when.split()[1])), mail.subject
        elif mail.when:
            day = f"{found.day}" + (f" {found.clock:%H:%M}" if found.clock else "")
            assert day == mail.when, mail.subject


@tabled(
    "text, day",
    [
        ("We won't decide before the 14th of December.", "2026-12-14"),
        ("Before 14 December we can't say anything, there's no decision yet.", "2026-12-14"),
        ("Wir entscheiden nicht vor dem 14. Dezember und melden uns dann bei Ihnen.", "2026-12-14"),
        ("Todavía no hemos tomado una decisión; no decidiremos antes del 14 de diciembre.", "2026-12-14"),
        ("Nous n'avons pas encore pris de décision ; pas de réponse avant le 14 décembre.", "2026-12-14"),
        ("There's no decision yet. We will let you know before the 14th of December.", "2026-12-11"),
    ],
)
def test_not_before_a_day_is_that_day_and_before_it_the_working_day_before(text: str, day: str) -> None:
    found = answer(text)
    assert (found.kind, str(found.day)) == (ReplyKind.MORE_TIME, day)


@pytest.mark.parametrize(
    "text",
    [
        "We'd like to invite you to an interview. Please reply by 4 December.",
        "Thank you for your time on Monday. We invite you to an interview; the trial takes two weeks.",
        "Wir laden Sie zum Gespräch ein. Bitte antworten Sie bis Freitag, 4. Dezember.",
        "Nos gustaría invitarte a una entrevista de 20 minutos. Contesta antes del 4 de diciembre.",
    ],
)
def test_the_day_of_something_else_is_not_that_of_the_interview(text: str) -> None:
    found = answer(text)
    assert (found.kind, found.day, found.choices) == (ReplyKind.INTERVIEW, None, ())


@pytest.mark.parametrize(
    "text",
    [
        "We have received and reviewed your application. Sadly the answer is what you feared.",
        "When would you be available to start?",
        "The committee didn't reach the confidence we'd need to make you an offer.",
    ],
)
def test_what_may_be_bad_news_is_no_good_news(text: str) -> None:
    assert answer(text).kind in {None, ReplyKind.REJECTION}


def test_a_forwarded_email_is_read_where_nothing_is_said_above_it() -> None:
    inner = "Dear Sam,\n\nWe have chosen another candidate for this role.\n"
    head = "From: Ana <ana@acme.example>\nDate: Tue, 24 Nov 2026\nSubject: News\n\n"
    found = answer(f"---------- Forwarded message ---------\n{head}{inner}", "Fwd: News")
    assert found.kind is ReplyKind.REJECTION


def test_what_is_quoted_below_an_email_says_nothing() -> None:
    quote = "On Mon, 23 Nov 2026 at 10:12, Ana wrote:\n> We are pleased to offer you the job.\n"
    text = f"Thank you, I'll look into it.\n\n{quote}"
    assert answer(text).kind is None


def test_what_a_program_sent_to_everyone_is_no_answer() -> None:
    mail = ReceivedMail(text="Unfortunately, we have decided to move forward with other candidates.")
    assert read_reply(mail, TODAY).kind is ReplyKind.REJECTION
    assert read_reply(replace(mail, is_automatic=True), TODAY).kind is None
    assert read_reply(replace(mail, is_bulk=True), TODAY).kind is None


@tabled("text", ["", "?", "\n" * 10_000, "a" * 200_000, "If " * 20_000, "1/2/3 " * 5_000])
def test_other_texts_say_nothing(text: str) -> None:
    assert answer(text).kind is None


@tabled(
    "sentence, times",
    [
        (
            "Are you free on Tuesday, 1 December at 10:00 or Thursday, 3 December at 3 pm?",
            "01 10:00, 03 15:00",
        ),
        ("Tue 1 Dec 10:00, Wed 2 Dec 11:30 or Thu 3 Dec 9am?", "01 10:00, 02 11:30, 03 09:00"),
        ("Tuesday 1 December, 10:00 or 14:00", "01 10:00, 01 14:00"),
        ("am 1.12.2026 um 10 Uhr oder am 3.12.2026 um 15:30 Uhr", "01 10:00, 03 15:30"),
        ("el martes 1 de diciembre a las 10:00 o el jueves 3 de diciembre a las 15:00", "01 10:00, 03 15:00"),
        ("mardi 1er décembre à 9 h 30 ou jeudi 3 décembre à 14\u00a0h\u202f15", "01 09:30, 03 14:15"),
        ("le 1er décembre à 9 heures 30 ou le 3 décembre à 14h 15", "01 09:30, 03 14:15"),
        ("el martes 1 de diciembre a las 14 h 15 o el jueves 3 a las 16 horas 30", "01 14:15, 03 16:30"),
        ("Dienstag, 1. Dezember, 14 Uhr 15 oder Donnerstag, 3. Dezember, 9 Uhr 30", "01 14:15, 03 09:30"),
        ("um 14 Uhr 15. Dezember oder um 9 Uhr 16. Dezember", "15 14:00, 16 09:00"),
        ("on Tuesday 1 December between 10:00 and 11:00", ""),
        ("on Tuesday 1 December at 10:00 in room 4 or 5", ""),
        ("by Friday or Monday", ""),
        ("Would Tuesday 8 December at 10:00 or Wednesday at 3pm work?", "08 10:00, 09 15:00"),
        ("Am Dienstag, 8. Dezember um 10 Uhr oder am Montag um 14 Uhr?", "08 10:00, 14 14:00"),
        ("Friday 11 December at 9:00 or Thursday 10 December at 9:30?", "11 09:00, 10 09:30"),
    ],
)
def test_the_times_that_a_sentence_offers_are_told_apart(sentence: str, times: str) -> None:
    found = offers_in(sentence, TODAY)
    assert ", ".join(f"{each.day:%d} {each.clock:%H:%M}" for each in found) == times


MOVED = "moved"
OFF, MORE, NOT_SAID = ReplyKind.CALLED_OFF, ReplyKind.MORE_TIME, None


@tabled(
    "text, kind, when",
    [
        ("The interview on 3 December has to be postponed, we'll find a new date.", OFF, "2026-12-03"),
        ("Jane, we regret to inform you that the interview on 3 December must be moved.", OFF, "2026-12-03"),
        ("We have to push back our interview on 3 December. We'll be in touch next week.", OFF, "2026-12-03"),
        ("Your interview on 3 December can't take place. We reply by Friday.", OFF, "2026-12-03"),
        ("Your interview has been moved to 10 December at 9:00.", MOVED, "2026-12-10 09:00"),
        ("The interview on 3 December is off. Are you free on 8 December at 10?", MOVED, "2026-12-08 10:00"),
        ("Could we postpone our interview?", NOT_SAID, ""),
        ("We have to cancel the interview on 3 December at 10:00.", OFF, "2026-12-03"),
        ("We need to postpone our interview from 3 December to 10 December.", MOVED, "2026-12-10"),
        ("You asked to move the interview. There's no other slot: come on 3 December at 10.", NOT_SAID, ""),
        ("See you on 3 December at 10:00. If you must cancel the interview, call.", ReplyKind.INTERVIEW,
         "2026-12-03 10:00"),
        ("Wir informieren Sie, dass das Vorstellungsgespräch am 3. Dezember ausfällt.", OFF, "2026-12-03"),
        ("Wir müssen das Gespräch vom 3. Dezember verschieben und melden uns bis Freitag.", OFF,
         "2026-12-03"),
        ("Wir verlegen das Gespräch vom 3. auf den 8. Dezember um 10 Uhr.", MOVED, "2026-12-08 10:00"),
        ("Lamentamos informarle de que la entrevista del 3 de diciembre se aplaza.", OFF, "2026-12-03"),
        ("Te informamos de que la entrevista del 3 de diciembre se aplaza al 8 de diciembre a las 10.",
         MOVED, "2026-12-08 10:00"),
        ("Nous vous informons que l'entretien du 3 décembre est reporté.", OFF, "2026-12-03"),
        ("Nous vous informons que l'entretien du 3 décembre est reporté au 8 décembre à 10 h.", MOVED,
         "2026-12-08 10:00"),
    ],
)  # fmt: skip
def test_an_interview_that_is_off_or_moved_is_an_answer_of_its_own(
    text: str, kind: ReplyKind | str | None, when: str
) -> None:
    found = answer(text)
    told = f"{found.day or ''}" + (f" {found.clock:%H:%M}" if found.clock else "")
    assert (MOVED if found.is_moved else found.kind, told) == (kind, when)


@tabled(
    "text, kind, day",
    [
        ("We will reply by 4 December about the job, which starts on 1 February.", MORE, "2026-12-04"),
        ("We will let you know about the details of your start on 4 January 2027.", NOT_SAID, None),
        ("We will get back to you after the interview on 3 December.", MORE, None),
        ("We are still reviewing your application. Applications close on 11 December.", MORE, None),
        ("Our office is closed until 4 January, so we'll get back to you on 8 January.", MORE, "2027-01-08"),
        ("Our office is closed until 4 January. We will inform you then.", NOT_SAID, None),
        ("I will get back to you. It's my birthday on 3 December!", NOT_SAID, None),
        ("Wir sind bis 4. Januar geschlossen und melden uns bis zum 8. Januar.", MORE, "2027-01-08"),
        ("Wir melden uns nach dem Gespräch am 3. Dezember bei Ihnen.", NOT_SAID, None),
        ("Wir melden uns bei Ihnen. Bewerbungsschluss ist der 15. Dezember.", NOT_SAID, None),
        ("Hasta el 7 de enero estamos cerrados; te diremos algo el 11 de enero.", MORE, "2027-01-11"),
        ("Te contactaremos. El plazo de inscripción termina el 15 de diciembre.", NOT_SAID, None),
        ("Nos bureaux sont fermés jusqu'au 4 janvier ; vous aurez une réponse avant le 8 janvier.", MORE,
         "2027-01-07"),
        ("Nous vous recontacterons. La date limite de candidature est le 15 décembre.", NOT_SAID, None),
    ],
)  # fmt: skip
def test_the_day_of_another_matter_is_not_the_one_by_which_they_answer(
    text: str, kind: ReplyKind | None, day: str | None
) -> None:
    found = answer(text)
    assert (found.kind, str(found.day) if found.day else None) == (kind, day)


@tabled(
    "text, kind",
    [
        ("Sehr geehrte Frau Doe,\n\nwir sagen Ihnen für die Stelle leider ab.", ReplyKind.REJECTION),
        ("Guten Tag,\n\nleider sagen wir Ihnen ab.", ReplyKind.REJECTION),
        ("Guten Tag,\n\nleider sagen wir Ihnen das Gespräch am Montag ab.", ReplyKind.CALLED_OFF),
        ("Estimada Nuria: le informamos de que la plaza ha sido adjudicada a otra persona aspirante.",
         ReplyKind.REJECTION),
        ("Buenos días: su candidatura sigue en estudio. Un saludo.", ReplyKind.MORE_TIME),
        ("Ihre Bewerbung ist nach wie vor in Bearbeitung.", ReplyKind.MORE_TIME),
        ("Your application is still under review.", ReplyKind.MORE_TIME),
        ("Thank you for interviewing with us. We cannot make you an offer at this time.", None),
        ("We hope to make you an offer next week.", None),
        ("We're pleased to make you an offer.", ReplyKind.OFFER),
        ("Votre candidature est toujours à l'étude.", ReplyKind.MORE_TIME),
        ("Bitte senden Sie uns Ihr Führungszeugnis. Ohne dieses können wir Ihnen keine Zusage geben.", None),
        ("Please send us your visa. Without it we can't offer you the job.", None),
        ("Envíenos su título. Sin este no podemos ofrecerle el puesto.", None),
        ("Envoyez-nous votre diplôme. Sans celui-ci nous ne pouvons pas retenir votre candidature.", None),
        ("Sure, let's have lunch on Friday at 12:30. How's the job hunt going?", None),
        ("Klar, Freitag um 12:30 Mittagessen? Wie läuft die Jobsuche?", None),
        ("Please return the take-home test by 1 December. After that we would schedule an interview.", None),
        ("Bitte bearbeiten Sie die Aufgabe. Im Anschluss laden wir Sie zu einem Gespräch ein.", None),
        ("Haz la prueba antes del viernes. Después te invitamos a una entrevista.", None),
        ("Merci de rendre le test. Ensuite nous vous inviterons à un entretien.", None),
        ("We confirm that you have withdrawn your application.", None),
        ("Sie haben Ihre Bewerbung zurückgezogen. Wir bestätigen den Eingang.", None),
        ("Hemos recibido tu renuncia. Tu candidatura ha sido retirada.", None),
        ("Nous avons bien reçu votre désistement pour votre candidature.", None),
    ],
)  # fmt: skip
def test_what_is_said_otherwise_means_the_same_and_what_depends_on_a_paper_is_no_answer(
    text: str, kind: ReplyKind | None
) -> None:
    assert answer(text).kind == kind
