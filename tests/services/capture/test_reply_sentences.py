"""What employers write in one sentence is read in every language that the program knows."""

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
INTERVIEWS = {
    "de": (
        "Wir würden Sie gerne zu einer zweiten Runde am Dienstag, 20. Oktober um 14 Uhr einladen.",
        "Gerne laden wir Sie am Dienstag, 20. Oktober um 14 Uhr zu einem weiteren Gespräch ein.",
        "Wir möchten Sie am Dienstag, 20. Oktober um 14 Uhr gerne persönlich kennenlernen.",
        "Könnten Sie am Dienstag, 20. Oktober um 14 Uhr zu uns ins Büro kommen?",
        "Wie wäre es mit Dienstag, 20. Oktober um 14 Uhr für ein erstes Telefonat?",
        "Der nächste Schritt wäre ein Gespräch mit dem Team am Dienstag, 20. Oktober um 14 Uhr.",
        "Ich schlage Dienstag, 20. Oktober um 14 Uhr für unser Zweitgespräch vor.",
        "Hiermit bestätige ich Ihnen den Termin am Dienstag, 20. Oktober um 14 Uhr.",
        "Wir freuen uns, Sie am Dienstag, 20. Oktober um 14 Uhr in unserem Haus begrüßen zu dürfen.",
        "Wir haben am Dienstag, 20. Oktober um 14 Uhr einen Platz für Sie zum Probearbeiten reserviert.",
    ),
    "fr": (
        "Nous souhaiterions vous rencontrer pour un deuxième entretien mardi 20 octobre à 14h.",
        "Nous aimerions vous inviter à un second tour le mardi 20 octobre à 14 h.",
        "Seriez-vous libre mardi 20 octobre à 14h pour échanger avec l'équipe ?",
        "Je vous propose un entretien en visio le mardi 20 octobre à 14h00.",
        "Pourriez-vous passer à nos bureaux le mardi 20 octobre à 14h ?",
        "Nous vous attendons le mardi 20 octobre à 14h dans nos locaux.",
        "Votre entretien est fixé au mardi 20 octobre à 14h.",
        "Est-ce que mardi 20 octobre à 14h vous conviendrait pour un appel ?",
        "La prochaine étape est un entretien avec la directrice, mardi 20 octobre à 14h.",
        "Nous serions ravis de faire votre connaissance mardi 20 octobre à 14h.",
    ),
    "es": (
        "Nos gustaría invitarle a una segunda ronda el martes 20 de octubre a las 14:00.",
        "Quisiéramos conocerle en persona el martes 20 de octubre a las 14:00.",
        "¿Podría pasarse por nuestras oficinas el martes 20 de octubre a las 14:00?",
        "Le proponemos una videollamada el martes 20 de octubre a las 14:00.",
        "Queda citada para la entrevista el martes 20 de octubre a las 14:00.",
        "¿Le va bien el martes 20 de octubre a las 14:00 para hablar con el equipo?",
        "El siguiente paso es una entrevista con la directora el martes 20 de octubre a las 14:00.",
        "Te esperamos el martes 20 de octubre a las 14:00 en nuestra oficina.",
        "Su entrevista será el martes 20 de octubre a las 14:00.",
        "Me encantaría charlar contigo el martes 20 de octubre a las 14:00.",
    ),
    "en": (
        "We'd love to invite you to a second round on Tuesday 20 October at 2 pm.",
        "Could you come to our office on Tuesday 20 October at 2 pm?",
        "Would Tuesday 20 October at 2 pm work for a call with the team?",
        "We'd like to meet you in person on Tuesday 20 October at 2 pm.",
        "The next step is an interview with the director on Tuesday 20 October at 2 pm.",
        "Your interview is scheduled for Tuesday 20 October at 2 pm.",
        "We look forward to seeing you at our offices on Tuesday 20 October at 2 pm.",
        "I'd be delighted to speak to you on Tuesday 20 October at 2 pm.",
        "We have pencilled you in for Tuesday 20 October at 2 pm.",
        "Are you free on Tuesday 20 October at 2 pm for a chat?",
    ),
}
"""All on Tuesday 20 October at two."""
REJECTIONS = {
    "de": (
        "Wir haben uns entschieden, das Verfahren ohne Besetzung einzustellen.",
        "Die Stelle wird nicht besetzt.",
        "Das Auswahlverfahren wurde eingestellt.",
        "Wir haben uns entschieden, die Stelle nicht zu besetzen.",
        "Die Position wurde intern besetzt.",
        "Die Stelle ist leider bereits vergeben.",
        "Die Ausschreibung wurde zurückgezogen.",
        "Aus Budgetgründen wird die Stelle vorerst nicht nachbesetzt.",
        "Das Verfahren wird ohne Einstellung beendet.",
        "Wir können Ihnen leider keine positive Nachricht geben.",
        "Leider konnten wir Sie bei der Auswahl nicht berücksichtigen.",
        "Wir haben die Suche für diese Position eingestellt.",
    ),
    "fr": (
        "Nous avons décidé de ne pas pourvoir ce poste.",
        "Le poste ne sera finalement pas pourvu.",
        "Nous ne sommes pas en mesure de donner une suite favorable.",
        "Le recrutement a été annulé.",
        "Le processus de recrutement est interrompu.",
        "Nous avons retenu une candidature interne.",
        "L'offre a été retirée.",
        "Le poste a été pourvu en interne.",
        "Votre profil n'a malheureusement pas été retenu.",
        "Il a été décidé de clore ce recrutement sans embauche.",
        "Nous mettons fin à ce recrutement.",
    ),
    "es": (
        "Hemos decidido no cubrir la vacante.",
        "El proceso se ha cancelado.",
        "No podemos ofrecerle una respuesta positiva.",
        "La vacante se ha cubierto internamente.",
        "El puesto ha quedado desierto.",
        "Se ha cancelado el proceso de selección.",
        "El puesto ya está ocupado.",
        "Hemos cerrado el proceso sin contratar a nadie.",
        "Finalmente hemos elegido a otra persona.",
        "La oferta ha sido retirada.",
        "Lamentablemente no ha sido seleccionada.",
    ),
    "en": (
        "We've decided not to fill the position.",
        "The role has been cancelled.",
        "The recruitment has been stopped without a hire.",
        "The position has been filled internally.",
        "We've closed the search without making an appointment.",
        "The vacancy has been withdrawn.",
        "We can't offer you a positive answer.",
        "We have decided to go with an internal candidate.",
        "The role will not be filled after all.",
        "You have not been selected on this occasion.",
        "We're no longer hiring for this role.",
    ),
}
"""Of what is only on hold nothing follows."""
RECEIPTS = {
    "de": (
        "Wir haben Ihre Bewerbung erhalten und melden uns bis Ende nächster Woche.",
        "Ihre Unterlagen sind bei uns eingegangen.",
        "Ihre Bewerbungsunterlagen sind bei uns eingegangen.",
        "Ihre Bewerbung ist bei uns eingegangen; wir prüfen sie nun sorgfältig.",
        "Vielen Dank für Ihre Bewerbung, die wir gerne erhalten haben.",
        "Der Eingang Ihrer Bewerbung wird hiermit bestätigt.",
        "Wir bestätigen den Eingang Ihrer Unterlagen.",
        "Ihre Bewerbung haben wir dankend erhalten.",
        "Ihre Unterlagen liegen uns vollständig vor und werden nun geprüft.",
        "Ihre Bewerbung wurde erfolgreich übermittelt.",
    ),
    "fr": (
        "Votre dossier nous est bien parvenu.",
        "Nous avons bien reçu votre candidature et reviendrons vers vous d'ici fin de semaine prochaine.",
        "Votre CV nous est bien parvenu.",
        "Nous accusons réception de votre candidature.",
        "Votre candidature a bien été prise en compte.",
        "Vos documents sont bien arrivés.",
        "Votre candidature est en cours d'examen par nos équipes.",
        "J'ai bien reçu votre dossier, merci.",
        "Votre candidature a été transmise au service concerné.",
        "Nous vous confirmons la bonne réception de votre dossier.",
    ),
    "es": (
        "Su documentación nos ha llegado correctamente.",
        "Hemos recibido su candidatura y le diremos algo antes del final de la próxima semana.",
        "Hemos recibido su currículum.",
        "Su solicitud se ha registrado correctamente.",
        "Confirmamos la recepción de su candidatura.",
        "Tu CV nos ha llegado bien.",
        "Acusamos recibo de su solicitud.",
        "Tu candidatura está en revisión por nuestro equipo.",
        "Su candidatura ha sido recibida y será evaluada.",
        "Tu inscripción se ha completado con éxito.",
    ),
    "en": (
        "Your documents have arrived.",
        "We have received your application and will get back to you by the end of next week.",
        "We confirm receipt of your application.",
        "Your application has reached us safely.",
        "Your CV has been received.",
        "Your application is now under review by our team.",
        "Thanks, we've got your documents.",
        "Your application was submitted successfully.",
        "We acknowledge receipt of your documents.",
        "Your file has been passed on to the department.",
    ),
}
"""A receipt is one too where it says by when they answer."""
DELAYS = {
    "de": (
        "Die Entscheidung verzögert sich noch etwas. Sie hören spätestens am 26.10. von uns.",
        "Wir brauchen noch etwas Zeit für die Entscheidung und melden uns bis zum 26.10. bei Ihnen.",
        "Bitte haben Sie noch ein wenig Geduld, wir kommen Ende Oktober auf Sie zu.",
        "Leider dauert die Auswahl länger als geplant.",
        "Eine Entscheidung fällt erst Anfang November.",
        "Wir sind noch mitten im Auswahlprozess und geben Ihnen bis 30. Oktober Bescheid.",
        "Die Rückmeldung der Fachabteilung steht noch aus.",
        "Aufgrund der vielen Bewerbungen benötigen wir noch etwa zwei Wochen.",
        "Wir konnten uns noch nicht entscheiden und melden uns nächste Woche.",
    ),
    "fr": (
        "La décision est reportée, vous aurez une réponse au plus tard le 26 octobre.",
        "Nous n'avons pas encore pris de décision.",
        "Le processus prend plus de temps que prévu.",
        "Nous reviendrons vers vous d'ici le 26 octobre.",
        "Il nous faut encore quelques jours avant de trancher.",
        "Merci de patienter jusqu'au 26 octobre.",
        "Nous vous donnerons une réponse la semaine prochaine.",
        "Votre candidature est toujours à l'étude.",
        "Le choix final sera fait début novembre.",
        "Nous attendons encore le retour du directeur.",
    ),
    "es": (
        "La decisión se retrasa; tendrá noticias como muy tarde el 26 de octubre.",
        "Todavía no hemos tomado una decisión.",
        "El proceso está tardando más de lo previsto.",
        "Necesitamos unos días más para decidir.",
        "Le diremos algo antes del 26 de octubre.",
        "Seguimos entrevistando a otros candidatos y le avisaremos el 26 de octubre.",
        "La respuesta se retrasará hasta noviembre.",
        "Aún estamos pendientes de la aprobación de dirección.",
        "Le pedimos un poco de paciencia hasta el 26 de octubre.",
        "La decisión final se tomará a principios de noviembre.",
    ),
    "en": (
        "The decision has been delayed; you'll hear from us by 26 October at the latest.",
        "We haven't made a decision yet.",
        "We need a few more days to decide.",
        "We'll get back to you by 26 October.",
        "We're still interviewing other candidates and will let you know on 26 October.",
        "The decision won't be made until November.",
        "We're still waiting for approval from the board.",
        "Please bear with us until 26 October.",
        "The final decision will be made in early November.",
    ),
}


