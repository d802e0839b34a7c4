"""A refusal is told from "not yet" and from what is no refusal, in every language that the program knows."""

from __future__ import annotations

from datetime import date

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
DELAYS = {
    "de": (
        "Leider haben wir noch keine Entscheidung getroffen.",
        "Leider sind wir noch nicht so weit.",
        "Leider ist das Verfahren noch nicht abgeschlossen.",
        "Leider konnten wir Ihre Unterlagen noch nicht prüfen.",
        "Leider müssen wir Sie noch um etwas Geduld bitten, wir haben uns noch nicht entschieden.",
        "Wir bedauern, dass wir Ihnen noch keine Antwort geben konnten.",
        "Leider hat sich der Vorstand noch nicht entschieden.",
        "Derzeit können wir Ihnen noch kein Angebot machen.",
        "Leider haben wir bisher noch keine Entscheidung getroffen und bitten um Geduld.",
        "Wir haben die Stelle leider noch nicht vergeben, die Entscheidung dauert noch etwas.",
    ),
    "fr": (
        "Malheureusement, nous ne sommes pas encore en mesure de vous donner une réponse.",
        "Malheureusement, la direction ne s'est pas encore prononcée.",
        "Nous sommes désolés de ne pas encore pouvoir vous répondre.",
        "Malheureusement, nous n'avons pas encore étudié votre dossier.",
        "Nous regrettons de ne pas encore avoir de réponse à vous donner.",
        "Malheureusement, nous n'avons toujours pas pris de décision.",
    ),
    "es": (
        "Lamentablemente aún no hemos tomado una decisión.",
        "Lamentablemente todavía no podemos darle una respuesta.",
        "Lamentablemente todavía no hemos revisado su solicitud.",
        "Lamentablemente el proceso aún no ha terminado.",
        "Lamentablemente, la dirección aún no se ha pronunciado.",
        "Sentimos no poder contestarle todavía.",
        "Lamentablemente no hemos podido decidirnos todavía.",
        "Todavía no podemos darte una respuesta positiva; seguimos valorando candidaturas.",
    ),
    "en": (
        "Unfortunately management hasn't decided yet.",
        "We're sorry we can't answer yet.",
        "Unfortunately we have not yet reviewed your application.",
        "Unfortunately the process isn't finished yet.",
        "We regret that we haven't decided yet, and ask you for a little more time.",
        "We regret to tell you that we have not yet made a decision.",
    ),
}
DELAYS_TO_THE_30TH = {
    "de": (
        "Wir können Ihnen noch keine Zusage geben, da noch zwei Gespräche ausstehen. "
        "Bis zum 30.10. wissen wir mehr.",
        "Eine Absage ist das nicht: Wir melden uns am 30.10.",
        "Das ist keine Absage, wir melden uns bis zum 30.10. bei Ihnen.",
        "Leider ist noch nichts entschieden, wir melden uns am 30.10. bei Ihnen.",
    ),
    "fr": (
        "Malheureusement, nous n'avons pas encore pris de décision ; nous vous répondrons le 30 octobre.",
        "Ce n'est pas un refus : nous vous répondrons le 30 octobre.",
    ),
    "es": (
        "Lamentablemente aún no hemos decidido; le contestaremos el 30 de octubre.",
        "No es un rechazo: le daremos una respuesta el 30 de octubre.",
    ),
    "en": (
        "We can't offer you the job yet, as two interviews are left. We'll know by 30 October.",
        "We can't offer you the job just yet. We'll know by 30 October.",
        "This isn't a rejection: we'll get back to you by 30 October.",
    ),
}
NO_REFUSALS = {
    "de": (
        "Leider liegt uns noch keine Freigabe vor, die Stelle ist aber nicht vergeben.",
        "Leider haben wir von Ihren Referenzen noch keine Antwort erhalten.",
        "Leider fehlt uns noch Ihr Zeugnis, wir haben es noch nicht bekommen.",
        "Leider geben wir Ihnen keine Rückmeldung zu den Gründen.",
        "Wir möchten Ihnen nicht absagen.",
        "Wir haben Ihre Bewerbung nicht abgelehnt.",
    ),
    "fr": (
        "Votre candidature n'est pas refusée, mais nous devons encore recevoir deux personnes.",
        "Désolé, nous n'avons pas encore de nouvelles du siège.",
        "Votre candidature n'a pas été rejetée.",
        "Malheureusement, nous n'avons pas encore reçu vos diplômes.",
    ),
    "es": (
        "No hemos descartado su candidatura, pero el proceso está parado hasta noviembre.",
        "No hemos rechazado su candidatura.",
        "Su candidatura no ha sido descartada.",
        "Aún no podemos confirmarte que el puesto sea tuyo.",
        "Lamentablemente todavía no hemos recibido su título.",
    ),
    "en": (
        "Sorry, we have no news yet.",
        "Your application has not been rejected.",
        "We haven't turned you down.",
        "Unfortunately we haven't received your references yet.",
    ),
}
REFUSALS = {
    "de": (
        "Leider können wir Sie nicht berücksichtigen, und noch dazu haben wir zwei Stellen gestrichen.",
        "Leider haben wir uns anders entschieden, wir haben aber noch eine Bitte.",
        "Wir hatten noch nicht so viele gute Bewerbungen, können Sie aber leider nicht einladen.",
        "Leider haben wir die Stelle anderweitig besetzt, auch wenn noch nicht alles unterschrieben ist.",
        "Leider reicht Ihre Erfahrung noch nicht aus.",
        "Leider bringen Sie noch nicht die nötigen Kenntnisse mit.",
        "Wir haben noch einmal beraten und können Ihnen leider keine Zusage geben.",
        "Noch heute mussten wir uns entscheiden und haben uns leider für eine andere Bewerberin entschieden.",
        "Es gibt noch keine andere Stelle und diese Stelle haben wir intern besetzt.",
        "Leider müssen wir Ihnen absagen.",
    ),
    "fr": (
        "Malheureusement, votre candidature n'a pas été retenue, encore merci de votre intérêt.",
        "Encore une fois, votre candidature n'a pas été retenue.",
        "Nous regrettons, votre profil n'est pas encore assez expérimenté et ne correspond pas au poste.",
        "Nous n'avons pas encore d'autre poste, et votre candidature n'a pas été retenue.",
        "Nous n'avons pas retenu votre candidature mais vous remercions encore.",
        "Bien que nous n'ayons pas encore fini, nous avons choisi un autre candidat.",
        "Le poste est pourvu, même si le contrat n'est pas encore signé.",
        "Votre candidature a été refusée et nous n'avons pas encore d'autre offre.",
    ),
    "es": (
        "Lamentablemente no ha sido seleccionada, aun siendo un perfil muy bueno.",
        "Aun así, no ha sido seleccionada.",
        "Lamentablemente no podemos contar con usted, aunque todavía no hemos firmado con nadie.",
        "Todavía no hemos terminado el proceso, pero hemos elegido a otra persona.",
        "Hemos descartado su candidatura y aún no tenemos otra vacante.",
        "Lamentablemente todavía no tiene la experiencia necesaria y hemos elegido a otra persona.",
        "El puesto ya está cubierto, aunque el contrato todavía no está firmado.",
        "No ha sido seleccionada aun con una entrevista muy buena.",
    ),
    "en": (
        "We regret that we can't offer you the job, yet we wish you every success.",
        "We regret to inform you that you have not been selected, yet we enjoyed meeting you.",
        "We haven't yet signed with anyone, but we have decided to go with an internal candidate.",
        "Unfortunately you don't yet have the experience and we have chosen another candidate.",
        "We have filled the role, and there isn't another vacancy yet.",
        "We can't offer you the job yet again.",
        "We still have a few roles open, but your application was unsuccessful.",
        "You have not been selected; we haven't told the others yet.",
    ),
}


