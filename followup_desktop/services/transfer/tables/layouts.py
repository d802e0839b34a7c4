"""The tables of other programs that are known by their headings, and what their columns hold.

A layout is found by the headings it always has, whatever their order, and by no file's name. Columns that it
doesn't name are left out: a program's own numbers, and what is the user's own in its export.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import N_
from followup_desktop.services.transfer.layout import APPLICATION_KEYS
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import outlook_headings

KEPT = "kept"
"""A column whose cells go into the notes under its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One program's table.

    ``columns`` say by the folded heading what is taken. ``source`` and ``stage`` are what every row of it
    implies; ``stages`` are words that mean something else here. ``day_first`` is the order of its dates in
    figures, where that is always one. ``of_people`` is a table of contacts.
    """

    name: str
    title: str
    needs: frozenset[str]
    columns: Mapping[str, str]
    source: str = ""
    stage: Stage | None = None
    stages: Mapping[str, Stage] = field(default_factory=lambda: MappingProxyType({}))
    day_first: bool | None = None
    of_people: bool = False
    asks: Collection[str] = ()
    """Headings of which it isn't certain what they are to become."""
    never_sent: Collection[str] = ()
    """Words for stages, folded, of what was never applied for, whatever day stands beside them."""
    between: str = ""
    """What stands between the values in a cell of several."""
    counts: bool = False
    """Whether each row keeps its number, which tells it from others of the same employer and role."""
    closed: Collection[str] = ()
    """Words for stages, folded, that say no more than that it is over: why is in a column of its own."""


def _layout(name: str, title: str, needs: str, columns: str, **more: object) -> Layout:
    """A layout from its headings: ``needs`` apart by commas, ``columns`` as "heading: field" each."""
    pairs = (pair.split(":") for pair in columns.split(","))
    return Layout(
        name=name,
        title=title,
        needs=frozenset(folded(each) for each in needs.split(",")),
        columns={folded(heading): to.strip() for heading, to in pairs},
        **more,  # type: ignore[arg-type]
    )


def _numbered(columns: str) -> str:
    """Such columns with each number that a person may have of them, in place of ``#``."""
    return ",".join(columns.replace("#", str(number)) for number in range(1, 10))


_GOOGLE = " ::: "
_GOOGLE_MANY = _numbered(
    "E-mail # - Value: contact_email, Phone # - Value: contact_phone, Website # - Value: contact_url"
)


OWN = Layout(
    name="followup-table",
    title=N_("a Follow Up table of applications"),
    needs=frozenset(map(folded, ("id", "employer", "role", "stage", "stage_at", "do_not_contact"))),
    columns={folded(key.name): key.name for key in APPLICATION_KEYS}
    | {"contacts": "contact_name", "next follow up": "", "next follow up at": ""},
    day_first=True,
)
"""What this program exports as CSV."""

