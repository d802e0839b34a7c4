"""The stages as the program itself names them, in each language, are read from a table as what they are."""

from __future__ import annotations

from datetime import date

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.tables.words import flag_of, month_names, no_surnames, stage_of
from followup_desktop.services.wording import Wording
from tests.pseudo_locale import speaking
from tests.tables import tabled


@pytest.mark.parametrize("code", languages(resources_dir() / "locale"))
def test_a_stage_is_read_by_the_name_that_the_program_gives_it(code: str) -> None:
    with speaking(code):
        read = {stage: stage_of(Wording().stage_label(stage)) for stage in Stage}
    assert read == {stage: (stage, True) for stage in Stage}


@tabled(
    "heads, word",
    [
        ("Company,Role,Status,Date applied", "Open"),
        ("Firma,Stelle,Status,Beworben am", "offen"),
        ("Firma,Stelle,Status,Beworben am", "Noch offen"),
        ("Empresa,Puesto,Estado,Fecha de solicitud", "Abierta"),
        ("Entreprise,Poste,Statut,Date de candidature", "Ouverte"),
    ],
)
def test_a_word_that_nothing_is_decided_is_of_an_application_with_a_day_of_applying(
    heads: str, word: str
) -> None:
    data = f"{heads}\nAcme,Engineer,{word},2026-10-13\nBeta,Clerk,{word},\n".encode()
    document = read_document(data, reading=Reading(name="jobs.csv"))
    told = [(row.values["stage"], row.values.get("applied_on")) for row in document.applications]
    assert told == [(Stage.APPLIED, date(2026, 10, 13)), (Stage.SAVED, None)]
    assert not document.questions


@tabled(
    "stage, words",
    [
        (
            Stage.REJECTED,
            "not hired|Not accepted|They hired someone else|"
            "Was not hired in the end|No offer|Hiring freeze|"
            "nicht eingestellt|Verfahren eingestellt|Stelle eingestellt|Nicht angenommen|"
            "Bewerbung wurde nicht angenommen|Haben jemand anderen eingestellt|Erfolglos|Kein Angebot|"
            "No contratado|No aceptada|No me han contratado|"
            "Han contratado a otra persona|Sin éxito|No admitida|"
            "Non embauché|Non acceptée|Pas été embauchée|Classée sans suite|Sans suite|"
            "Dossier classé sans suite|Refus d'embauche|Ils ont embauché quelqu'un d'autre|Poste abandonné",
        ),
        (
            Stage.WITHDRAWN,
            "Abandon|Abandonné par moi|Abandono|Absage von mir|Offer not accepted|Didn't accept the offer|"
            "Angebot nicht angenommen|Oferta no aceptada|Offre non acceptée|Je n'ai pas accepté l'offre",
        ),
        (
            Stage.OFFER,
            "Offre d'embauche|Proposition d'embauche|Promesse d'embauche reçue|Einstellungszusage|"
            "Offer, not yet accepted|Angebot noch nicht angenommen|"
            "Offre pas encore acceptée|Oferta aún no aceptada",
        ),
        (
            Stage.INTERVIEWING,
            "Entretien d'embauche|1er entretien d'embauche|Test d'embauche|Termin vereinbart|"
            "Termin vereinbart für Montag|Einladung angenommen|Einstellungsgespräch|Finalista|Finalist|"
            "Finaliste|RDV pris|Cita concertada|Interview accepted|Entrevista aceptada|Entretien accepté",
        ),
        (
            Stage.APPLIED,
            "Unterlagen eingereicht|Initiativbewerbung|Bewerbung online eingereicht|"
            "Zwischenbescheid erhalten|Candidature spontanée|"
            "Candidatura espontánea|Speculative application|Noch nicht eingestellt",
        ),
        (
            Stage.ACCEPTED,
            "Eingestellt|Bin eingestellt worden|Angenommen|"
            "Angebot angenommen|Contratado|Contratada en mayo|"
            "Oferta aceptada|Offer accepted|Embauché|"
            "Embauchée en mai|Offre d'embauche acceptée|Hired|Hired in May",
        ),
    ],
)
def test_a_word_for_a_stage_is_read_with_what_stands_around_it(stage: Stage, words: str) -> None:
    read = {word: stage_of(word)[0] for word in words.split("|")}
    assert read == dict.fromkeys(read, stage)


