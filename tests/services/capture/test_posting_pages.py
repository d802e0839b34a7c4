"""Whether an address is that of one posting, or of a page with many."""

from __future__ import annotations

from followup_desktop.services.capture.posting_pages import is_page_of, names_posting

OF_ONE = """\
https://b.example/jobs/5
https://b.example/1
https://b.example/2026/11/4711
https://boards.greenhouse.io/bolt/jobs/77
https://www.linkedin.com/jobs/view/4000000001
https://acme.example/jobs/?id=12
https://acme.example/stellen/?job-id=AB7
https://acme.example/careers/night-cook-4711
https://acme.example/careers/4711-night-cook
https://acme.example/jobs-2026/4711
https://acme.example/careers/JR-000123
https://acme.example/j/A1B2C3D4
https://acme.example/careers#/job/4711
https://acme.example/stellen/6f9619ff-8b86-d011-b42d-00cf4fc964ff
""".splitlines()
OF_MANY = """\
https://acme.example
https://acme.example/careers
https://acme.example/careers-2026
https://acme.example/careers2026
https://acme.example/jobs?year=2026
https://acme.example/jobs?page=4711
https://acme.example/jobs?id=2026
https://acme.example/jobs?company=4711
https://acme.example/karriere/2026
https://acme.example/karriere/2026/11
https://acme.example/karriere/2026/11/05
https://acme.example/2024-graduate
https://acme.example/jobs-28001
https://acme.example/jobs/page/12
https://www.acme1234.example/careers
https://acme.example:8080/careers
https://docs.google.com/spreadsheets/d/1AbC2345dEfGhIjKlMnOpQrStUvWxYz0123456789/edit#gid=4711
https://drive.google.com/file/d/1AbC2345dEfGhIjK/view
no address
""".splitlines()


def test_an_address_names_a_posting_by_its_number() -> None:
    assert [each for each in OF_ONE if not names_posting(each)] == []


def test_years_dates_and_the_host_are_no_number_of_a_posting() -> None:
    assert [each for each in OF_MANY if names_posting(each)] == []


def test_an_address_is_of_a_role_by_its_words() -> None:
    address = "https://bolt.example/careers/night-cook"
    assert is_page_of(address, ["Cook", "Night Cook"])
    assert is_page_of(f"{address}?ref=x", ["Night Cook (m/w/d)", "Night Cook Lead"])
    assert not is_page_of(address, ["Cook", "Nurse"])
    assert not is_page_of(address, ["Cook", "Waiter"])
    assert not is_page_of("https://bolt.example/careers/cooks", ["Cook", "Night Cook"])
    assert not is_page_of("https://bolt.example/open-positions", ["Cook", "Night Cook"])
    assert not is_page_of("https://bolt.example", ["Cook", "Night Cook"])