@pytest.mark.parametrize("language", GREETINGS)
@pytest.mark.parametrize(
    ("kind", "sentences"),
    [
        (ReplyKind.INTERVIEW, INTERVIEWS),
        (ReplyKind.REJECTION, REJECTIONS),
        (ReplyKind.RECEIPT, RECEIPTS),
        (ReplyKind.MORE_TIME, DELAYS),
    ],
)
def test_what_they_answer_in_a_sentence_is_read(
    language: str, kind: ReplyKind, sentences: dict[str, tuple[str, ...]]
) -> None:
    read = {each: _read(language, each) for each in sentences[language]}
    assert {each: reply.kind for each, reply in read.items()} == dict.fromkeys(read, kind)
    if kind is ReplyKind.INTERVIEW:
        assert {(reply.day, reply.clock) for reply in read.values()} == {(date(2026, 10, 20), time(14))}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "de",
            "Im nächsten Schritt prüfen wir, ob Ihr Profil zu unserer Suche passt, die wir erst beginnen.",
        ),
        ("de", "Nach dem Probearbeiten im letzten Jahr haben wir das Verfahren geändert."),
        ("fr", "L'offre n'a pas été retirée, le recrutement continue."),
        ("fr", "Le processus reste ouvert jusqu'à la fin du mois."),
        ("es", "El proceso no se ha cancelado y sigue abierto."),
        ("es", "La oferta no ha sido retirada."),
        ("de", "Wir haben entschieden, das Verfahren nicht einzustellen."),
        ("en", "The role is on hold for now."),
        ("en", "The process continues without changes."),
    ],
)
def test_what_says_no_such_thing_is_no_rejection(language: str, sentence: str) -> None:
    assert _read(language, sentence).kind is not ReplyKind.REJECTION


