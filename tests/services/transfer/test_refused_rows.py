"""The table of the rows that were left out reads as the tables that they come from, in any language."""

from __future__ import annotations

from followup_desktop.i18n import languages, speaking
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.document import Document
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.refused_rows import write_refused
from tests.tables import tabled

CATALOGUES = resources_dir() / "locale"
JOBS = (
    "Company,Position,City,Applied on,Status\n,Dev,Leeds,2026-10-02,Applied\n,Cook,York,2026-10-03,Rejected\n"
)
ROLES = "Role,Employer,Location\nVet,,Bath\n"


def facts_of(document: Document) -> list[dict[str, object]]:
    return [dict(each.values) for each in document.applications]


def left_out(*texts: str) -> bytes:
    """The table of all rows of these."""
    return write_refused([row for each in texts for row in read_document(each.encode()).refused])


@tabled("code", sorted(languages(CATALOGUES)))
def test_it_reads_as_the_table_it_is_of_in_each_language(code: str) -> None:
    with speaking(code, CATALOGUES):
        written = left_out(JOBS).decode("utf-8-sig")
    assert "Leeds" in written
    corrected = written.replace('"","Dev"', '"Acme","Dev"').replace('"","Cook"', '"Globex","Cook"')
    wanted = JOBS.replace("\n,Dev", "\nAcme,Dev").replace("\n,Cook", "\nGlobex,Cook")
    found = facts_of(read_document(corrected.encode()))
    assert len(found) == 2
    assert found == facts_of(read_document(wanted.encode()))


def test_rows_below_other_headings_are_read_by_theirs() -> None:
    corrected = left_out(JOBS, ROLES).decode("utf-8-sig").replace('"Vet","","Bath"', '"Vet","Fixed","Bath"')
    found = facts_of(read_document(corrected.encode()))
    said = [(each["employer"], each["role"], each["location"]) for each in found]
    assert said == [("Fixed", "Vet", "Bath")]


def test_what_is_left_out_again_is_told_once() -> None:
    first, again = (read_document(data).refused for data in (JOBS.encode(), left_out(JOBS)))
    assert [row.source.cells for row in again] == [row.source.cells for row in first]
