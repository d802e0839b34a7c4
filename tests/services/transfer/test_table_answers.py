"""What was answered of a table holds for the next one with its headings, whoever imports it."""

from __future__ import annotations

import json
from pathlib import Path

from followup_desktop.services.transfer.document import Answers, MappedColumn
from followup_desktop.services.transfer.import_file import FileContents, ImportFile, SourceFile
from followup_desktop.services.transfer.report_words import field_choices
from followup_desktop.services.transfer.table_answers import KEY, TableAnswers
from followup_desktop.services.transfer.tables.fields import FIELDS
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.services.conftest import Desk

TABLE = b"Company,Role,Date applied\nAcme,Dev,05/02/2026\n"
DAY_FIRST = Answers(day_first=True)


def columns(name: str) -> list[MappedColumn]:
    return [MappedColumn(heading=name)]


def test_what_each_program_keeps_beside_another_is_known_to_both(tmp_path: Path) -> None:
    stores = [Store(open_database(tmp_path / "data.db")) for _program in range(2)]
    kept = [TableAnswers(store.settings) for store in stores]
    for number, name in enumerate(("Firma", "Empresa", "Company", "Employer")):
        answers = Answers(columns={name: "employer", "Nr": ""}, day_first=bool(number % 2))
        kept[number % 2].keep(columns(name), answers)
        assert kept[0].of(columns(name)) == kept[1].of(columns(name)) == answers
    assert kept[1].of(columns("Firma")) == Answers(columns={"Firma": "employer", "Nr": ""}, day_first=False)
    assert kept[0].of(columns("Nr")) is None
    for store in stores:
        store.close()


def test_of_very_many_the_oldest_is_forgotten(desk: Desk) -> None:
    kept = TableAnswers(desk.store.settings)
    for number in range(31):
        kept.keep(columns(str(number)), DAY_FIRST)
    assert [kept.of(columns(str(number))) for number in (0, 1, 30)] == [None, DAY_FIRST, DAY_FIRST]


def test_what_cant_be_read_of_them_is_none(desk: Desk) -> None:
    kept = TableAnswers(desk.store.settings)
    later = json.dumps({"Firma": {"columns": {"Firma": "a field of a later version"}}})
    for text in ("{", "7", "[]", json.dumps("{"), json.dumps("[]"), json.dumps(later)):
        desk.store.settings.put(KEY, text)
        assert kept.of(columns("Firma")) is None
        kept.keep(columns("Nr"), DAY_FIRST)
        assert kept.of(columns("Nr")) == DAY_FIRST


def read(desk: Desk, answers: Answers | None = None) -> tuple[ImportFile, FileContents]:
    importing = ImportFile(desk.tracker, TableAnswers(desk.store.settings))
    return importing, importing.read(SourceFile(name="jobs.csv", data=TABLE), answers)


def test_an_import_keeps_its_answers_and_a_look_does_not(desk: Desk) -> None:
    importing, contents = read(desk, DAY_FIRST)
    importing.look(contents)
    assert read(desk)[1].answers == Answers()
    importing.carry_out(contents)
    assert read(desk)[1].answers == DAY_FIRST
    assert read(desk, Answers(day_first=False))[1].answers.day_first is False, "said now, it counts more"


def test_a_column_may_be_taken_for_every_field_that_is_read() -> None:
    choices = field_choices()
    assert set(choices) == {"", *FIELDS}
    assert len(set(choices.values())) == len(choices)
