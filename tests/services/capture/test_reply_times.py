"""A time that they can't make, or that is off, isn't proposed; nor is who asks for papers inviting anyone."""

from __future__ import annotations

from datetime import date, time

import pytest

from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.replies import Reply, ReplyKind, read_reply

TODAY = date(2026, 10, 14)
GREETINGS = {
    "de": "Guten Tag Frau Ruiz, vielen Dank für Ihre Bewerbung.",
    "fr": "Bonjour, merci pour votre candidature.",
    "es": "Buenos días, gracias por su candidatura.",
    "en": "Dear Ana, thank you for your application.",
}
AT_FOUR = [
    ("en", "I can't do Thursday 22 October at 3pm, would 4pm work for our interview?"),
    ("en", "Thursday 22 October at 3pm doesn't work for me, could we do the interview at 4pm?"),
    ("en", "I'm not available on Thursday 22 October at 3pm but could we have the interview at 4pm?"),
    ("en", "I can't make Wednesday 21 October at 3pm, could we do the interview on 22 October at 4pm?"),
    ("de", "Um 15 Uhr am Donnerstag, 22.10., schaffe ich es nicht, ginge 16 Uhr?"),
    ("de", "Am Donnerstag, 22.10., um 15 Uhr kann ich leider nicht, ginge 16 Uhr für unser Gespräch?"),
    ("de", "Donnerstag, 22.10., 15 Uhr passt mir leider nicht, ginge 16 Uhr für unser Gespräch?"),
    ("fr", "Je ne suis pas disponible jeudi 22 octobre à 15h, on pourrait dire 16h ?"),
    ("fr", "Jeudi 22 octobre à 15h ne me convient pas, pourrions-nous faire l'entretien à 16h ?"),
    ("es", "El jueves 22 de octubre a las 15 no puedo, ¿te va bien a las 16?"),
    ("es", "No puedo el jueves 22 de octubre a las 15:00, ¿te va bien la entrevista a las 16:00?"),
]
AT_THREE = [
    ("en", "We can't do interviews in person, but would Thursday 22 October at 3pm work for a call?"),
    (
        "en",
        "We invite you to an interview on Thursday 22 October at 3pm. I'm not available on Friday at 2pm.",
    ),
    ("de", "Passt Ihnen Donnerstag, 22.10. um 15 Uhr für ein Gespräch oder geht das nicht?"),
    ("fr", "Nous vous invitons à un entretien jeudi 22 octobre à 15h, ce n'est pas un test."),
    ("es", "No podemos pagar el viaje, pero le invitamos a una entrevista el 22 de octubre a las 15:00."),
]
MOVED = [
    ("de", "Das Gespräch am 20.10. um 10 Uhr findet nicht statt, sondern am 21.10. um 11 Uhr."),
    ("de", "Ihr Gespräch ist nicht am 20.10., sondern am 21.10. um 11 Uhr."),
    ("fr", "L'entretien n'aura pas lieu le 20 octobre à 10h mais le 21 octobre à 11h."),
    ("es", "La entrevista no será el 20 de octubre a las 10:00 sino el 21 de octubre a las 11:00."),
    ("en", "The interview won't take place on 20 October at 10:00 but on 21 October at 11:00."),
    ("en", "The interview isn't on 20 October at 10:00 but on 21 October at 11:00."),
]
ASKS = [
    ("de", "Senden Sie das Zeugnis bis Dienstag, 20. Oktober, damit wir Sie zum Gespräch einladen können?"),
    ("de", "Bitte senden Sie uns Ihr Zeugnis, um Sie zum Gespräch einladen zu können."),
    ("fr", "Pourriez-vous nous envoyer vos diplômes, afin que nous puissions vous inviter à un entretien ?"),
    ("fr", "Merci d'envoyer votre CV afin de pouvoir vous convier à un entretien."),
    ("es", "¿Nos mandas tu título antes del martes 20 de octubre para poder invitarte a la entrevista?"),
    ("en", "Could you send your certificate by 20 October so that we can invite you to an interview?"),
]
INVITES = [
    ("de", "Ich schreibe Ihnen, um Sie zu einem Gespräch einzuladen."),
    ("fr", "Je vous écris pour vous inviter à un entretien."),
    ("es", "Le escribo para invitarle a una entrevista."),
    ("en", "I'm writing to invite you to an interview so that we can get to know you."),
]


@pytest.mark.parametrize(("language", "sentence"), AT_FOUR)
def test_a_time_they_cannot_make_gives_way_to_the_one_they_ask_for(language: str, sentence: str) -> None:
    reply = _read(language, sentence)
    assert (reply.kind, reply.day, reply.clock, reply.choices) == (
        ReplyKind.INTERVIEW,
        date(2026, 10, 22),
        time(16),
        (),
    )


def test_an_email_has_the_language_of_its_text_whatever_the_subject_is_in() -> None:
    text = "Hi, I can't do Thursday 22 October at 3pm, would 4pm work for our interview?\n\nBest\nEva"
    reply = read_reply(ReceivedMail(text=text, subject="Ihre Bewerbung bei Initech"), TODAY)
    assert (reply.day, reply.clock) == (date(2026, 10, 22), time(16))


