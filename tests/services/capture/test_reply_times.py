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
