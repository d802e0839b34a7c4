"""Which application an email is about."""

from __future__ import annotations

import pytest

from followup_desktop.domain.model import Application, Contact, Stage
from followup_desktop.services.capture.correspondence import Correspondence, find_applications


@pytest.mark.parametrize("called", ["Dana Ortiz", "Ortiz, Dana", "ORTIZ, Dana"])
def test_who_wrote_is_known_wherever_the_surname_stands(called: str) -> None:
    dana = Contact(id="c1", name="Dana Ortiz", employer="Cobalt")
    there = [
        Application(id="a1", employer="Cobalt", role="Nurse", stage=Stage.APPLIED, contacts=("c1",)),
        Application(id="a2", employer="Beta", role="Nurse", stage=Stage.APPLIED),
    ]
    found = find_applications(Correspondence(names=(called,)), there, {"c1": dana})
    assert found.likeliest is there[0]
