"""Restoring, purging, and the user's own templates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_desktop.domain.drafts import Template, TemplateName
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact
from followup_desktop.storage.store import Thing
from tests.services.conftest import Desk, acme

ANA = Contact(id="c1", name="Ana Ruiz")


@pytest.fixture
def table(desk: Desk) -> Desk:
    desk.put(acme(contacts=("c1",)), contacts=(ANA,))
    return desk


def test_what_is_restored_is_as_it_was(table: Desk) -> None:
    before, plan = table.store.facts(), table.store.follow_ups()
    table.tracker.trash_application("a1")
    table.tracker.trash_contact("c1")
    assert table.tracker.restore(Thing.CONTACT, "c1").label == "Restore Ana Ruiz"
    assert table.tracker.restore(Thing.APPLICATION, "a1").label == "Restore Acme · Data Engineer"
    assert (table.store.facts(), table.store.follow_ups()) == (before, plan)
    table.tracker.undo()
    assert table.store.applications() == []
    with pytest.raises(Refused, match="no longer in the trash"):
        table.tracker.restore(Thing.CONTACT, "c1")


def test_the_trash_keeps_things_for_thirty_days_on_which_the_program_ran(table: Desk) -> None:
    table.tracker.trash_application("a1")
    for day in range(30):
        table.store.record_run((table.now + timedelta(days=day)).date(), table.now)
        table.store.record_run((table.now + timedelta(days=day)).date(), table.now)
        assert table.tracker.purge_trash() == 0
    assert table.tracker.undo_label == "Delete Acme"
    table.store.record_run((table.now + timedelta(days=90)).date(), table.now)
    assert table.tracker.purge_trash() == 1
    assert table.store.trash() == []
    with pytest.raises(Refused, match="nothing to undo"):
        table.tracker.undo()


def test_a_template_is_saved_reset_and_undone(table: Desk) -> None:
    name = TemplateName.THANK_YOU
    done = table.tracker.save_template(name, " Thank\nyou ", " Dear $first_name,\n\nthanks! \n")
    saved = Template("thank_you/en", "Thank you", "Dear $first_name,\n\nthanks!")
    assert (done.label, table.store.templates()) == ("Change template", {saved.name: saved})
    assert table.tracker.reset_template(name).label == "Reset template"
    assert table.store.templates() == {}
    table.tracker.undo()
    assert table.store.template(saved.name) == saved
    table.tracker.undo()
    assert table.store.templates() == {}


@pytest.mark.parametrize(("field", "subject", "body"), [("body", "x", "  "), ("subject", "a\0", "b")])
def test_a_template_that_can_not_be_kept_is_refused(table: Desk, field: str, subject: str, body: str) -> None:
    with pytest.raises(Refused) as refusal:
        table.tracker.save_template(TemplateName.CHECK_IN, subject, body)
    assert refusal.value.field == field
    assert table.store.templates() == {}
