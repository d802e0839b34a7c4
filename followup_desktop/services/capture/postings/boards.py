"""What the address of a posting says at well-known job boards: the company, the role, the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import SplitResult, unquote

from followup_desktop.services.capture.addresses import host_of
from followup_desktop.services.capture.posting_words import any_of


def _board(pattern: str) -> re.Pattern[str]:
    """Where the company and the role stand in host and path, as named groups."""
    return re.compile(pattern, re.IGNORECASE)


_SLUG = r"[^/?#]+"
_HOST = r"[a-z0-9-]+"
_BOARDS = (
    _board(rf"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?!embed/)(?P<employer>{_SLUG})"),
    _board(rf"jobs(?:\.eu)?\.lever\.co/(?P<employer>{_SLUG})"),
    _board(rf"jobs\.ashbyhq\.com/(?P<employer>{_SLUG})"),
    _board(rf"apply\.workable\.com/(?P<employer>{_SLUG})/j/"),
    _board(rf"(?:jobs|careers)\.smartrecruiters\.com/(?P<employer>{_SLUG})(?:/\d+-(?P<role>{_SLUG}))?"),
    _board(rf"(?P<employer>{_HOST})\.recruitee\.com/o/(?P<role>{_SLUG})"),
    _board(rf"(?P<employer>{_HOST})\.teamtailor\.com/jobs/\d+-(?P<role>{_SLUG})"),
    _board(rf"(?P<employer>{_HOST})\.breezy\.hr/p/[0-9a-f]+-(?P<role>{_SLUG})"),
    _board(rf"(?P<employer>{_HOST})\.jobs\.personio\.(?:de|com|es)/"),
    _board(rf"(?P<employer>{_HOST})\.bamboohr\.com/(?:careers|jobs)"),
    _board(
        rf"(?P<employer>{_HOST})\.wd\d+\.myworkdayjobs\.com/(?:[^?#]*/)?job/(?P<location>{_SLUG})/"
        r"(?P<role>[^/?#]+?)_[A-Z]*-?\d[\w-]*"
    ),
    _board(rf"welcometothejungle\.com/[a-z-]+/companies/(?P<employer>{_SLUG})/jobs/(?P<role>[^/?#_]+)"),
    _board(r"(?:[a-z]+\.)?linkedin\.com/jobs/view/(?P<role>[^/?#]+)-at-(?P<employer>[^/?#]+)-\d+"),
    _board(r"(?:[a-z]+\.)?linkedin\.com/company/(?P<employer>[^/?#]+)/jobs"),
)
_NOT_HOUSES = frozenset(
    {
        "adzuna", "applytojob", "ashbyhq", "bamboohr", "breezy", "brighthire", "calendly", "cronofy",
        "dice", "github", "glassdoor", "goodtime", "google", "greenhouse", "greenhouse-mail", "hirevue",
        "icims", "indeed", "infoempleo", "infojobs", "jobvite", "lever", "linkedin", "modernloop",
        "monster", "myworkday", "myworkdayjobs", "personio", "pinpointhq", "recruitee", "recruitee-mail",
        "reed", "remoteok", "savvycal", "simplyhired", "smartrecruiters", "softgarden", "stackoverflow",
        "stepstone", "successfactors", "talent", "taleo", "teamtailor", "teamtailor-mail", "tecnoempleo",
        "totaljobs", "welcometothejungle", "weworkremotely", "workable", "workablemail", "xing",
        "ycombinator", "ziprecruiter", "zoom",
    }
)  # fmt: skip
_ENDING_NUMBER = re.compile(r"[-_]\d+$")
_LONGEST = 2000


@cache
def _house_in_host() -> re.Pattern[str]:
    return _board(
        rf"(?:{any_of('career_hosts')})\.(?P<employer>[a-z0-9-]{{3,}})\.(?:[a-z]{{2,3}}\.)?[a-z]{{2,10}}/"
    )


@cache
def _house_before_path() -> re.Pattern[str]:
    return _board(
        r"(?P<employer>[a-z0-9-]{3,})\.(?:[a-z]{2,3}\.)?[a-z]{2,10}/(?:[a-z-]+/)?"
        rf"(?:{any_of('career_paths')})/"
    )


def read_address(parts: SplitResult) -> Iterator[tuple[str, str]]:
    """What an address says, as ("employer", "role" or "location", words)."""
    address = f"{host_of(parts)}{parts.path or '/'}"[:_LONGEST]
    for board in _BOARDS:
        if found := board.match(address):
            yield from ((name, words_of_slug(slug)) for name, slug in found.groupdict().items() if slug)
            return
    for pattern in (_house_in_host(), _house_before_path()):
        found = pattern.match(f"{address}/")
        if found and is_house(found["employer"]):
            yield "employer", words_of_slug(found["employer"])
            return


_SOURCES = {
    "adzuna": "Adzuna",
    "dice": "Dice",
    "glassdoor": "Glassdoor",
    "indeed": "Indeed",
    "infoempleo": "InfoEmpleo",
    "infojobs": "InfoJobs",
    "linkedin": "LinkedIn",
    "monster": "Monster",
    "reed": "Reed",
    "remoteok": "Remote OK",
    "simplyhired": "SimplyHired",
    "stepstone": "StepStone",
    "tecnoempleo": "Tecnoempleo",
    "totaljobs": "Totaljobs",
    "welcometothejungle": "Welcome to the Jungle",
    "weworkremotely": "We Work Remotely",
    "wellfound": "Wellfound",
    "xing": "XING",
    "ycombinator": "Y Combinator",
    "ziprecruiter": "ZipRecruiter",
}
"""Boards where one finds postings of many employers, by their part of the host."""


SOURCE_NAMES = tuple(_SOURCES.values())


def source_of(parts: SplitResult) -> str | None:
    """The board on which a posting was found, by the name that people call it."""
    labels = host_of(parts).split(".")
    return next((name for label in labels[:-1] if (name := _SOURCES.get(label))), None)


def is_house(name: str) -> bool:
    """Whether the name in a host may be that of an employer, and is none of a board or of a hiring system."""
    return name.lower() not in _NOT_HOUSES


def words_of_slug(slug: str) -> str:
    """``acme-labs`` as ``Acme Labs``; what has capitals of its own keeps them."""
    text = _ENDING_NUMBER.sub("", unquote(slug, errors="replace"))
    words = re.split(r"[-_+\s]+", text)
    return " ".join(word if word != word.lower() else word[:1].upper() + word[1:] for word in words if word)