def _read(language: str, sentence: str) -> Reply:
    return read_reply(ReceivedMail(text=f"{GREETINGS[language]} {sentence}", subject=""), TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "Apologies for the delay, Pat is out until 19 October; we expect to update you by 26 October.",
        "Sorry for the delay. Until 19 October our team is on leave. You will hear from us by 26 October.",
        "Apologies for the delay, Pat will be back on 19 October, and we expect to update you by 26 October.",
        "Leider verzögert sich unsere Entscheidung, Frau Lang ist bis zum 19. Oktober krank; wir "
        "melden uns bis zum 26. Oktober.",
        "Die Entscheidung dauert noch, Herr Lang ist bis 19.10. auf Dienstreise. Sie hören "
        "bis zum 26.10. von uns.",
        "Disculpe el retraso: hasta el 19 de octubre Pat está de viaje; le daremos una "
        "respuesta el 26 de octubre.",
        "Disculpe la demora, Pat está de baja hasta el 19 de octubre; le daremos una "
        "respuesta el 26 de octubre.",
        "Nous avons besoin de plus de temps : jusqu'au 19 octobre Pat est en déplacement. Nous vous "
        "répondrons d'ici le 26 octobre.",
        "Nous avons besoin de plus de temps, Pat est indisponible jusqu'au 19 octobre ; nous vous "
        "répondrons d'ici le 26 octobre.",
    ],
)
def test_the_day_until_which_somebody_is_away_is_not_that_of_the_answer(text: str) -> None:
    found = read_reply(ReceivedMail(subject="", text=text), TODAY)
    assert (found.kind, found.day) == (ReplyKind.MORE_TIME, date(2026, 10, 26))


@pytest.mark.parametrize(
    "text",
    [
        "Pat is out until 19 October. Could you come to an interview on 20 October at 14:00?",
        "Herr Lang ist bis 19. Oktober nicht da. Haben Sie am 20. Oktober um 14 Uhr Zeit für ein Gespräch?",
        "Ana está de viaje hasta el 19 de octubre. Le proponemos una entrevista el "
        "20 de octubre a las 14:00.",
        "Pat est indisponible jusqu'au 19 octobre. Je vous propose un entretien le 20 octobre à 14h00.",
    ],
)
def test_nor_is_it_one_that_is_offered_for_an_interview(text: str) -> None:
    found = read_reply(ReceivedMail(subject="", text=text), TODAY)
    assert (found.kind, found.day, found.clock) == (ReplyKind.INTERVIEW, date(2026, 10, 20), time(14))
