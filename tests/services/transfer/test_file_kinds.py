"""A file of another kind is called by its kind, whatever its name, and gets no advice about JSON."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer import interchange
from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.file_kinds import kind_of
from followup_desktop.services.transfer.formats import read_document, what_is_read
from followup_desktop.services.transfer.readers.email import read as read_email
from tests.tables import tabled

FIXTURES = Path(__file__).parents[2] / "fixtures"

TABLE = "employer,role,stage\nAcme,Engineer,applied\nGlobex,Analyst,saved\n"
PREAMBLE = """Notes:
"Members decide who sees their address, so some addresses are missing here."

First Name,Last Name,URL,Email Address,Company
Ana,Ruiz,https://people.example/ana,,Acme
Tom,Berg,https://people.example/tom,tom@globex.example,"Globex, Inc."
"""


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(64)


def email() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Interview", "ana@acme.example", "me@home.example"
    message.set_content("Dear candidate, we are happy to invite you, if you like, to an interview.")
    return bytes(message)


@tabled(
    "data, kind",
    [
        (b"", "an empty file"),
        (b" \r\n\t\n", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
        (bytes(100), "a file that contains only zeros"),
        (bytes(4096), "a file that contains only zeros"),
        (b"\n" + bytes(7), "a file that contains only zeros"),
        (zipped(xl__workbook="<x/>"), "a spreadsheet (XLSX)"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet (ODS)"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "a text document (ODT)"),
        (zipped(word__document="<x/>"), "a Word document (DOCX)"),
        (zipped(letter="Dear Ana"), "a compressed archive (ZIP)"),
        (old_office("Workbook"), "a spreadsheet (XLS)"),
        (old_office("WordDocument"), "a Word document (DOC)"),
        (old_office("EncryptedPackage"), "a password-protected Office document"),
        (b"{\\rtf1\\ansi Dear Ana}", "a Word document (RTF)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image (JPEG)"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "an image (WebP)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "an image (HEIC)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an image (SVG)"),
        (b"\x1f\x8b\x08\0\0\0", "a compressed archive (gzip)"),
        (b"\x7fELF\2\1\1\0", "a program"),
        (b"MZ\x90\0\3\0", "a program"),
        (b"MZ,Company\nA,Acme\nB,Globex\n", "a table (CSV)"),
        (b"ID3\4\0\0\0\0\0\x21TIT2", "a sound file"),
        (b"\xff\xfb\x90\x64" + bytes(400), "a sound file"),
        ("Firma\tRolle\nAcme\tKoch\n".encode("utf-16"), "a table (TSV)"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound file"),
        (b"\0\0\0\x1cftypM4A \0\0", "a sound file"),
        (b"\0\0\0\x20ftypisom\0\0", "a video"),
        (b"wOF2\0\1\0\0", "a font"),
        (b"\0\1\0\0\0\x10\1\0", "a font"),
        (email(), "an email"),
        (b"From ana@acme.example Mon Oct  5 10:00:00 2026\n" + email(), "a mailbox (mbox)"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "a calendar file (iCalendar)"),
        (b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:3.0\r\n", "an address book (vCard)"),
        (b"<!DOCTYPE html>\n<title>Job</title>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><jobs/>", "an XML file"),
        (TABLE.encode(), "a table (CSV)"),
        (TABLE.replace(",", ";").encode("cp1252"), "a table (CSV)"),
        (TABLE.replace(",", "\t").encode("utf-16"), "a table (TSV)"),
        (b"employer,role,stage\n", "a table (CSV)"),
        (b"employer\trole\nAcme\tEngineer\n", "a table (TSV)"),
        (b"employer\trole\n", "a table (TSV)"),
        (b"employer;role\nAcme;Engineer\n", "a table (CSV)"),
        (b"employer,role\nAcme,Engineer\n", "a table (CSV)"),
        (b"employer,role\r\nAcme,Data Engineer at night\r\nGlobex,\r\n", "a table (CSV)"),
        (b'"employer","role"\n"Acme, Inc.","Engineer"\n', "a table (CSV)"),
        ("employer,role\nAcme,Engineer\n".encode("utf-16"), "a table (CSV)"),
        ("employer;role\nAcme;Engineer\n".encode("utf-16-le"), "a table (CSV)"),
        ("employer\trole\nAcme\tEngineer\n".encode("utf-16-be"), "a table (TSV)"),
        (b"company\nAcme\nGlobex\n", "a table (CSV)"),
        ("Correo electrónico\na@acme.example\nb@acme.example\n".encode(), "a table (CSV)"),
        (b"\xef\xbb\xbfE-Mail Address\r\nana@acme.example\r\n", "a table (CSV)"),
        (b'"Acme"\n"Globex, Inc."\n', "a table (CSV)"),
        (b"Acme\nGlobex\n", "a text file"),
        (b"Dear Ana,\nthank you for today,\n", "a text file"),
        (b"Dear Ana, hello\nthank you for today, it was good\n", "a text file"),
        ("Dear Ana".encode("utf-16-le"), "a text file"),
        (b"Date\nIt was a good talk, and I will call again on Tuesday.\n", "a text file"),
        (PREAMBLE.encode(), "a table (CSV)"),
        (b"# Applications\n\n| Company | Role |\n|---|:--|\n| Acme | Analyst |\n", "a table (Markdown)"),
        (
            "Liebe Frau Ruiz,\nschönen Dank für das Gespräch, es war nett.\n".encode(),
            "a text file",
        ),
        (b"Acme, Globex, and, I think, Initech; they are all fine. Yes, really.", "a text file"),
        (b"Acme", "a text file"),
        (b"\x93GRIB\x02\x01\x01\0\0\0\0\0\xc8\xc9\0\1\2\3", "a kind of file Follow Up doesn't know"),
    ],
)
def test_a_file_is_called_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        interchange.read(data)
    said = f"That's {kind}. {what_is_read()}"
    assert str(refused.value) == said
    assert "JSON" not in said


@tabled(
    "data, kind",
    [
        (old_office("__substg1.0_0037001F"), "an email (Outlook MSG)"),
        (old_office("__nameid_version1.0"), "an email (Outlook MSG)"),
        (old_office("WordDocument __substg1.0_37010102"), "an email (Outlook MSG)"),
        (b"\x78\x9f\x3e\x22" + bytes(100), "an Outlook attachment (winmail.dat)"),
    ],
)
def test_what_only_outlook_reads_is_told_with_the_way_out(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        interchange.read(data)
    assert str(refused.value) == (
        f"That's {kind}. In Outlook, save the invitation as an .ics file, or copy the email's text and paste "
        "it into the window."
    )


@pytest.mark.parametrize("text", ["", "See you there."])
def test_an_email_whose_attachments_outlook_packed_says_so(text: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Interview", "ana@acme.example", "me@home.example"
    message.set_content(text)
    message.add_attachment(
        b"\x78\x9f\x3e\x22", maintype="application", subtype="octet-stream", filename="Winmail.dat"
    )
    with pytest.raises(Refused, match=r"are in winmail\.dat, which only Outlook can open\."):
        read_email(bytes(message), Reading())
    with pytest.raises(Refused, match="There's no invitation in this email"):
        read_email(email(), Reading())


def test_a_database_is_called_by_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE jobs (name)")
    connection.close()
    assert kind_of(file.read_bytes()) == "a database (SQLite)"


@pytest.mark.parametrize("data", [b'{"format": ', b"  [1, 2", b"\xef\xbb\xbf{", b"\xff\xfe{\0}\0"])
def test_what_begins_as_json_is_taken_for_it(data: bytes) -> None:
    assert kind_of(data) is None


@pytest.mark.parametrize("length", [65_534, 65_535, 65_536, 65_537])
def test_a_long_table_is_known_wherever_the_look_at_it_ends(length: int) -> None:
    lines = "employer;role\n" + "Bücher;Verkäufer\n" * 5000
    assert kind_of(lines.encode()[:length]) == "a table (CSV)"


def test_json_of_another_program_is_told_from_ours() -> None:
    with pytest.raises(Refused) as refused:
        interchange.read(json.dumps({"basics": {"name": "Ana"}}).encode())
    assert str(refused.value).startswith("That's JSON, but not a Follow Up export")


@pytest.mark.parametrize("file", ["xlsx", "ods", "xls", "linkedin-export-zip"])
def test_a_file_that_was_cut_off_is_called_incomplete(file: str) -> None:
    whole = next(
        path
        for path in sorted((FIXTURES / file).iterdir())
        if path.suffix in (".xlsx", ".ods", ".xls", ".zip")
    ).read_bytes()
    for part in (1, 2, 3):
        with pytest.raises(Refused, match="incomplete or damaged"):
            read_document(whole[: len(whole) * part // 4])
    assert read_document(whole).applications
