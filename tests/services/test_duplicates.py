"""Near duplicates are found by posting and by name; what only looks a little alike is left alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.addresses import posting_key
from followup_desktop.services.duplicates import Alike, Duplicates
from tests.services.conftest import Desk


def saved(number: int, employer: str, role: str, url: str = "", **fields: object) -> Application:
    values: dict[str, object] = {"id": f"a{number}", "employer": employer, "role": role, "url": url}
    return Application(stage=Stage.SAVED, **(values | fields))  # type: ignore[arg-type]


SAME_POSTING = [
    ("https://acme.example/jobs/17", "http://www.acme.example/jobs/17/"),
    ("https://acme.example/jobs/17", "acme.example/jobs/17"),
    ("https://acme.example/jobs/17", "HTTPS://ACME.example:443/jobs/17?utm_source=x&utm_medium=y&ref=z"),
    ("https://acme.example/jobs?id=17&lang=en", "https://acme.example/jobs?lang=en&id=17&gclid=1#apply"),
    ("https://acme.example/jobs/d%C3%A9veloppeur", "https://acme.example/jobs/développeur"),
    (
        "https://www.linkedin.com/jobs/view/4012345678/",
        "https://es.linkedin.com/jobs/view/data-engineer-at-acme-4012345678?trk=public_jobs",
    ),
    (
        "https://www.linkedin.com/jobs/view/4012345678",
        "https://www.linkedin.com/jobs/search/?currentJobId=4012345678&keywords=data",
    ),
    ("https://es.indeed.com/viewjob?jk=abc&from=serp", "https://www.indeed.com/jobs?q=data&vjk=abc"),
]

OTHER_POSTING = [
    ("https://acme.example/jobs/17", "https://acme.example/jobs/18"),
    ("https://acme.example/jobs?id=17", "https://acme.example/jobs?id=18"),
    ("https://acme.example/jobs/17", "https://other.example/jobs/17"),
    ("https://acme.example/#/jobs/17", "https://acme.example/#/jobs/18"),
    ("https://acme.example:8080/jobs/17", "https://acme.example/jobs/17"),
    ("https://www.linkedin.com/jobs/view/1", "https://www.linkedin.com/jobs/view/2"),
]


@pytest.mark.parametrize(("one", "other"), SAME_POSTING)
def test_one_posting_has_one_key(one: str, other: str) -> None:
    assert posting_key(one) == posting_key(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER_POSTING)
def test_two_postings_have_two_keys(one: str, other: str) -> None:
    assert posting_key(one) != posting_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "Acme",
        "see acme.example for more",
        "mailto:ana@acme.example",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "https://acme.example:99999/x",
        "javascript:alert(1)",
        "http://localhost/x",
        "https://.../x",
    ],
)
def test_what_is_no_web_address_has_no_key(text: str) -> None:
    assert posting_key(text) == ""


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,12}[/?#&=%:@\[\]a-z0-9]{0,30}"))
def test_a_key_never_fails(text: str) -> None:
    key = posting_key(text)
    assert not key or posting_key(f" {text} ") == key


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    desk.put(
        saved(1, "Acme", "Data Engineer", "https://acme.example/jobs/17?utm_source=x"),
        saved(2, "Initech GmbH", "Senior Software Engineer (m/w/d)", archived=True),
        saved(3, "Globex Corporation", "Backend Developer"),
        saved(4, "Café Zürich", "Koch"),
        saved(5, "", "Data Engineer"),
    )
    return desk


def found(
    desk: Desk, employer: str, role: str, url: str = "", but: str | None = None
) -> list[tuple[str, Alike]]:
    duplicates = Duplicates(desk.store).of(employer=employer, role=role, url=url, but=but, now=desk.now)
    return [(each.application, each.alike) for each in duplicates]


def test_the_same_posting_is_found_whatever_it_is_called(shelf: Desk) -> None:
    assert found(shelf, "Somebody", "Else", "http://www.acme.example/jobs/17/") == [("a1", Alike.POSTING)]
    assert found(shelf, "", "", "acme.example/jobs/17") == [("a1", Alike.POSTING)]
    assert found(shelf, "", "", "acme.example/jobs/18") == []


@pytest.mark.parametrize(
    ("employer", "role", "application"),
    [
        ("acme", "data engineer", "a1"),
        ("ACME Inc.", "Data Engineer (Remote)", "a1"),
        ("Acme", "Data Enginer", "a1"),
        ("Acme Labs", "Data Engineer II", "a1"),
        ("Initech", "Sr. Software Engineer", "a2"),
        ("Initech Ltd", "Software Engineer, Senior", "a2"),
        ("Globex", "Back-end developer", "a3"),
        ("Cafe Zurich", "Koch", "a4"),
    ],
)
def test_similar_names_are_found(shelf: Desk, employer: str, role: str, application: str) -> None:
    assert found(shelf, employer, role) == [(application, Alike.EMPLOYER_AND_ROLE)]


@pytest.mark.parametrize(
    ("employer", "role"),
    [
        ("Acme", "Senior Data Engineer"),
        ("Acme", "Data Analyst"),
        ("Globex", "Frontend Developer"),
        ("Acne", "Data Engineer"),
        ("Umbrella", "Data Engineer"),
        ("Acme", ""),
        ("", "Data Engineer"),
        ("!!!", "???"),
    ],
)
def test_other_positions_and_other_employers_are_left_alone(shelf: Desk, employer: str, role: str) -> None:
    assert found(shelf, employer, role) == []


def test_the_posting_comes_first_and_once_and_the_application_itself_is_left_out(shelf: Desk) -> None:
    with shelf.store.transaction("Add") as t:
        t.put_application(saved(6, "Acme", "Data Engineer"))
    url = "https://acme.example/jobs/17"
    assert found(shelf, "Acme", "Data Engineer", url) == [
        ("a1", Alike.POSTING),
        ("a6", Alike.EMPLOYER_AND_ROLE),
    ]
    assert found(shelf, "Acme", "Data Engineer", url, but="a1") == [("a6", Alike.EMPLOYER_AND_ROLE)]


def test_no_more_than_five_are_named(desk: Desk) -> None:
    desk.put(*(saved(number, "Acme", "Data Engineer") for number in range(9)))
    assert [each for each, _ in found(desk, "Acme", "Data Engineer")] == ["a0", "a1", "a2", "a3", "a4"]


def test_what_is_in_the_trash_is_left_out(shelf: Desk) -> None:
    shelf.tracker.trash_application("a1")
    assert found(shelf, "Acme", "Data Engineer", "https://acme.example/jobs/17") == []
    shelf.tracker.undo()
    assert found(shelf, "Acme", "Data Engineer") == [("a1", Alike.EMPLOYER_AND_ROLE)]


def test_an_edited_address_is_compared_as_it_is_now(shelf: Desk) -> None:
    shelf.tracker.edit_application("a1", url="https://acme.example/jobs/99")
    assert found(shelf, "", "", "https://acme.example/jobs/17") == []
    assert found(shelf, "", "", "https://acme.example/jobs/99") == [("a1", Alike.POSTING)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(employer=st.text(max_size=20), role=st.text(max_size=20), url=st.text(max_size=30))
def test_whatever_is_typed_gives_an_answer(shelf: Desk, employer: str, role: str, url: str) -> None:
    assert len(found(shelf, employer, role, url)) <= 5