@pytest.mark.parametrize("language", GREETINGS)
def test_not_yet_is_more_time_and_no_refusal(language: str) -> None:
    read = {each: _read(language, each).kind for each in DELAYS[language]}
    assert read == dict.fromkeys(read, ReplyKind.MORE_TIME)


@pytest.mark.parametrize("language", GREETINGS)
def test_not_yet_is_read_with_the_day_by_which_they_know(language: str) -> None:
    read = {each: _read(language, each) for each in DELAYS_TO_THE_30TH[language]}
    told = {each: (reply.kind, reply.day) for each, reply in read.items()}
    assert told == dict.fromkeys(read, (ReplyKind.MORE_TIME, date(2026, 10, 30)))


@pytest.mark.parametrize("language", GREETINGS)
def test_what_is_missing_or_denied_is_no_refusal(language: str) -> None:
    read = {each: _read(language, each).kind for each in NO_REFUSALS[language]}
    assert {each: kind for each, kind in read.items() if kind not in {None, ReplyKind.MORE_TIME}} == {}


@pytest.mark.parametrize("language", GREETINGS)
def test_a_refusal_beside_not_yet_stays_one(language: str) -> None:
    read = {each: _read(language, each).kind for each in REFUSALS[language]}
    assert read == dict.fromkeys(read, ReplyKind.REJECTION)


def _read(language: str, sentence: str) -> Reply:
    text = f"{GREETINGS[language]} {sentence}"
    return read_reply(ReceivedMail(text=text, subject=""), TODAY)
