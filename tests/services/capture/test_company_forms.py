"""The legal form of a company, which is in no letter."""

from __future__ import annotations

from datetime import date

from followup_desktop.domain.model import Rule, Stage
from followup_desktop.services.capture.company_forms import spoken_employer
from followup_desktop.services.messages.compose import Compose
from tests.services.conftest import Desk, acme
from tests.tables import tabled


@tabled(
    "name, spoken",
    [
        ("Brightwave Energy Ltd", "Brightwave Energy"),
        ("Acme, Inc.", "Acme"),
        ("Müller & Söhne GmbH & Co. KG", "Müller & Söhne"),
        ("Siemens AG", "Siemens"),
        ("Banco del Sur, S.A.", "Banco del Sur"),
        ("Fleurs SARL", "Fleurs"),
        ("Harbour Pty Ltd", "Harbour"),
        ("Acme", "Acme"),
        ("Limited", "Limited"),
        ("Kitchen & Co", "Kitchen & Co"),
        ("Vamos se", "Vamos se"),
        ("Ltd Edition Prints", "Ltd Edition Prints"),
    ],
)
def test_a_company_is_written_about_without_its_legal_form(name: str, spoken: str) -> None:
    assert spoken_employer(name) == spoken


def test_a_letter_names_the_company_without_its_legal_form(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED, employer="Brightwave Energy Ltd", applied_on=date(2026, 9, 14)))
    key = desk.follow_up(Rule.CHECK_IN).key
    draft = Compose(desk.store, desk.wording).letter(key, desk.now, sender="Jo").draft
    assert "Brightwave Energy" in draft.subject + draft.body
    assert "Ltd" not in draft.subject + draft.body
