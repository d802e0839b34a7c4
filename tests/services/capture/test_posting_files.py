"""The text of a file that is dropped as a posting, whatever program saved it."""

from __future__ import annotations

import plistlib
from datetime import date

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.posting_files import LARGEST, is_posting_file, posting_text
from followup_desktop.services.capture.postings import EMPLOYER, ROLE, URL, read_posting
from tests.tables import tabled

PAGE = """<!doctype html><html><head><title>Job</title><style>p {}</style></head><body><nav>Home</nav>
<h1>Data Engineer</h1><div>Company: <b>Acme</b> &amp; Sons</div><script>alert("Company: No")</script>
<p>Salary: &euro;50,000</p></body></html>"""
MAIL = """From: Acme Recruiting <jobs@acme.example>
To: sam@example.org
Subject: =?utf-8?q?Your_application_for_the_Data_Engineer_role_at_Acme?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Buenos d=EDas
--x
Content-Type: text/html

<p>Other</p>
--x--
"""
ADDRESS = "https://jobs.lever.co/acme/17"


def best(text: str, field: str) -> object:
    found = read_posting(text, date(2026, 10, 14)).proposed(field)
    return found.value if found is not None else None


@tabled(
    "name, data, text",
    [
        ("job.txt", "Company: Acme\r\n".encode("utf-16"), "Company: Acme"),
        ("job.TXT", b"\xef\xbb\xbfCompany: Acme", "Company: Acme"),
        ("job.txt", b"Empresa: Pe\xf1a", "Empresa: Peña"),
        ("job.md", "# Ingénieur".encode(), "# Ingénieur"),
        ("job.html", PAGE.encode(), "Data Engineer\nCompany: Acme & Sons\nSalary: €50,000"),
        ("job.url", f"[InternetShortcut]\r\nURL={ADDRESS}\r\n".encode(), ADDRESS),
        ("job.desktop", f"[Desktop Entry]\nType=Link\nURL={ADDRESS}\n".encode(), ADDRESS),
        ("job.webloc", plistlib.dumps({"URL": ADDRESS}), ADDRESS),
    ],
)
def test_a_file_gives_the_text_that_one_sees_in_it(name: str, data: bytes, text: str) -> None:
    assert is_posting_file(name)
    assert posting_text(name, data).replace("\r", "") == text


def test_an_email_is_read_with_its_sender_and_subject() -> None:
    text = posting_text("mail.eml", MAIL.encode())
    assert "Buenos días" in text
    assert "Other" not in text
    assert (best(text, EMPLOYER), best(text, ROLE)) == ("Acme", "Data Engineer")


def test_a_link_is_the_postings_address() -> None:
    text = posting_text("job.url", f"[InternetShortcut]\nURL={ADDRESS}\n".encode())
    assert best(text, URL) == ADDRESS


@tabled("name", ["search.json", "export.csv", "invite.ics", "noending", ".eml.json"])
def test_other_files_are_no_postings(name: str) -> None:
    assert not is_posting_file(name)


@tabled(
    "name, data",
    [
        ("job.txt", b""),
        ("job.txt", b"\0\0 \n"),
        ("job.html", b"<script>x</script>"),
        ("job.url", b"nothing"),
        ("job.webloc", b"<plist>"),
        ("job.webloc", b"no list"),
        ("job.webloc", plistlib.dumps([1])),
        ("mail.eml", b""),
    ],
)
def test_a_file_without_a_text_is_refused_by_its_name(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match=name):
        posting_text(name, data)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="too large"):
        posting_text("job.txt", b"x" * (LARGEST + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: text/plain; charset=no-such\n\nCompany: Acme",
        b"Content-Type: multipart/mixed\nSubject: Company\n\nCompany: Acme",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQ29tcGFueTogQWNtZQ=",
        b"Subject: =?x?y?\xff?=\nFrom: <\n\nCompany: Acme",
    ],
)
def test_a_broken_email_gives_what_it_can(data: bytes) -> None:
    assert posting_text("mail.eml", data)
