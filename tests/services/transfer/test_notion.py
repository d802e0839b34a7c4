"""The archive that Notion exports, plain or within another one."""

from __future__ import annotations

import io
import zipfile

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.formats import read_document
from tests.services.conftest import Desk

NUMBER = "1f2e3d4c5b6a79881f2e3d4c5b6a7988"
SHOWN = "\ufeffName,Company,Stage\nDesigner,Mossbank,Applied\n"
WHOLE = "\ufeffName,Company,Stage\nDesigner,Mossbank,Applied\nWriter,Tidemill,Rejected\n"


def archive(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


EXPORT = archive(
    **{
        f"Private/Jobs {NUMBER}.csv": SHOWN,
        f"Private/Jobs {NUMBER}_all.csv": WHOLE,
        f"Private/Jobs/Designer {NUMBER[::-1]}.md": "# Designer\n",
    }
)
WRAPPED = archive(**{"Export-77-Part-1.zip": EXPORT})


def test_a_relation_by_the_way_to_a_page_is_its_name(desk: Desk) -> None:
    page = f"../People%20{NUMBER}/{{}}%20{NUMBER}.md"
    ann, bo = page.format("Ann%20Lee"), page.format("Bo%20Ray")
    rows = (
        "Name,Company,Stage,Contact,Project",
        f"Dev,Plaid,Applied,{ann},f() for {page.format('My%20App')}",
        f'Ops,Brex,Applied,"Ivy Chen ({ann}), Zed Quux ({bo})",My App ({ann})',
        f'SRE,Acme,Applied,"{ann}, {bo}",100%20',
    )
    document = read_document("\n".join(rows).encode(), reading=desk.tracker.reading("Jobs.csv"))
    people = [(row.values["name"], row.values.get("title")) for row in document.contacts]
    names = ("Ann Lee", "Ivy Chen", "Zed Quux", "Ann Lee", "Bo Ray")
    assert people == [(name, None) for name in names]
    notes = [row.values["notes"] for row in document.applications]
    assert notes == ["Project: f() for My App", "Project: My App", "Project: 100%20"]


@pytest.mark.parametrize("data", [EXPORT, WRAPPED], ids=["plain", "within another"])
def test_its_table_is_read_once_with_all_rows(desk: Desk, data: bytes) -> None:
    document = read_document(data, reading=desk.tracker.reading("Export.zip"))
    assert [row.values["employer"] for row in document.applications] == ["Mossbank", "Tidemill"]
    desk.tracker.import_document(document)
    again = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("Export.zip")))
    assert again.counts()["added"] == 0


def test_each_person_that_a_cell_refers_to_is_one(desk: Desk) -> None:
    page = "https://www.notion.so/{name}-0123456789abcdef0123456789abcdef"
    people = f"Ana Ruiz ({page.format(name='Ana')}), Bob Lee ({page.format(name='Bob')})"
    table = f'Name,Company,Stage,Contacts\nDesigner,Mossbank,Applied,"{people}"\n'
    data = archive(**{f"Jobs {NUMBER}.csv": table})
    document = read_document(data, reading=desk.tracker.reading("Export.zip"))
    assert [(row.values["name"], row.values.get("url")) for row in document.contacts] == [
        ("Ana Ruiz", None),
        ("Bob Lee", None),
    ]


def related(people: str, *rows: str) -> bytes:
    """Applications that refer to the pages of people, and the table of these."""
    return archive(
        **{
            f"Jobs {NUMBER}.csv": "\n".join(("\ufeffName,Company,Stage,Contact", *rows, "")),
            f"People {NUMBER[::-1]}.csv": f"\ufeff{people}",
        }
    )


ANN = f"Ann Lee (People%20{NUMBER[::-1]}/Ann%20Lee%20{NUMBER[1:]}0.md)"
ON_THE_WEB = f"Ann Lee (https://www.notion.so/Ann-Lee-{NUMBER}?pvs=21)"


def met(desk: Desk, data: bytes) -> list[tuple[str, str, str, list[str]]]:
    """The people after an import that changes nothing when it comes again, and whose application has them."""
    desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("Export.zip")))
    again = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("Export.zip")))
    assert not any(again.counts()[change] for change in ("added", "updated", "merged"))
    applications = desk.store.facts().applications
    return sorted(
        (one.name, one.employer, one.email, sorted(a.employer for a in applications if one.id in a.contacts))
        for one in desk.store.all_contacts()
    )


@pytest.mark.parametrize("ann", [ANN, ANN.replace("(", "(../"), ON_THE_WEB, ANN.partition("(")[2][:-1]])
def test_whom_a_row_refers_to_is_the_one_of_that_page(desk: Desk, ann: str) -> None:
    data = related("Name,Email,Phone\nAnn Lee,ann@plaid.example,5\n", f"Dev,Plaid,Applied,{ann}")
    assert met(desk, data) == [("Ann Lee", "Plaid", "ann@plaid.example", ["Plaid"])]


