"""Tables of web pages: cells that span others, pages that are left open, and pages that are of no use."""

from __future__ import annotations

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.document import Document, Reading
from followup_desktop.services.transfer.formats import read_document
from tests.tables import tabled

HEAD = "<table><tr><th>Company<th>Role<th>Status</tr>"


def read(page: str) -> Document:
    return read_document(page.encode(), reading=Reading(name="applications.html"))


def rows(page: str) -> list[tuple[str, str]]:
    return [(row.values["employer"], row.values["role"]) for row in read(page).applications]


@tabled(
    "body",
    [
        "<tr><td rowspan=2>Acme<td>Dev<td>Applied</tr><tr><td>Lead<td>Saved</tr>",
        "<tr><td rowspan='2'>Acme</td><td>Dev</td><td>Applied<tr><td>Lead<td>Saved",
        "<tr><td>Acme<td>Dev<td>Applied<tr><td>Acme<td>Lead<td>Saved</table></body>",
        "<!-- <tr><td>No<td>No> --><tr><td>Acme<td>Dev<tr><td>Acme<td>Lead<!-- left open",
        "<tr><td>Acme<script>'<td>'</script><td>Dev<tr><td> Acme&nbsp;<td><p>Lead</p>",
    ],
)
def test_a_table_says_what_a_browser_shows(body: str) -> None:
    assert rows(f"<html>{HEAD}{body}") == [("Acme", "Dev"), ("Acme", "Lead")]


@pytest.mark.parametrize("begin", ["", "<meta charset='utf-8'>", "<style>td { color: red }</style>\n"])
def test_a_table_without_the_page_around_it_is_read(begin: str) -> None:
    """As programs write it that call it a spreadsheet."""
    assert rows(f"{begin}{HEAD}<tr><td>Acme<td>Dev<td>Applied</table>") == [("Acme", "Dev")]


@pytest.mark.parametrize(
    "page",
    [
        "<html><table><tr><td>Menu<td>Home</table>",
        "<html><table></table>",
        "<html><table><tr><td rowspan=99999 colspan=99999>x",
        f"<html>{'<table>' * 3000}",
    ],
)
def test_a_page_without_applications_is_told_as_such(page: str) -> None:
    with pytest.raises(Refused, match=r"^That's a web page without a table of applications\."):
        read(page)


@pytest.mark.parametrize("part", ["<!--", "<![", "<!x", "<?", "<a ", "</", "<td colspan=1000>", "&#x", "<"])
def test_a_page_that_is_made_to_take_long_is_read_to_its_end(part: str) -> None:
    """Each of these took the parser a time that grows with the square of how many they are."""
    assert rows(f"<html>{HEAD}<tr><td>Acme<td>Dev</table>{part * 50_000}") == [("Acme", "Dev")]
