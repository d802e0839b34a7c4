"""Near duplicates are found by posting and by name; what only looks a little alike is left alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.capture.duplicates import Alike, Duplicates
from tests.services.conftest import Desk
from tests.tables import tabled


def saved(number: int, employer: str, role: str, url: str = "", **fields: object) -> Application:
    values: dict[str, object] = {"id": f"a{number}", "employer": employer, "role": role, "url": url}
    return Application(stage=Stage.SAVED, **(values | fields))  # type: ignore[arg-type]


UUID = "0b1c22aa-4c1f-4a55-9d0e-2f7a64f1a001"
LINKEDIN = "https://www.linkedin.com/jobs/view/4012345678"
GREENHOUSE = "https://boards.greenhouse.io/acme/jobs/4012345"
LEVER = f"https://jobs.lever.co/acme/{UUID}"
ASHBY = f"https://jobs.ashbyhq.com/Acme%20Labs/{UUID}"
RIPPLING = f"https://ats.rippling.com/acme/jobs/{UUID}"
WORKDAY = "https://acme.wd5.myworkdayjobs.com/External/job/Madrid/Data-Engineer_R-1234"

SAME_POSTING = [
    ("https://acme.example/jobs/17", "http://www.acme.example/jobs/17/"),
    ("https://acme.example/jobs/17", "acme.example/jobs/17"),
    ("https://acme.example/jobs/17", "HTTPS://ACME.example:443/jobs/17?utm_source=x&utm_medium=y&gclid=z"),
    ("http://acme.example:80/jobs/17", "https://acme.example.//jobs/./17#apply"),
    ("https://acme.example/jobs/17", "https://acme.example/jobs/17/apply"),
    ("https://acme.example/jobs/17", "https://acme.example/jobs/17;jsessionid=A1B2?mtm_source=linkedin"),
    ("https://acme.example/jobs?id=17&lang=en", "https://acme.example/jobs?lang=en&id=17&gclid=1#apply"),
    ("https://acme.example/jobs?id=17&lang=en", "https://acme.example/jobs?id=17&amp;lang=en&amp;fbclid=x"),
    (
        "https://acme.example/jobs/data-engineer-17",
        "https://acme.example/jobs/data-engineer-17/application#top",
    ),
    ("https://acme.example/jobs/17", "https://acme.example/jobs/17#:~:text=Madrid"),
    (
        "https://acme.example/careers?position=1",
        "https://www.acme.example/careers/?position=1&utm_campaign=x",
    ),
    ("https://acme.example/jobs/d%C3%A9veloppeur", "https://acme.example/jobs/développeur"),
    ("https://acme.example/jobs/développeur", "https://acme.example/jobs/de\u0301veloppeur"),
    ("https://bücher.example/jobs/17", "https://xn--bcher-kva.example/jobs/17"),
    ("https://BÜCHER.example/jobs/17", "https://xn--bcher-kva.example/jobs/17"),
    ("https://straße.example/jobs/17", "https://xn--strae-oqa.example/jobs/17"),
    ("https://例え。example/jobs/17", "https://xn--r8jz45g.example/jobs/17"),
    (LINKEDIN, "https://es.linkedin.com/jobs/view/data-engineer-at-acme-4012345678?trk=public_jobs"),
    (LINKEDIN, "https://www.linkedin.com/jobs/search/?currentJobId=4012345678&keywords=data"),
    (LINKEDIN, "https://www.linkedin.com/jobs/collections/recommended/?currentJobId=4012345678&position=3"),
    (
        LINKEDIN,
        "https://www.linkedin.com/comm/jobs/view/4012345678/?refId=x&trackingId=y&position=2&pageNum=0",
    ),
    ("https://es.indeed.com/viewjob?jk=abc&from=serp", "https://www.indeed.com/jobs?q=data&vjk=abc"),
    ("https://www.indeed.co.uk/rc/clk?jk=abc&fccid=1", "https://uk.indeed.com/m/viewjob?jk=ABC"),
    (GREENHOUSE, "https://job-boards.greenhouse.io/acme/jobs/4012345?gh_src=x#app"),
    (GREENHOUSE, "https://boards.eu.greenhouse.io/Acme/jobs/4012345"),
    (GREENHOUSE, "https://job-boards.eu.greenhouse.io/acme/jobs/4012345/"),
    (GREENHOUSE, "https://boards.greenhouse.io/embed/job_app?for=acme&token=4012345"),
    ("https://acme.example/careers?gh_jid=12", "https://acme.example/careers/data-engineer?gh_jid=12&ref=x"),
    (LEVER, f"{LEVER}/apply?lever-source=LinkedIn"),
    (LEVER, f"https://jobs.eu.lever.co/acme/{UUID.upper()}/"),
    (ASHBY, f"https://jobs.ashbyhq.com/acme labs/{UUID}/application".replace(" ", "%20")),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/en-US/External/job/Madrid/Data-Engineer_R-1234/apply"),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/es/External/job/Data-Engineer_R-1234?source=LinkedIn"),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/en-US/External/details/Data-Engineer_R-1234"),
    ("https://apply.workable.com/acme/j/0A1B2C/", "https://apply.workable.com/j/0A1B2C/apply"),
    ("https://jobs.smartrecruiters.com/Acme/7439-data", "https://careers.smartrecruiters.com/acme/7439"),
    ("https://acme.jobs.personio.de/job/12?language=en", "https://acme.jobs.personio.com/job/12"),
    ("https://acme.teamtailor.com/jobs/12-data", "https://acme.teamtailor.com/es-ES/jobs/12-datos"),
    (
        "https://acme.na.teamtailor.com/jobs/12-data",
        "https://acme.na.teamtailor.com/jobs/12/applications/new",
    ),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/zh-Hans-CN/External/job/Madrid/Data-Engineer_R-1234"),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/job/Madrid/Data-Engineer_R-1234"),
    (WORKDAY, "https://wd5.myworkdaysite.com/es/recruiting/acme/External/job/Madrid/Data-Engineer_R-1234"),
    ("https://acme.recruitee.com/o/dev", "https://acme.recruitee.com/l/en/o/dev"),
    ("https://acme.recruitee.com/o/dev", "https://acme.recruitee.com/l/pt-BR/o/dev/c/new?source=LinkedIn"),
    (RIPPLING, f"https://ats.rippling.com/en-GB/acme/jobs/{UUID}/apply?step=application"),
    (RIPPLING, f"https://ats.rippling.com/es-419/Acme/jobs/{UUID}?source=LinkedIn"),
    ("https://acme.bamboohr.com/careers/12", "https://acme.bamboohr.com/jobs/view.php?id=12&source=x"),
    ("https://acme.bamboohr.com/careers/12/detail", "https://acme.bamboohr.com/hiring/jobs/12"),
    (
        "https://jobs.smartrecruiters.com/Acme/7439-data",
        "https://jobs.smartrecruiters.com/oneclick-ui/company/Acme/publication/7439?dcr_ci=Acme",
    ),
    (
        f"https://jobs.smartrecruiters.com/oneclick-ui/company/Acme/publication/{UUID}",
        f"https://jobs.smartrecruiters.com/oneclick-ui/company/{UUID}/publication/{UUID}?dcr_ci=acme&sid=1",
    ),
    (
        "https://www.stepstone.de/stellenangebote--Data-Engineer-Berlin-Acme--9933897-inline.html?rltr=1_1_25",
        "https://www.stepstone.de/jobs--Data-Engineer-Acme--9933897-inline.html",
    ),
    ("https://acme.jobs.personio.de/job/12", "https://acme.jobs.personio.de/job/12/apply?language=de#apply"),
    ("https://apply.workable.com/acme/j/0A1B2C/", "https://acme.workable.com/j/0A1B2C?src=x"),
    ("https://jobs.workable.com/view/4HH9sD/dev", "https://jobs.workable.com/view/4HH9sD/entwickler?ref=x"),
    (
        "https://jobs.jobvite.com/acme/job/oXDf2",
        "https://jobs.jobvite.com/careers/Acme/job/oXDf2/apply?__jvst=x",
    ),
    (
        "https://careers-acme.icims.com/jobs/12/data-engineer/job?mode=view",
        "https://careers-acme.icims.com/jobs/12/data-engineer/candidate?from=login",
    ),
    (
        "https://www.indeed.com/viewjob?jk=0a1b2c3d4e5f6071",
        "https://es.indeed.com/cmp/Acme/jobs/Data-0a1b2c3d4e5f6071",
    ),
    (
        "https://www.infojobs.net/madrid/data-engineer/of-i02f2b9d1e04b2e9f6f6a4d8b?applicationOrigin=search",
        "https://www.infojobs.net/of-i02f2b9d1e04b2e9f6f6a4d8b?navOrigin=x&page=2",
    ),
    (
        "https://join.com/companies/acme/16789521-ai-engineer",
        "https://join.com/companies/acme/16789521/apply?pid=1",
    ),
    (
        "https://www.xing.com/jobs/berlin-data-engineer-156225861",
        "https://www.xing.com/jobs/156225861?ijt=s_1",
    ),
    (
        "https://www.reed.co.uk/jobs/data-engineer/51234567?source=searchResults",
        "https://reed.co.uk/jobs/x/51234567",
    ),
    (
        "https://eeho.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/12",
        "https://eeho.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/es/sites/CX_1/requisitions/preview/12",
    ),
]

OTHER_POSTING = [
    ("https://acme.example/jobs/17", "https://acme.example/jobs/18"),
    ("https://acme.example/jobs?id=17", "https://acme.example/jobs?id=18"),
    ("https://acme.example/jobs?id=17&lang=en", "https://acme.example/jobs?id=18&lang=en&ref=x"),
    ("https://acme.example/jobs/17", "https://other.example/jobs/17"),
    ("https://acme.example/#/jobs/17", "https://acme.example/#/jobs/18"),
    ("https://acme.example/jobs/17#/en", "https://acme.example/jobs/17#/en/other"),
    ("https://acme.example/jobs#job-12", "https://acme.example/jobs#job-13"),
    ("https://acme.example/jobs#backend", "https://acme.example/jobs#frontend"),
    ("https://acme.example/jobs/2026?position=1", "https://acme.example/jobs/2026?position=2"),
    ("https://acme.example/jobs/a%2Fb", "https://acme.example/jobs/a/b"),
    ("https://acme.example:8080/jobs/17", "https://acme.example/jobs/17"),
    ("https://acme.example/Jobs/Ab", "https://acme.example/Jobs/aB"),
    ("https://straße.example/jobs/17", "https://strasse.example/jobs/17"),
    ("https://www.linkedin.com/jobs/view/1", "https://www.linkedin.com/jobs/view/2"),
    ("https://www.linkedin.com/company/acme/jobs", "https://www.linkedin.com/company/globex/jobs"),
    ("https://www.indeed.com/viewjob?jk=abc", "https://www.indeed.com/viewjob?jk=abd"),
    ("https://indeed.example/viewjob?jk=abc", "https://www.indeed.com/viewjob?jk=abc"),
    (GREENHOUSE, "https://boards.greenhouse.io/globex/jobs/4012345"),
    (GREENHOUSE, "https://boards.greenhouse.io/acme/jobs/4012346"),
    ("https://acme.example/careers?gh_jid=12", "https://acme.example/careers?gh_jid=13"),
    (LEVER, f"https://jobs.lever.co/globex/{UUID}"),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/External/job/Madrid/Data-Engineer_R-1235"),
    (WORKDAY, "https://globex.wd5.myworkdayjobs.com/External/job/Madrid/Data-Engineer_R-1234"),
    (WORKDAY, "https://acme.wd5.myworkdayjobs.com/External/job/Madrid/Data-Engineer_R-1234-1"),
    (
        "https://acme.wd5.myworkdayjobs.com/External/job/Madrid/2026-Graduate",
        "https://acme.wd5.myworkdayjobs.com/External/job/Paris/2026-Graduate",
    ),
    ("https://acme.na.teamtailor.com/jobs/12-data", "https://acme.teamtailor.com/jobs/12-data"),
    ("https://acme.recruitee.com/o/dev", "https://acme.recruitee.com/l/en/o/ops"),
    (RIPPLING, f"https://ats.rippling.com/globex/jobs/{UUID}"),
    ("https://acme.bamboohr.com/jobs/view.php?id=12", "https://acme.bamboohr.com/jobs/view.php?id=13"),
    ("https://jobs.jobvite.com/acme/job/oXDf2", "https://jobs.jobvite.com/acme/job/oxdf2"),
    (
        "https://www.linkedin.com/jobs/search?currentJobId=&geoId=1",
        "https://www.linkedin.com/jobs/search?currentJobId=&geoId=2",
    ),
    ("https://acme.example/jobs/17#job-12", "https://acme.example/jobs/17#job-13"),
    ("https://acme.example/24-7-jobs#job-12", "https://acme.example/24-7-jobs#job-13"),
    ("https://acme.example/jobs?pk_vacancy=1", "https://acme.example/jobs?pk_vacancy=2"),
]
DOUBTFUL = ["position", "ref", "source", "src", "campaign", "origin", "from", "Ref", "pageNum"]
MANY_POSTINGS = [
    "https://acme.example/jobs",
    "https://acme.example/apply?lang=en",
    "https://acme.example/jobs/2024-graduate",
    "https://acme.example/careers/100-remote",
    "https://acme.example/24-7-jobs",
    "https://acme.example/jobs/page/2",
    "https://acme.example/jobs-28001",
    "https://acme.example/jobs/17",
    "https://acme.example/?id=12",
    "https://acme.example/jobs/?job=open2026",
    f"https://acme.example/teams/{UUID}",
]
"""Pages of which nobody can tell by the address whether they show one posting or many."""


def test_one_posting_has_one_key() -> None:
    assert [(a, b) for a, b in SAME_POSTING if not (posting_key(a) == posting_key(b) != "")] == []


def test_two_postings_have_two_keys() -> None:
    assert [(a, b) for a, b in OTHER_POSTING if posting_key(a) == posting_key(b)] == []


@tabled("name", DOUBTFUL)
def test_a_parameter_that_may_be_the_posting_s_number_counts_but_at_a_board_that_names_it_otherwise(
    name: str,
) -> None:
    for page in MANY_POSTINGS:
        mark = "&" if "?" in page else "?"
        assert posting_key(f"{page}{mark}{name}=1") != posting_key(f"{page}{mark}{name}=2")
    for page in (LEVER, GREENHOUSE, WORKDAY, LINKEDIN, "https://acme.jobs.personio.de/job/12"):
        assert posting_key(f"{page}?{name}=1") == posting_key(page)


@tabled(
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
        saved(6, "L’Oréal Łódź", "Chef – Nights"),
    )
    return desk


def found(
    desk: Desk, employer: str, role: str, url: str = "", but: str | None = None
) -> list[tuple[str, Alike]]:
    duplicates = Duplicates(desk.store).of(employer=employer, role=role, url=url, but=but, now=desk.now)
    return [(each.application, each.alike) for each in duplicates]


def test_the_same_posting_is_found_by_its_address(shelf: Desk) -> None:
    assert found(shelf, "ACME Inc.", "", "http://www.acme.example/jobs/17/") == [("a1", Alike.POSTING)]
    assert found(shelf, "", "", "acme.example/jobs/17") == [("a1", Alike.POSTING)]
    assert found(shelf, "", "", "acme.example/jobs/18") == []


@pytest.mark.parametrize(
    ("employer", "role"),
    [("Somebody", "Data Engineer"), ("Acme", "Head Chef"), ("", "Head Chef"), ("Somebody", "")],
)
def test_an_address_alone_does_not_make_two_applications_the_same(
    shelf: Desk, employer: str, role: str
) -> None:
    assert found(shelf, employer, role, "acme.example/jobs/17") == [("a1", Alike.ADDRESS)]


def test_what_is_alike_by_name_comes_before_what_only_has_the_same_address(shelf: Desk) -> None:
    assert found(shelf, "Globex", "Backend Developer", "acme.example/jobs/17") == [
        ("a3", Alike.EMPLOYER_AND_ROLE),
        ("a1", Alike.ADDRESS),
    ]


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
        ("L'Oreal Lodz", "Chef - Nights", "a6"),
        ("Loreal Lodz", "Chef Nights", "a6"),
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
        t.put_application(saved(7, "Acme", "Data Engineer"))
    url = "https://acme.example/jobs/17"
    assert found(shelf, "Acme", "Data Engineer", url) == [
        ("a1", Alike.POSTING),
        ("a7", Alike.EMPLOYER_AND_ROLE),
    ]
    assert found(shelf, "Acme", "Data Engineer", url, but="a1") == [("a7", Alike.EMPLOYER_AND_ROLE)]


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


@tabled(
    "address",
    [
        "https://jobs.example.com/12/view",
        "https://www.example.com/jobs/2024/apply",
        "http://example.co.uk/jobs/77/apply/",
        "https://jobs.lever.co/acme/0f1e/apply",
        "https://www.linkedin.com/jobs/view/data-engineer-at-acme-4012345678/",
        "https://example.com/a/./b",
        "https://example.com",
    ],
)
def test_a_plain_address_is_the_posting_that_it_is_with_what_only_tracks(address: str) -> None:
    """It is taken apart in a quicker way than one that has parameters."""
    assert posting_key(f"{address}?utm_source=mail") == posting_key(address) != ""
    assert posting_key(address.replace("http", "HTTP", 1)) == posting_key(address)
