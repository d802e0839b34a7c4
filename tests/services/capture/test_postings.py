"""What a pasted posting suggests: what it says, marked as a guess wherever it might be something else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_desktop.domain import checks
from followup_desktop.services.capture.postings import (
    CLOSES_ON,
    EMPLOYER,
    LOCATION,
    ROLE,
    SALARY,
    URL,
    PostingGuess,
    Trust,
    read_posting,
)
from followup_desktop.services.capture.postings.closing_dates import find_dates
from tests.sweeps import examples
from tests.tables import tabled

TODAY = date(2026, 10, 14)
FIELDS = (EMPLOYER, ROLE, URL, LOCATION, SALARY, CLOSES_ON)


def best(text: str) -> dict[str, str | date]:
    guess = read_posting(text, TODAY)
    found = {field: guess.best(field) for field in FIELDS}
    return {field: each.value for field, each in found.items() if each is not None}


ADDRESSES = [
    ("https://boards.greenhouse.io/acme-labs/jobs/4012345", {EMPLOYER: "Acme Labs"}),
    ("https://job-boards.greenhouse.io/acme/jobs/1?gh_src=x", {EMPLOYER: "Acme"}),
    ("https://boards.greenhouse.io/embed/job_app?token=1", {}),
    ("https://jobs.lever.co/acme/0b1c-22/apply", {EMPLOYER: "Acme"}),
    ("https://jobs.ashbyhq.com/Acme/0b1c", {EMPLOYER: "Acme"}),
    ("https://apply.workable.com/acme/j/0B1C/", {EMPLOYER: "Acme"}),
    (
        "https://jobs.smartrecruiters.com/AcmeLabs/743999-data-engineer",
        {EMPLOYER: "AcmeLabs", ROLE: "Data Engineer"},
    ),
    ("https://acme.recruitee.com/o/data-engineer", {EMPLOYER: "Acme", ROLE: "Data Engineer"}),
    ("https://acme.teamtailor.com/jobs/12345-data-engineer", {EMPLOYER: "Acme", ROLE: "Data Engineer"}),
    ("https://acme.jobs.personio.de/job/123", {EMPLOYER: "Acme"}),
    (
        "https://acme.wd3.myworkdayjobs.com/en-US/External/job/Madrid/Data-Engineer_R-12345",
        {EMPLOYER: "Acme", ROLE: "Data Engineer", LOCATION: "Madrid"},
    ),
    (
        "https://www.linkedin.com/jobs/view/data-engineer-at-acme-labs-4012345678",
        {EMPLOYER: "Acme Labs", ROLE: "Data Engineer"},
    ),
    (
        "https://www.welcometothejungle.com/en/companies/acme/jobs/data-engineer_paris",
        {EMPLOYER: "Acme", ROLE: "Data Engineer"},
    ),
    ("https://careers.acme.example/jobs/17", {EMPLOYER: "Acme"}),
    ("https://www.acme.co.uk/careers/17", {EMPLOYER: "Acme"}),
    ("https://www.linkedin.com/jobs/view/4012345678", {}),
    ("https://es.indeed.com/viewjob?jk=abc", {}),
    ("https://jobs.lever.co/", {}),
    ("https://acme.example/", {}),
    (
        "https://jobs.acme.example/careers/senior-data-engineer-4711",
        {EMPLOYER: "Acme", ROLE: "Senior Data Engineer"},
    ),
    ("https://careers.acme.example/about-our-people", {EMPLOYER: "Acme"}),
]


@tabled("address, expected", ADDRESSES)
def test_an_address_says_what_its_board_puts_into_it(address: str, expected: dict[str, str]) -> None:
    assert best(address) == {URL: address, **expected}
    guess = read_posting(f"\n {address} \n", TODAY)
    assert [each.field for each in guess.suggestions if each.trust is Trust.STATED] == [URL]


TEXTS: list[tuple[str, dict[str, str | date]]] = [
    (
        "Company: Acme GmbH\nPosition: Data Engineer\nLocation: Berlin, Germany\n"
        "Closing date: 30 November 2026",
        {
            EMPLOYER: "Acme GmbH",
            ROLE: "Data Engineer",
            LOCATION: "Berlin, Germany",
            CLOSES_ON: date(2026, 11, 30),
        },
    ),
    (
        "Empresa: Acme\nPuesto: Ingeniera de datos\nUbicación: Madrid\nFecha límite: 30 de noviembre de 2026",
        {EMPLOYER: "Acme", ROLE: "Ingeniera de datos", LOCATION: "Madrid", CLOSES_ON: date(2026, 11, 30)},
    ),
    ("Senior Engineer at Acme", {ROLE: "Senior Engineer", EMPLOYER: "Acme"}),
    ("Senior Engineer @ Acme Labs | LinkedIn", {ROLE: "Senior Engineer", EMPLOYER: "Acme Labs"}),
    ("Data Engineer - Acme - Indeed.com", {ROLE: "Data Engineer", EMPLOYER: "Acme"}),
    (
        "Acme hiring Data Engineer in Madrid, Spain | LinkedIn",
        {ROLE: "Data Engineer", EMPLOYER: "Acme", LOCATION: "Madrid, Spain"},
    ),
    ("Acme, Data Analyst", {EMPLOYER: "Acme", ROLE: "Data Analyst"}),
    ("Data Analyst, Acme", {EMPLOYER: "Acme", ROLE: "Data Analyst"}),
    ("Acme - Data Analyst", {EMPLOYER: "Acme", ROLE: "Data Analyst"}),
    ("Acme Labs: Senior Engineer", {EMPLOYER: "Acme Labs", ROLE: "Senior Engineer"}),
    (
        "Data Analyst (m/f/d)\nAcme Ltd - London (Hybrid)\nApply by Friday 11 December 2026",
        {
            ROLE: "Data Analyst (m/f/d)",
            EMPLOYER: "Acme Ltd",
            LOCATION: "London (Hybrid)",
            CLOSES_ON: date(2026, 12, 11),
        },
    ),
    ("Data Analyst\nAcme | Remote, UK", {ROLE: "Data Analyst", EMPLOYER: "Acme", LOCATION: "Remote, UK"}),
    ("Acme is looking for a Product Manager!", {ROLE: "Product Manager", EMPLOYER: "Acme"}),
    (
        "Data Engineer\nAcme Labs · Madrid, Spain (Hybrid) · 2 weeks ago\nAbout the job\nWe do things.",
        {ROLE: "Data Engineer", EMPLOYER: "Acme Labs", LOCATION: "Madrid, Spain (Hybrid)"},
    ),
    ("Data Engineer\n\nAbout Acme\nWe make anvils.", {ROLE: "Data Engineer", EMPLOYER: "Acme"}),
    (
        "Data Engineer at Acme\nApply here (https://jobs.lever.co/acme/17).",
        {ROLE: "Data Engineer", EMPLOYER: "Acme", URL: "https://jobs.lever.co/acme/17"},
    ),
    ("Applications close on October 30th, 2026.", {CLOSES_ON: date(2026, 10, 30)}),
    ("Apply by 2 March", {CLOSES_ON: date(2027, 3, 2)}),
    ("Bewerbungsfrist: 30.11.2026", {CLOSES_ON: date(2026, 11, 30)}),
    ("Deadline 30/11/2026", {CLOSES_ON: date(2026, 11, 30)}),
    ("Posted 1 October 2026, apply by 20 October 2026", {CLOSES_ON: date(2026, 10, 20)}),
    (
        "Acme Labs\nData Engineer\n"
        "Madrid, Community of Madrid, Spain · 2 weeks ago · Over 100 applicants\nSave",
        {ROLE: "Data Engineer", EMPLOYER: "Acme Labs", LOCATION: "Madrid, Community of Madrid, Spain"},
    ),
    (
        "Data Engineer\nAcme Labs\nMadrid, Spain\n€50,000 - €60,000 a year - Full-time",
        {
            ROLE: "Data Engineer",
            EMPLOYER: "Acme Labs",
            LOCATION: "Madrid, Spain",
            SALARY: "€50,000 - €60,000 a year",
        },
    ),
    (
        "Software Engineer II\nSan Francisco, CA\n$120k–$150k",
        {ROLE: "Software Engineer II", LOCATION: "San Francisco, CA", SALARY: "$120k–$150k"},
    ),
    ("Data Engineer\nRemote (EU)", {ROLE: "Data Engineer", LOCATION: "Remote (EU)"}),
    ("Senior Nurse\nFull-time\nSave", {ROLE: "Senior Nurse"}),
    ("Kellner (m/w/d)\nHotel Adler", {ROLE: "Kellner (m/w/d)", EMPLOYER: "Hotel Adler"}),
    ("Backend Developer @ Globex | Wellfound", {ROLE: "Backend Developer", EMPLOYER: "Globex"}),
    (
        "About the job\nWe're looking for a Senior Backend Engineer to join our team.",
        {ROLE: "Senior Backend Engineer"},
    ),
    (
        "Role: Baker\nSalary: 24–26k €\n"
        + "We bake. " * 30
        + "Applications close on 30 October 2026. Join us!",
        {ROLE: "Baker", SALARY: "24–26k €", CLOSES_ON: date(2026, 10, 30)},
    ),
]
MAILS: list[tuple[str, dict[str, str | date]]] = [
    (
        "From: Acme Recruiting <no-reply@greenhouse-mail.io>\nSubject: Thank you for applying to Acme\n\n"
        "Hi Sam,\nThank you for applying to the Data Engineer position at Acme. We'll be in touch.",
        {EMPLOYER: "Acme", ROLE: "Data Engineer"},
    ),
    (
        "From: Ana Ruiz <ana.ruiz@globex.com>\nTo: me@gmail.com\n"
        "Subject: Re: Interview for Staff Engineer\n\n"
        "Are you free on Thursday?",
        {EMPLOYER: "Globex", ROLE: "Staff Engineer"},
    ),
    (
        "From: Ana <ana@gmail.com>\nSubject: Fwd: Application: Product Manager (m/f/d) - Initech",
        {EMPLOYER: "Initech", ROLE: "Product Manager (m/f/d)"},
    ),
    ("From: Sam (Hooli) <sam@mail.example.com>\nSubject: Hello", {EMPLOYER: "Hooli"}),
    (
        "Betreff: Ihre Bewerbung als Softwareentwickler bei Müller GmbH",
        {EMPLOYER: "Müller GmbH", ROLE: "Softwareentwickler"},
    ),
    ("From: Ana <ana@gmail.com>\nSubject: Lunch on Friday?", {}),
    (
        "You'd be a great fit for a Staff Engineer role at Hooli in Palo Alto.",
        {EMPLOYER: "Hooli", ROLE: "Staff Engineer", LOCATION: "Palo Alto"},
    ),
    ("Thank you for your interest in Vandelay Industries.", {EMPLOYER: "Vandelay Industries"}),
    (
        "Your application for the Data Engineer role at Acme Labs, as of today",
        {EMPLOYER: "Acme Labs", ROLE: "Data Engineer"},
    ),
]


ONE_LINE = [
    ("Backend Engineer at Nimbus, Berlin, 60.000 €", "Backend Engineer", "Nimbus", "Berlin", "60.000 €"),
    ("Camarero en Casa Paco, Sevilla, 1.300 €", "Camarero", "Casa Paco", "Sevilla", "1.300 €"),
    ("Nurse, St. Mary Hospital, Cork", "Nurse", "St. Mary Hospital", "Cork", ""),
    ("Cook at Bolt - 30k", "Cook", "Bolt", "", "30k"),
    ("Dev bei Foo GmbH in Köln", "Dev", "Foo GmbH", "Köln", ""),
    ("Verkäuferin bei Edeka in Kassel, 2.100 €", "Verkäuferin", "Edeka", "Kassel", "2.100 €"),
    ("Comptable chez Martin SARL à Nantes", "Comptable", "Martin SARL", "Nantes", ""),
    ("Mécanicien, Garage Dupont, Tours", "Mécanicien", "Garage Dupont", "Tours", ""),
    ("Quartz - Senior Welder", "Senior Welder", "Quartz", "", ""),
    (
        "Line Cook - Brightside Foods - Austin, TX - Indeed.com",
        "Line Cook",
        "Brightside Foods",
        "Austin, TX",
        "",
    ),
    ("Warehouse Operative at Parcel Co (Leeds)", "Warehouse Operative", "Parcel Co", "Leeds", ""),
    ("Lawyer at Baker, Hill & Partners", "Lawyer", "Baker, Hill & Partners", "", ""),
    ("Software Engineer - Stripe - Remote", "Software Engineer", "Stripe", "Remote", ""),
]


@tabled("text, role, employer, place, pay", ONE_LINE)
def test_a_line_says_role_employer_place_and_pay(
    text: str, role: str, employer: str, place: str, pay: str
) -> None:
    said = {ROLE: role, EMPLOYER: employer, LOCATION: place, SALARY: pay}
    assert {field: best(text).get(field, "") for field in said} == said


def test_the_title_of_a_page_says_it_with_its_address_too() -> None:
    said = best("Quartz - Senior Welder\nhttps://jobs.lever.co/quartz/1234")
    assert (said[ROLE], said[EMPLOYER]) == ("Senior Welder", "Quartz")


PAGE = "https://jobs.example/123"
SELECTED = "About us\nWe make things.\nLocation: Berlin"


@tabled("selected", ["", SELECTED])
@tabled(
    "title, role, employer",
    [
        ("Product Designer at Foo Ltd | Jobs", "Product Designer", "Foo Ltd"),
        ("Join us! Product Designer (f/m/d) at Foo Ltd | Jobs", "Product Designer (f/m/d)", "Foo Ltd"),
        ("Job Application for Product Designer at Foo Ltd", "Product Designer", "Foo Ltd"),
        ("Foo Ltd - Product Designer", "Product Designer", "Foo Ltd"),
        ("Work with us | Product Designer | Foo Ltd", "Product Designer", "Foo Ltd"),
        ("Product Designer - Foo - Career Page", "Product Designer", "Foo"),
        ("Product Designer - Careers at Foo", "Product Designer", "Foo"),
        ("Data Analyst | Foo Ltd Careers", "Data Analyst", "Foo Ltd"),
        ("Senior Buyer – Foo GmbH – Karriere", "Senior Buyer", "Foo GmbH"),
        ("Data Analyst (m/w/d) - Jobs bei Foo GmbH", "Data Analyst (m/w/d)", "Foo GmbH"),
        ("Empleo de Camarero en Casa Paco, Sevilla | InfoJobs", "Camarero", "Casa Paco"),
    ],
)
def test_the_title_of_a_page_says_the_same_with_what_was_selected_in_it(
    title: str, role: str, employer: str, selected: str
) -> None:
    said = best(f"{title}\n{PAGE}\n{selected}")
    assert (said.get(ROLE), said.get(EMPLOYER)) == (role, employer)


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "https://www.foo.example/karriere/stelle-123.html",
        "https://foo.example/?job=5",
        "https://foo.example/vacantes/camarero",
    ],
)
def test_the_address_below_the_title_of_its_page_is_that_of_the_posting(address: str) -> None:
    other = "https://boards.greenhouse.io/vandelay/jobs/4012345"
    handed = read_posting(f"Product Designer - Foo\n{address}\nSee {other}", TODAY).proposed(URL)
    assert handed is not None
    assert handed.value == address
    assert read_posting(f"Product Designer - Foo\nSee {address} for more", TODAY).proposed(URL) is None


@tabled("text, expected", [*TEXTS, *MAILS])
def test_a_text_says_what_it_says(text: str, expected: dict[str, str | date]) -> None:
    assert best(text) == expected


@tabled(
    "text",
    [
        "",
        "Hello",
        "We are looking for you.\nJoin us!",
        "We had lunch at Acme",
        "About us\nAbout the team",
        "Deadline 03/04/2027",
        "Deadline: 30 September 2026",
        "Apply by 31 February 2027",
        "Closing: 1 November 2026 or 2 November 2026",
        "Founded 30 November 2026",
        "Company:\nRole: \nLocation: —",
        "The engineer who built it was proud of the engineer at heart.",
        "En verano buscamos mecánicos",
        "Version 15.12. of the handbook",
        "Rosamunde hat Vertretung, bis 31.12.2026",
    ],
)
def test_what_is_not_said_is_not_made_up(text: str) -> None:
    """Two days that a date may mean are at most offered."""
    guess = read_posting(text, TODAY)
    assert [field for field in FIELDS if guess.proposed(field) is not None] == []


def test_each_suggestion_names_the_part_of_the_text_it_came_from() -> None:
    text = "  Data Engineer at Acme\nLocation:  Madrid\nsee https://acme.example/careers/17."
    guess = read_posting(text, TODAY)
    sources = {each.field: guess.source(each) for each in guess.suggestions if each.value != "Acme"}
    assert sources == {
        ROLE: "Data Engineer",
        LOCATION: "Madrid",
        URL: "https://acme.example/careers/17",
    }
    assert [guess.source(each) for each in guess.of(EMPLOYER)] == ["Acme"]


def test_only_what_is_named_is_stated() -> None:
    guess = read_posting("Senior Engineer at Acme\nLocation: Madrid\nApply by 2 March", TODAY)
    trusted = {each.field: each.trust for each in guess.suggestions}
    assert trusted == {
        ROLE: Trust.GUESS,
        EMPLOYER: Trust.GUESS,
        LOCATION: Trust.STATED,
        CLOSES_ON: Trust.GUESS,
    }


def test_two_statements_that_differ_are_two_guesses() -> None:
    guess = read_posting("Company: Acme\nCompany: Initech\nRole: Lead", TODAY)
    assert [(each.value, each.trust) for each in guess.of(EMPLOYER)] == [
        ("Acme", Trust.GUESS),
        ("Initech", Trust.GUESS),
    ]
    (stated,) = guess.of(ROLE)
    assert stated.trust is Trust.STATED


def test_what_is_stated_comes_before_what_is_guessed() -> None:
    guess = read_posting("Data Engineer at Somewhere\nCompany: Acme", TODAY)
    assert [each.value for each in guess.of(EMPLOYER)] == ["Acme", "Somewhere"]


def _sound(guess: PostingGuess) -> None:
    for each in guess.suggestions:
        assert 0 <= each.start < each.end <= len(guess.text)
        assert guess.source(each)
        if isinstance(each.value, str):
            assert each.value == checks.clean_text(each.value, each.field) != ""
        else:
            assert each.field == CLOSES_ON
            assert each.value >= TODAY


_PIECES = st.sampled_from(
    [
        "Company: ",
        "Role: ",
        "Location: ",
        "From: a@b.example",
        "Subject: application for ",
        "€60k–70k a year",
        " at ",
        "Data Engineer",
        "Acme",
        "\n",
        "\r\n",
        " | LinkedIn",
        " · ",
        " - ",
        "https://",
        "www.",
        "jobs.lever.co/",
        "%ff",
        "[::1]",
        "deadline ",
        "30/11/2026",
        "31 feb",
        "is hiring a ",
        "(",
        *(
            "\0",
            "\ud800",
            "\u202e",
            "\u0600",
            "é",
            "日本",
            " in ",
            "About ",
            "@",
            ":",
            "99.99.9999",
            "²",
            "٣",
        ),
    ]
)


@settings(max_examples=examples(100))
@example("www.\U0002f800")  # stored otherwise than typed
@given(st.lists(_PIECES | st.text(max_size=8), max_size=20).map("".join))
def test_no_text_makes_it_fail(text: str) -> None:
    _sound(read_posting(text, TODAY))


def test_no_naughty_string_makes_it_fail(corpora: Path) -> None:
    for text in json.loads((corpora / "strings" / "blns.json").read_text("utf-8")):
        for around in ("{}", "Company: {}", "Data Engineer at {}", "https://{}", "https://jobs.lever.co/{}"):
            _sound(read_posting(around.replace("{}", text), TODAY))


@tabled(
    "text",
    [
        "a" * 30_000,
        "Data Engineer " * 3000,
        "https://" + "a." * 10_000,
        "((((" * 5000,
        " at " * 5000,
        "\n" * 30_000,
        "engineer" + " " * 19_000 + "x",
        "- " * 9000,
        "https://x.example/" + "-at-" * 5000,
        "1 " * 9000,
    ],
)
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    """Were an expression to try every way of dividing such a text, this would not end."""
    _sound(read_posting(text, TODAY))


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][0-9a-z]{1,9}[-/. ][0-9]{1,4}"), st.dates())
def test_dates_are_real_or_none(text: str, today: date) -> None:
    for found in find_dates(text, today):
        assert text[found.start : found.end].strip()
        assert 1970 <= found.day.year <= 2100


@tabled(
    "today, text, closes_on",
    [
        (date(2026, 12, 20), "Closing date: 7 January", date(2027, 1, 7)),
        (date(2026, 12, 20), "Apply by Friday 8 January 2027", date(2027, 1, 8)),
        (date(2026, 12, 20), "Closing date: 20 December", date(2026, 12, 20)),
        (date(2026, 10, 14), "Apply by Friday 22 October 2026", None),
        (date(2026, 10, 14), "Closing date: 7 October 2026", None),
    ],
)
def test_a_closing_date_is_the_next_such_day_and_its_weekday_fits(
    today: date, text: str, closes_on: date | None
) -> None:
    found = read_posting(text, today).proposed(CLOSES_ON)
    assert (found.value if found else None) == closes_on


@tabled(
    "text, sentence, days",
    [
        (
            "Deadline: Friday 12 December 2026",
            "The posting says “Friday 12 December 2026”, but that's a Saturday.",
            [date(2026, 12, 12)],
        ),
        (
            "Bewerbungsfrist: Freitag, 12. Dezember 2026",
            "The posting says “Freitag, 12. Dezember 2026”, but that's a Saturday.",
            [date(2026, 12, 12)],
        ),
        (
            "Date limite : vendredi 12 déc. 2026",
            "The posting says “vendredi 12 déc. 2026”, but that's a Saturday.",
            [date(2026, 12, 12)],
        ),
        (
            "Apply by 3/4/2027.",
            "The posting says “3/4/2027”, which could be 3 April 2027 or 4 March 2027.",
            [date(2027, 4, 3), date(2027, 3, 4)],
        ),
        (
            "Applications close on 31 November 2026",
            "The posting says “31 November 2026”, but there's no such day.",
            [],
        ),
        (
            "Closing date: 1 December 2026, interviews from 14 December 2026",
            "The posting names two closing dates, 1 December 2026 and 14 December 2026.",
            [date(2026, 12, 1), date(2026, 12, 14)],
        ),
        ("Closing date: 7 October 2026", "The posting says it closed on 7 October 2026.", []),
    ],
)
def test_a_closing_date_that_can_not_be_taken_is_told_and_what_it_may_mean_is_offered(
    text: str, sentence: str, days: list[date]
) -> None:
    guess = read_posting(text, date(2026, 10, 14))
    assert guess.proposed(CLOSES_ON) is None
    assert guess.doubt(CLOSES_ON) == sentence
    assert [each.value for each in guess.of(CLOSES_ON)] == days


def test_a_closing_date_in_plain_words_settles_the_doubt_about_another() -> None:
    text = "Apply by 3/4/2027.\nApplications close on 3 April 2027."
    guess = read_posting(text, date(2026, 10, 14))
    proposed = guess.proposed(CLOSES_ON)
    assert proposed is not None
    assert proposed.value == date(2027, 4, 3)
    assert guess.doubt(CLOSES_ON) == ""


@tabled(
    "text, employer, role",
    [
        ("Globex Ltd is hiring!\nProduct Manager – Payments", "Globex Ltd", "Product Manager – Payments"),
        ("Product Manager – Payments\nGlobex Ltd is hiring", "Globex Ltd", "Product Manager – Payments"),
        ("Initech are now hiring\nBackend Engineer\nLeeds, UK", "Initech", "Backend Engineer"),
        ("Hooli stellt ein!\nDatenanalyst (m/w/d)", "Hooli", "Datenanalyst (m/w/d)"),
        ("Cobalt recrute\u202f!\nDéveloppeur – Paiements", "Cobalt", "Développeur – Paiements"),
        ("Acme está contratando\nAnalista de datos – Pagos", "Acme", "Analista de datos – Pagos"),
        ("We are hiring!\nBackend Engineer at Acme", "Acme", "Backend Engineer"),
        ("We are hiring!\nSenior Engineer – Backend\nJoin us.", None, "Senior Engineer – Backend"),
        ("We're hiring!\nData Engineer – Acme GmbH\nYour tasks", "Acme GmbH", "Data Engineer"),
        ("Now hiring!\nData Engineer – Acme\nAcme makes maps.", "Acme", "Data Engineer"),
    ],
)
def test_a_line_says_who_hires_and_not_whom(text: str, employer: str | None, role: str) -> None:
    found = read_posting(text, date(2026, 10, 14))
    proposed = [found.proposed(field) for field in (EMPLOYER, ROLE)]
    assert [each.value if each else None for each in proposed] == [employer, role]


@tabled(
    "text, employer, role, place",
    [
        ("Senior Engineer – Backend", None, "Senior Engineer – Backend", None),
        ("Data Analyst – Remote", None, "Data Analyst", None),
        ("Product Manager | Payments", None, "Product Manager | Payments", None),
        ("Product Manager: Payments", None, "Product Manager: Payments", None),
        ("Software Engineer, Backend", None, "Software Engineer, Backend", None),
        ("Nurse – Night Shift", None, "Nurse – Night Shift", None),
        ("Engineer (Java) – Payments (m/w/d)", None, "Engineer (Java) – Payments (m/w/d)", None),
        ("Sales Manager, EMEA", None, "Sales Manager, EMEA", None),
        ("Account Executive, Mid-Market", None, "Account Executive, Mid-Market", None),
        ("Entwickler – Zahlungsverkehr", None, "Entwickler – Zahlungsverkehr", None),
        ("Ingeniero de software – Datos", None, "Ingeniero de software – Datos", None),
        ("Développeur – Paiements", None, "Développeur – Paiements", None),
        ("Acme | Senior Engineer – Backend", "Acme", "Senior Engineer – Backend", None),
        ("Software Engineer, Backend – Stripe", "Stripe", "Software Engineer, Backend", None),
        ("Senior Engineer – Backend at Acme", "Acme", "Senior Engineer – Backend", None),
        ("Store Manager, London, 30k", None, "Store Manager", "London"),
        ("Product Manager – München\nGlobex GmbH", "Globex GmbH", "Product Manager", "München"),
        ("Data Engineer – Globex", "Globex", "Data Engineer", None),
        ("Globex – Data Engineer", "Globex", "Data Engineer", None),
    ],
)
def test_what_a_role_is_about_or_a_city_behind_it_is_no_employer(
    text: str, employer: str | None, role: str, place: str | None
) -> None:
    found = {each.field: each.value for each in read_posting(text, date(2026, 11, 30)).suggestions}
    assert (found.get(EMPLOYER), found.get(ROLE), found.get(LOCATION)) == (employer, role, place)


@tabled(
    "line, wanted",
    [
        (
            "We're hiring! Junior Designer at Bloom & Co in Lisbon.",
            ("Junior Designer", "Bloom & Co", "Lisbon"),
        ),
        ("Now hiring: Cook at Casa Luna in Madrid", ("Cook", "Casa Luna", "Madrid")),
        ("Comptable H/F - Cabinet Rive - Paris (75)", ("Comptable H/F", "Cabinet Rive", "Paris (75)")),
        ("Join us! Backend Engineer at Nimbus", ("Backend Engineer", "Nimbus", None)),
        (
            "Join us! 🚀 We are looking for a Data Scientist at Pied Piper GmbH",
            ("Data Scientist", "Pied Piper GmbH", None),
        ),
        ("Join us as a Barista at Café Central, Wien", ("Barista", "Café Central", "Wien")),
        ("Join Foo Ltd as a Product Designer", ("Product Designer", "Foo Ltd", None)),
        (
            "Join our team: Pflegefachkraft (m/w/d) bei Klinikum Nord in Hamburg",
            ("Pflegefachkraft (m/w/d)", "Klinikum Nord", "Hamburg"),
        ),
        ("Komm zu uns! Bäcker bei Brotzeit GmbH, Köln", ("Bäcker", "Brotzeit GmbH", "Köln")),
        ("Werde Teil unseres Teams: Bäcker bei Brotzeit GmbH", ("Bäcker", "Brotzeit GmbH", None)),
        ("¡Únete! Camarero en Casa Paco, Sevilla", ("Camarero", "Casa Paco", "Sevilla")),
        ("Rejoins-nous ! Comptable chez Ciel SARL, Lyon", ("Comptable", "Ciel SARL", "Lyon")),
        ("Chef | The Ivy", ("Chef", "The Ivy", None)),
        ("The Ivy is hiring a Chef in London", ("Chef", "The Ivy", "London")),
        ("The company is looking for a Chef", ("Chef", None, None)),
        ("Join us at Acme! Cook wanted", (None, "Acme", None)),
    ],
)
def test_what_a_line_calls_out_is_read_behind_the_call(line: str, wanted: tuple[str, ...]) -> None:
    found = best(line)
    assert (found.get(ROLE), found.get(EMPLOYER), found.get(LOCATION)) == wanted


@tabled(
    "text, employer, place",
    [
        (
            "Senior Buyer\nFoo GmbH\nBerlin, Germany · Full-time · 60.000 – 70.000 €\nAbout us",
            "Foo GmbH",
            "Berlin, Germany",
        ),
        ("Senior Buyer\nBerlin, Germany · Full-time · 60.000 – 70.000 €\nAbout us", None, "Berlin, Germany"),
        ("Foo GmbH\nSenior Buyer\nBerlin, Germany · Full-time · £30k", "Foo GmbH", "Berlin, Germany"),
        ("Senior Buyer\nFoo GmbH\nLeeds, UK · £30k · Hybrid", "Foo GmbH", "Leeds, UK"),
        ("Senior Buyer at Foo GmbH\nLeeds · Hybrid · Permanent\nWe buy.", "Foo GmbH", "Leeds"),
    ],
)
def test_a_line_of_place_kind_and_pay_says_the_place_alone(
    text: str, employer: str | None, place: str
) -> None:
    said = best(text)
    assert (said[ROLE], said.get(EMPLOYER), said[LOCATION]) == ("Senior Buyer", employer, place)


def test_the_pay_ends_where_the_next_sentence_begins() -> None:
    line = "Salario: 28.000 € - 32.000 € brutos al año. Plazo de inscripción: 15 de diciembre de 2026"
    found = {each.field: each.value for each in read_posting(line, date(2026, 11, 27)).suggestions}
    assert found[SALARY] == "28.000 € - 32.000 € brutos al año"
    assert found[CLOSES_ON] == date(2026, 12, 15)


WE_SEEK = [
    (
        "We're hiring! Join Pied Piper as a Data Analyst in Palo Alto, CA. $90k–$110k. Apply by Dec 12.",
        ("Data Analyst", "Pied Piper", "Palo Alto, CA"),
    ),
    (
        "At Blue Inn, we're looking for a barista in Leeds. Apply before 12 December 2026.",
        ("barista", "Blue Inn", "Leeds"),
    ),
    (
        "En Taller Ruiz buscamos mecánico/a en Sevilla. Envía tu CV antes del 12 de diciembre de 2026.",
        ("mecánico/a", "Taller Ruiz", "Sevilla"),
    ),
    (
        "Somos Taller Ruiz y buscamos un soldador en Jaén. Mándanos tu CV antes del 12 de diciembre.",
        ("soldador", "Taller Ruiz", "Jaén"),
    ),
    (
        "Wir, die Bäckerei Kern, suchen zum nächstmöglichen Zeitpunkt eine/n Bäcker/in (m/w/d) in Köln. "
        "Bewerbungen bis 12. Dezember 2026.",
        ("Bäcker/in (m/w/d)", "Bäckerei Kern", "Köln"),
    ),
    (
        "Bei Bäckerei Kern suchen wir ab sofort eine Verkäuferin in Köln. Schicken Sie uns Ihre "
        "Unterlagen bis 12.12.2026.",
        ("Verkäuferin", "Bäckerei Kern", "Köln"),
    ),
    (
        "Chez Cobalt & Sel, nous recherchons un serveur à Lyon. Envoyez votre CV avant le 12 décembre 2026.",
        ("serveur", "Cobalt & Sel", "Lyon"),
    ),
    (
        "Nous, la Boulangerie Leveque, recherchons une vendeuse à Lille. Transmettez votre dossier "
        "jusqu'au 12 décembre.",
        ("vendeuse", "Boulangerie Leveque", "Lille"),
    ),
]


@tabled("text, said", WE_SEEK)
def test_a_firm_that_says_we_is_read_with_whom_it_wants_and_until_when(
    text: str, said: tuple[str, str, str]
) -> None:
    role, employer, location = said
    found = {field: value for field, value in best(text).items() if field != SALARY}
    closes_on = date(2026, 12, 12)
    assert found == {ROLE: role, EMPLOYER: employer, LOCATION: location, CLOSES_ON: closes_on}


@tabled(
    "line, said",
    [
        ("Waiter at Blue Inn in Leeds, by 12 December", ("Waiter", "Blue Inn", "Leeds")),
        ("Kellner bei Gasthof Adler in Ulm, bis 12.12.", ("Kellner", "Gasthof Adler", "Ulm")),
        ("Kellner bei Gasthof Adler in Ulm – bis zum 12.12.2026", ("Kellner", "Gasthof Adler", "Ulm")),
        ("Camarero en Bar Sol, Sevilla, hasta el 12 de diciembre", ("Camarero", "Bar Sol", "Sevilla")),
        ("Serveur chez Bistrot Rouge à Lyon, avant le 12 décembre", ("Serveur", "Bistrot Rouge", "Lyon")),
    ],
)
def test_a_typed_line_may_end_with_the_last_day(line: str, said: tuple[str, str, str]) -> None:
    role, employer, location = said
    assert best(line) == {
        ROLE: role,
        EMPLOYER: employer,
        LOCATION: location,
        CLOSES_ON: date(2026, 12, 12),
    }


@tabled(
    "text",
    [
        "Kellner bei Gasthof Adler in Ulm, befristet, bis 12.12.2026",
        "Nurse at Clinic West, maternity cover, until 12 December 2026",
        "Camarero en Bar Sol, contrato temporal, hasta el 12 de diciembre",
        "Serveur chez Bistrot Rouge, CDD, jusqu'au 12 décembre",
    ],
)
def test_the_end_of_a_job_for_a_while_is_not_the_last_day_to_apply(text: str) -> None:
    assert read_posting(text, TODAY).proposed(CLOSES_ON) is None


@tabled(
    "text, expected",
    [
        (
            "Backend Engineer\nBerlin\nEngineering / Full-time / Hybrid\nApply for this job\nNimbus builds",
            {ROLE: "Backend Engineer", LOCATION: "Berlin"},
        ),
        (
            "Backend Engineer\nBerlin / Engineering / Full-time / Hybrid\nApply for this job",
            {ROLE: "Backend Engineer", LOCATION: "Berlin"},
        ),
        (
            "Boulanger (H/F)\nOffre n° 123ABCD\nPublié le 20 novembre\n69 - LYON 03\nBOULANGERIE LEVEQUE",
            {ROLE: "Boulanger (H/F)", EMPLOYER: "BOULANGERIE LEVEQUE", LOCATION: "69 - LYON 03"},
        ),
        (
            "Koch (m/w/d)\nStellenangebot Nr. 4711-K\nGasthof Adler GmbH\nUlm",
            {ROLE: "Koch (m/w/d)", EMPLOYER: "Gasthof Adler GmbH", LOCATION: "Ulm"},
        ),
        (
            "Camarera\nOferta nº 4711\nHotel Sol y Mar\nMálaga",
            {ROLE: "Camarera", EMPLOYER: "Hotel Sol y Mar", LOCATION: "Málaga"},
        ),
        (
            "Data Scientist\nSpotify\nStockholm\nPermanent\nData, Research & Insights",
            {ROLE: "Data Scientist", EMPLOYER: "Spotify", LOCATION: "Stockholm"},
        ),
        (
            "Sachbearbeiter:in Personal (m/w/d) | Stadt Ulm | 89073 Ulm | E9a TVöD | "
            "Bewerbungsschluss: 20.12.2026",
            {
                ROLE: "Sachbearbeiter:in Personal (m/w/d)",
                EMPLOYER: "Stadt Ulm",
                LOCATION: "89073 Ulm",
                CLOSES_ON: date(2026, 12, 20),
            },
        ),
    ],
)
def test_the_department_the_number_and_the_place_are_no_employer(
    text: str, expected: dict[str, str | date]
) -> None:
    guess = read_posting(text, TODAY)
    found = {field: each.value for field in FIELDS if (each := guess.proposed(field)) is not None}
    assert found == expected


def test_a_name_that_begins_as_a_last_day_does_stays() -> None:
    assert best("Barista, By 5 Coffee House") == {ROLE: "Barista", EMPLOYER: "By 5 Coffee House"}


@tabled(
    "text",
    [
        "En Madrid buscamos un camarero con experiencia.",
        "En Navidad buscamos un camarero con experiencia.",
        "En Nuestra Empresa buscamos un mecánico con experiencia.",
        "Chez nous, nous recherchons un cuisinier.",
        "Bei uns suchen wir eine Köchin.",
        "Wir sind ein junges Team und suchen einen Koch in Ulm.",
        "Join Our Team as a Nurse in Cork.",
        "At Christmas, we're looking for a cook in Leeds.",
    ],
)
def test_where_or_when_somebody_seeks_is_not_who(text: str) -> None:
    assert read_posting(text, TODAY).proposed(EMPLOYER) is None


def test_a_town_called_as_a_department_is_a_place_with_its_state() -> None:
    said = {ROLE: "Data Analyst", EMPLOYER: "Acme Inc", LOCATION: "Mobile, AL"}
    assert best("Data Analyst\nMobile, AL\nAcme Inc") == said


def test_a_firm_that_says_we_in_one_sentence_is_named_without_the_we() -> None:
    said = {ROLE: "barista", EMPLOYER: "Blue Inn", LOCATION: "Leeds"}
    assert best("At Blue Inn, we're looking for a barista in Leeds.") == said


@tabled(
    "text, employer, role, location",
    [
        ("Pflegekraft (m/w/d)\nKlinikum Süd gGmbH, 90402 Nürnberg\nVollzeit", "Klinikum Süd gGmbH",
         "Pflegekraft (m/w/d)", "90402 Nürnberg"),
        ("Sachbearbeiter (m/w/d)\nMuster GmbH, 80331 München", "Muster GmbH", "Sachbearbeiter (m/w/d)",
         "80331 München"),
        ("Koch (m/w/d)\nKita Sonne e.V. | 50667 Köln", "Kita Sonne e.V.", "Koch (m/w/d)", "50667 Köln"),
        ("Software Engineer\nAcme Ltd, London EC1A 1BB", "Acme Ltd", "Software Engineer", "London EC1A 1BB"),
        ("Comptable (H/F)\nDurand SARL, 69003 Lyon", "Durand SARL", "Comptable (H/F)", "69003 Lyon"),
        ("Contable\nAsesores López S.L., 28001 Madrid", "Asesores López S.L.", "Contable", "28001 Madrid"),
        ("Job Title: Teacher\nSchool: Oakwood Academy\nPlace: Leeds", "Oakwood Academy", "Teacher", "Leeds"),
        ("Job: Cook\nRestaurant: Blue Door\nWhere: Reading", "Blue Door", "Cook", "Reading"),
        ("Stelle: Lehrer\nSchule: Gymnasium Nord\nOrt: Ulm", "Gymnasium Nord", "Lehrer", "Ulm"),
        ("Puesto: Profesor\nColegio: San José\nCiudad: Getafe", "San José", "Profesor", "Getafe"),
        ("Poste : Professeur\nÉcole : Lycée Pasteur\nVille : Lille", "Lycée Pasteur", "Professeur", "Lille"),
    ],
)  # fmt: skip
def test_employer_and_place_are_told_apart_on_a_line_and_by_other_words(
    text: str, employer: str, role: str, location: str
) -> None:
    assert best(text) == {EMPLOYER: employer, ROLE: role, LOCATION: location}


@tabled(
    "text, day",
    [
        ("Apply by 15/12", "2026-12-15"),
        ("Deadline: 15/12", "2026-12-15"),
        ("Closing date: 12/15", "2026-12-15"),
        ("Envía tu CV antes del 15/12 a empleo@ruiz.example", "2026-12-15"),
        ("Fecha límite: 15/10", "2026-10-15"),
        ("Date limite : 13/10", "2027-10-13"),
        ("Postulez avant le 15/12", "2026-12-15"),
        ("Bewerbung bis 15.12.", "2026-12-15"),
        ("Apply by 5/12", None),
        ("Apply by phone, we answer 24/7", None),
        ("Apply by 15/12/9", None),
        ("Apply by 31/31", None),
    ],
)
def test_a_closing_day_in_figures_without_a_year_is_the_next_one(text: str, day: str | None) -> None:
    found = read_posting(f"Cook\nBlue Door Ltd, Reading\n{text}", TODAY).best(CLOSES_ON)
    sure = found if found is not None and found.trust is not Trust.POSSIBLE else None
    assert (str(sure.value) if sure is not None else None) == day
