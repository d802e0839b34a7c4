"""Tables as texts, and what spreadsheets write into them."""

from __future__ import annotations

from followup_desktop.services.transfer.readers.delimited import text_table
from followup_desktop.services.transfer.spreadsheet import guarded


def test_a_formula_that_is_a_link_is_its_words_with_the_address_behind_them() -> None:
    text = """Company,Link
Acme,"=HYPERLINK(""https://acme.example/jobs/1"",""Posting"")"
Globex,"=hyperlink(""https://globex.example/2""; ""Posting"")"
Initech,"=HYPERLINK(""https://initech.example/3"")"
Hooli,"=HYPERLINK(A1,B1)"
"""
    rows = text_table(text).rows[1:]
    assert [(row.cells[1], dict(row.links)) for row in rows] == [
        ("Posting", {1: "https://acme.example/jobs/1"}),
        ("Posting", {1: "https://globex.example/2"}),
        ("https://initech.example/3", {1: "https://initech.example/3"}),
        ("=HYPERLINK(A1,B1)", {}),
    ]


def test_a_text_that_was_kept_from_being_a_formula_stays_as_it_is() -> None:
    typed = '=HYPERLINK("https://acme.example/jobs/1")'
    quoted = guarded(typed).replace('"', '""')
    (_head, row) = text_table(f'Company,Notes\nAcme,"{quoted}"\n').rows
    assert (row.cells[1], dict(row.links)) == (typed, {})