def test_one_of_an_agency_to_whom_several_rows_refer_is_one(desk: Desk) -> None:
    rows = f"Dev,Plaid,Applied,{ANN}", f"Ops,Brex,Applied,{ANN}", "SRE,Acme,Applied,Ann Lee"
    found = met(desk, related("Name,Company,Email\nAnn Lee,Hays,ann@hays.example\n", *rows))
    assert found == [
        ("Ann Lee", "Acme", "", ["Acme"]),
        ("Ann Lee", "Hays", "ann@hays.example", ["Brex", "Plaid"]),
    ]


def test_one_of_a_relation_who_gets_an_address_is_the_same(desk: Desk) -> None:
    rows = f"Dev,Plaid,Applied,{ANN}", f"Ops,Brex,Applied,{ANN}"
    both = ["Brex", "Plaid"]
    assert met(desk, related("Name,Phone\nAnn Lee,5\n", *rows)) == [("Ann Lee", "Plaid", "", both)]
    newer = related("Name,Phone,Email\nAnn Lee,5,ann@hays.example\n", *rows)
    assert met(desk, newer) == [("Ann Lee", "Plaid", "ann@hays.example", both)]


def test_of_two_of_one_name_no_relation_tells_which(desk: Desk) -> None:
    data = related("Name,Email\nAnn Lee,a@x.example\nAnn Lee,b@y.example\n", f"Dev,Plaid,Applied,{ANN}")
    assert met(desk, data) == [
        ("Ann Lee", "", "a@x.example", []),
        ("Ann Lee", "", "b@y.example", []),
        ("Ann Lee", "Plaid", "", ["Plaid"]),
    ]


def test_a_page_of_another_table_is_nobody_of_the_people(desk: Desk) -> None:
    data = related("Name,Email\nAnn Lee,a@x.example\n", f"Dev,Plaid,Applied,{ANN.replace('People', 'Staff')}")
    assert met(desk, data) == [("Ann Lee", "", "a@x.example", []), ("Ann Lee", "Plaid", "", ["Plaid"])]


PAGE = "# {title}\n\nCompany: {company}\nStage: Applied\n\nMet them at the fair.\n\n- Ask about remote\n"


@pytest.mark.parametrize("folder", ["Private/Jobs", f"Private/Jobs {NUMBER}"])
def test_what_the_page_of_a_row_says_is_in_its_notes(desk: Desk, folder: str) -> None:
    pages = {
        f"{folder}/Designer {NUMBER[::-1]}.md": PAGE.format(title="Designer", company="Mossbank"),
        f"{folder}/Writer {NUMBER[1:]}0.md": "# Writer\n\nCompany: Tidemill\nStage: Rejected\n",
        f"{folder}/Cook {NUMBER[1:]}1.md": PAGE.format(title="Cook", company="Nowhere"),
    }
    data = archive(**{f"Private/Jobs {NUMBER}_all.csv": WHOLE}, **pages)
    document = read_document(data, reading=desk.tracker.reading("Export.zip"))
    assert [row.values.get("notes") for row in document.applications] == [
        "Met them at the fair.\n\n- Ask about remote",
        None,
    ]
    assert document.warnings == ("1 page with a text of its own matches no row and is left out.",)
    desk.tracker.import_document(document)
    again = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("Export.zip")))
    assert again.counts()["skipped"] == 2


@pytest.mark.parametrize("end", range(40, len(WRAPPED) - 120, 90))
def test_one_that_is_cut_off_is_refused_in_a_sentence(desk: Desk, end: int) -> None:
    with pytest.raises(Refused, match=r"incomplete or damaged"):
        read_document(WRAPPED[:end], reading=desk.tracker.reading("Export.zip"))


def test_another_archive_is_none() -> None:
    with pytest.raises(Refused, match="That isn't a Notion export"):
        read_document(archive(a="b"), "notion")


def test_of_two_rows_of_one_title_each_has_the_page_with_its_values(desk: Desk) -> None:
    rows = "Name,Company,Stage\nDev,Plaid,Applied\nDev,Brex,Applied\nDev,Brex,Rejected\n"
    pages = {
        f"Jobs/Dev {number * 32}.md": f"# Dev\n\nCompany: {company}\nStage: {stage}\n\nText {number}\n"
        for number, company, stage in (
            ("1", "Brex", "Rejected"),
            ("2", "Plaid", "Applied"),
            ("3", "Brex", "Applied"),
            ("4", "Plaid", "Applied"),
        )
    }
    data = archive(**{f"Jobs {NUMBER}.csv": rows, **pages})
    document = read_document(data, reading=desk.tracker.reading("Export.zip"))
    notes = [(row.values["employer"], row.values["notes"]) for row in document.applications]
    assert notes == [("Plaid", "Text 2"), ("Brex", "Text 3"), ("Brex", "Text 1")]
    assert any("1 page" in each for each in document.warnings)