@pytest.mark.parametrize(("language", "sentence"), AT_THREE)
def test_what_is_refused_beside_a_proposal_leaves_its_time(language: str, sentence: str) -> None:
    reply = _read(language, sentence)
    assert (reply.kind, reply.day, reply.clock) == (ReplyKind.INTERVIEW, date(2026, 10, 22), time(15))


@pytest.mark.parametrize(("language", "sentence"), MOVED)
def test_not_then_but_then_moves_an_interview_to_the_second(language: str, sentence: str) -> None:
    reply = _read(language, sentence)
    assert (reply.kind, reply.is_moved, reply.day, reply.clock) == (
        ReplyKind.INTERVIEW,
        True,
        date(2026, 10, 21),
        time(11),
    )


@pytest.mark.parametrize(("language", "sentence"), ASKS)
def test_who_asks_for_papers_does_not_invite(language: str, sentence: str) -> None:
    assert _read(language, sentence).kind is not ReplyKind.INTERVIEW


@pytest.mark.parametrize(("language", "sentence"), INVITES)
def test_who_invites_for_a_purpose_invites(language: str, sentence: str) -> None:
    assert _read(language, sentence).kind is ReplyKind.INTERVIEW


def _read(language: str, sentence: str) -> Reply:
    return read_reply(ReceivedMail(text=f"{GREETINGS[language]} {sentence}", subject=""), TODAY)


LATER = [
    "Hi Ana, we received your application for the role; our decision is delayed until 3 November.",
    "Your application has been received, but we are running behind and won't decide before 3 November.",
    "Your application was received. The decision on the position is postponed to 3 November.",
    "Wir haben Ihre Bewerbung erhalten; die Entscheidung verzögert sich bis zum 3. November.",
    "Ihre Bewerbung ist eingegangen, die Entscheidung wurde auf den 3. November verschoben.",
    "Hemos recibido su candidatura; la decisión se retrasa hasta el 3 de noviembre.",
    "Hemos recibido tu candidatura, pero la decisión se aplaza al 3 de noviembre.",
    "Nous avons bien reçu votre candidature ; la décision est repoussée au 3 novembre.",
    "Nous avons reçu votre candidature, mais la décision est retardée jusqu'au 3 novembre.",
]
RECEIVED = [
    "We received your application and will reply without delay.",
    "Wir haben Ihre Bewerbung erhalten und melden uns ohne Verzögerung.",
    "Hemos recibido su candidatura y le responderemos sin demora.",
    "Nous avons bien reçu votre candidature et vous répondrons sans retard.",
    "Apologies for the delayed reply: your application has arrived and we will be in touch by 3 November.",
    "We received your application and will be in touch by 3 November.",
    "Your documents for the position have arrived.",
    "Wir haben Ihre Bewerbung erhalten und melden uns bis zum 3. November.",
    "Ihre Unterlagen für die Stelle als Koch sind eingegangen.",
    "Hemos recibido sus documentos para la vacante de enfermera.",
    "Nous avons bien reçu vos documents pour le poste d'infirmier.",
]
OTHER_PAPERS = [
    "Your documents for the parking permit have arrived.",
    "Your papers for the visa have arrived.",
    "Ihre Unterlagen für den Parkausweis sind eingegangen.",
    "Hemos recibido sus documentos para el permiso de aparcamiento.",
    "Nous avons bien reçu vos documents pour la carte de stationnement.",
]


def kind_of(sentence: str) -> ReplyKind | None:
    return read_reply(ReceivedMail(text=sentence), TODAY).kind


@pytest.mark.parametrize("sentence", LATER)
def test_what_came_in_and_is_answered_later_needs_more_time(sentence: str) -> None:
    reply = read_reply(ReceivedMail(text=sentence), TODAY)
    assert (reply.kind, reply.day) == (ReplyKind.MORE_TIME, date(2026, 11, 3))


def test_what_came_in_and_is_answered_in_time_is_a_receipt() -> None:
    assert {sentence: kind_of(sentence) for sentence in RECEIVED} == dict.fromkeys(
        RECEIVED, ReplyKind.RECEIPT
    )


def test_papers_for_something_else_than_a_job_are_no_receipt() -> None:
    assert {sentence: kind_of(sentence) for sentence in OTHER_PAPERS} == dict.fromkeys(OTHER_PAPERS)


@pytest.mark.parametrize(("day", "before"), [(13, 11), (14, 11), (15, 14)])
def test_before_a_day_is_the_last_working_day_before_it_in_every_language(day: int, before: int) -> None:
    """The 14th is a Monday, so before it is on Friday the 11th."""
    said = [
        f"We will get back to you about the position before {day} December.",
        f"Wir melden uns vor dem {day}. Dezember wegen Ihrer Bewerbung.",
        f"Le responderemos sobre su candidatura antes del {day} de diciembre.",
        f"Nous vous répondrons avant le {day} décembre au sujet de votre candidature.",
    ]
    found = {each: read_reply(ReceivedMail(text=each), TODAY).day for each in said}
    assert found == dict.fromkeys(said, date(2026, 12, before))