@tabled(
    "word, stage",
    [
        *(
            (word, Stage.APPLIED)
            for word in (
                "No interview yet",
                "Not yet rejected",
                "No offer yet",
                "No interview",
                "Applied, no interview yet",
                "noch keine Absage",
                "Noch kein Gespräch",
                "Bisher keine Einladung",
                "Kein Vorstellungsgespräch",
                "Noch kein Angebot",
                "Aún sin entrevista",
                "Todavía no rechazada",
                "Todavía no me han contestado",
                "Sin entrevista",
                "Pas encore d'entretien",
                "Pas encore refusée",
                "Pas de refus",
                "Aucun entretien",
            )
        ),
        *(
            (word, Stage.INTERVIEWING)
            for word in (
                "Einladung erhalten",
                "Einladung per Mail",
                "Eingeladen für Montag",
                "Invited to interview",
                "Invited for a chat",
                "Invitación recibida",
                "Convocada a entrevista",
                "Convocation reçue",
                "Invitée à un entretien",
            )
        ),
        *(
            (word, Stage.REJECTED)
            for word in (
                "Rejected, no interview",
                "Absage ohne Gespräch",
                "Absage, keine Einladung",
                "Rechazada sin entrevista",
                "Refus sans entretien",
            )
        ),
        ("Invited to apply", Stage.SAVED),
        ("No longer hiring", Stage.REJECTED),
        ("Not a fit", Stage.REJECTED),
        ("Didn't get it", Stage.REJECTED),
        ("Cubierta", Stage.REJECTED),
        ("Nicht bekommen", Stage.REJECTED),
        ("HR call done", Stage.INTERVIEWING),
        ("Telefonat geführt", Stage.INTERVIEWING),
        ("Signed contract!", Stage.ACCEPTED),
        ("Noch keine Antwort", Stage.NO_RESPONSE),
    ],
)
def test_what_has_not_happened_is_not_taken_for_what_has(word: str, stage: Stage) -> None:
    assert stage_of(word)[0] is stage


@pytest.mark.parametrize(
    ("yes", "no"), [("Sí", "Non"), ("SI", "nein"), ("Ja", "No"), ("\u2714\ufe0f", "\u274c"), ("[X]", "[ ]")]
)
def test_a_yes_and_a_no_are_read_with_and_without_accents(yes: str, no: str) -> None:
    assert (flag_of(yes), flag_of(no)) == (True, False)


def test_words_of_a_file_with_accents_are_found_as_cells_are_compared() -> None:
    assert {"grunder", "sohne"} <= no_surnames()
    assert (month_names()["fevrier"], month_names()["marz"]) == (2, 3)


@tabled(
    "stage, words",
    [
        (
            Stage.REJECTED,
            "No cogido|No cogida|Descartado/a|Rechazado/-a|Rechazada(o)|No elegido/a|Me han descartado|"
            "Not chosen|Auto-rejected|Nicht berücksichtigt|Absage per Mail|Refusé(e)|Pas retenu·e|Écartée",
        ),
        (
            Stage.WITHDRAWN,
            "I turned it down|Rechazada por mí|Lo dejo|Ich habe abgesagt|J'ai décliné|Retiré(e)",
        ),
        (Stage.NO_RESPONSE, "Heard nothing|Ni caso|En visto|Funkstille|Nie gemeldet|Silence radio|Ghosté·e"),
        (
            Stage.INTERVIEWING,
            "Interview booked|Entrevistado/a|Fase final|Engere Auswahl|2. Runde|Rdv entretien",
        ),
        (
            Stage.APPLIED,
            "Easy applied|Apuntado/a|CV entregado|Bewerbung ist raus|Candidature faite|Postulé(e)",
        ),
        (Stage.SAVED, "On my radar|Por echar|Im Blick|À creuser"),
        (Stage.ACCEPTED, "I got the job|Cogida|Contratado/a|Vertrag unterzeichnet|Poste obtenu|Embauché·e"),
        (Stage.OFFER, "Got an offer|Oferta en mano|Mündliche Zusage|Offre en main"),
    ],
)
def test_words_that_people_write_are_sure(stage: Stage, words: str) -> None:
    read = {word: stage_of(word) for word in words.split("|")}
    assert read == dict.fromkeys(read, (stage, True))
