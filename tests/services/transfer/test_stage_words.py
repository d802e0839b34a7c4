"""The stages as the program itself names them, in each language, are read from a table as what they are."""

from __future__ import annotations

from datetime import date

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.tables.words import stage_of
from followup_desktop.services.wording import Wording
from tests.pseudo_locale import speaking


@pytest.mark.parametrize("code", languages(resources_dir() / "locale"))
def test_a_stage_is_read_by_the_name_that_the_program_gives_it(code: str) -> None:
    with speaking(code):
        read = {stage: stage_of(Wording().stage_label(stage)) for stage in Stage}
    assert read == {stage: (stage, True) for stage in Stage}


@pytest.mark.parametrize(
    ("heads", "word"),
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