LAYOUTS = (
    OWN,
    _layout(
        "linkedin-job-applications",
        N_("LinkedIn job applications"),
        "Application Date, Company Name, Job Title, Job Url, Resume Name",
        "Application Date: applied_on, Company Name: employer, Job Title: role, Job Url: url,"
        "Resume Name: resume",
        source="LinkedIn",
        stage=Stage.APPLIED,
        day_first=False,
    ),
    _layout(
        "linkedin-saved-jobs",
        N_("LinkedIn saved jobs"),
        "Saved Date, Job Url, Job Title, Company Name",
        "Job Url: url, Job Title: role, Company Name: employer",
        source="LinkedIn",
        stage=Stage.SAVED,
        day_first=False,
    ),
    _layout(
        "linkedin-connections",
        N_("LinkedIn connections"),
        "First Name, Last Name, Company, Position, Connected On",
        "First Name: first_name, Last Name: last_name, URL: contact_url, Email Address: contact_email,"
        "Company: employer, Position: contact_title",
        of_people=True,
    ),
    _layout(
        "google-contacts",
        N_("Google contacts"),
        "First Name, Last Name, Organization Name, Organization Title, Labels",
        "First Name: first_name, Middle Name: middle_name, Last Name: last_name, Nickname: called,"
        "Organization Name: employer, Organization Title: contact_title, Organization Department: kept,"
        f"Notes: notes, {_GOOGLE_MANY}",
        of_people=True,
        between=_GOOGLE,
    ),
    _layout(
        "google-contacts-old",
        N_("Google contacts"),
        "Name, Given Name, Family Name, Group Membership",
        "Name: contact_name, Given Name: first_name, Additional Name: middle_name, Family Name: last_name,"
        "Nickname: called, Organization 1 - Name: employer, Organization 1 - Title: contact_title,"
        f"Organization 1 - Department: kept, Notes: notes, {_GOOGLE_MANY}",
        of_people=True,
        between=_GOOGLE,
    ),
    _layout(
        "huntr",
        N_("a Huntr board"),
        "title, listName, boardName, companyName",
        "id: key, title: role, salary: salary, location: location, url: url, deadline: closes_on,"
        "lastMovedAt: stage_at, listName: stage, companyName: employer, htmlDescription: html",
    ),
    _layout(
        "simplify",
        N_("a Simplify tracker"),
        "Job Title, Company Name, Job URL, Applied Date, Status, Status Date",
        "Job Title: role, Company Name: employer, Job URL: url, Applied Date: applied_on, Status: stage,"
        "Status Date: stage_at, Archived: archived, Notes: notes",
    ),
    _layout(
        "teal",
        N_("a Teal tracker"),
        "Job Position, Company, Status, Date Saved, Excitement",
        "ID: key, Job Position: role, Company: employer, Max. Salary: salary, Location: location,"
        "Status: stage, Deadline: closes_on, Date Applied: applied_on, Follow up: kept, Excitement: kept,"
        "URL: url, Notes: notes",
        asks=("excitement",),
    ),
    _layout(
        "reactive-resume",
        N_("a Reactive Resume tracker"),
        "Company, Role, Stage, Stage Date, Source, Tags",
        "Company: employer, Role: role, Stage: stage, Stage Date: stage_at, Application Date: applied_on,"
        "Location: location, Salary: salary, Source: source, URL: url, Tags: tags, Contacts: contact_name,"
        "Contact Name: contact_name, Contact Email: contact_email, Notes: notes, Stage History: history,"
        "Timeline: history, Archived: archived, Closed Reason: reason",
        stages={"screening": Stage.APPLIED},
        closed=("closed",),
    ),
    _layout(
        "ai-job-search-tracker",
        N_("an ai-job-search tracker"),
        "date, company, role, channel, status, fit_rating, cv_file",
        "date: applied_on, company: employer, role: role, channel: source, status: stage,"
        "contact_person: contact_name, fit_rating: kept, notes: followed, cv_file: resume, source: url,"
        "deadline: closes_on, sector: kept, role_type: kept",
        stages={"drafted": Stage.SAVED, "interview": Stage.INTERVIEWING, "skipped": Stage.WITHDRAWN},
        never_sent=("skipped",),
    ),
    _layout(
        "career-ops-markdown",
        N_("a career-ops tracker"),
        "Date, Company, Role, Score, Status, Report",
        "Company: employer, Role: role, Status: stage, Notes: applied_notes, URL: url, Link: url,"
        "Location: location",
        stages={
            **dict.fromkeys(("responded", "respondida", "respondido"), Stage.APPLIED),
            **dict.fromkeys(("evaluada", "evaluado"), Stage.SAVED),
            **dict.fromkeys(("discarded", "descartada", "descartado", "skip", "no aplicar"), Stage.WITHDRAWN),
        },
        counts=True,
    ),
)


@cache
def _of_outlook() -> tuple[Layout, ...]:
    """A table of Outlook's contacts in each language that it speaks."""
    return tuple(
        Layout(
            name="outlook-contacts" if language == "en" else f"outlook-contacts-{language}",
            title=N_("Outlook contacts"),
            needs=frozenset(map(folded, fields["needs"])),
            columns={
                folded(heading): name
                for name, headings in fields.items()
                if name != "needs"
                for heading in headings
            },
            of_people=True,
        )
        for language, fields in outlook_headings().items()
    )


def layout_of(headings: Collection[str]) -> Layout | None:
    """The layout that has all its headings among these, the one with the most of them."""
    there = {folded(heading) for heading in headings}
    found = [layout for layout in (*LAYOUTS, *_of_outlook()) if layout.needs <= there]
    return max(found, key=lambda layout: len(layout.needs), default=None)
