"""Lines of a copied posting that are the page's and not its own, and lines that are the name of a place."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.services.capture.posting_words import any_of


@cache
def _noise() -> re.Pattern[str]:
    kinds, numbered = any_of("job_kinds"), any_of("numbered")
    return re.compile(
        rf"(?:{any_of('bids')}|{any_of('page_lines')}|"
        rf"(?:{numbered})"
        rf"(?:\s?(?:{any_of('numbers')})\s?:?|\s?:)\s?#?(?=[\w/-]*[0-9])[\w/-]{{2,20}}|"
        r"[0-5][.,][0-9](?: ?[★*⭐]+)?|★+|"
        rf"(?:{kinds})(?:\s?[,/&·|+-]\s?(?:{kinds}))*|"
        rf"(?:{any_of('posted')})\b(?:(?! (?:{any_of('posted_by')}) ).){{0,40}})",
        re.IGNORECASE,
    )


_SIGNS = re.compile(r"\s?[,/&·|+]\s?|\s[-–—]\s")
_REGIONS = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|"
    r"W[AIVY]|ON|QC|BC|AB|NSW|VIC|QLD)"
)
_STATE = re.compile(
    rf"[A-Z][\w.'’ -]{{1,40}},\s{_REGIONS}(?:\s[0-9]{{5}}(?:-[0-9]{{4}})?)?(?:,\s(?:USA?|Canada))?"
)
_POSTCODE = re.compile(
    r"[A-Z][\w.'’ -]{1,40},?\s(?:[A-Z]{1,2}[0-9][0-9A-Z]?(?:\s[0-9][A-Z]{2})?|\([A-Z]{1,2}[0-9][0-9A-Z]?\))|"
    r"[A-ZÀ-Þ][\wÀ-ÿ.'’ -]{1,40}\s\((?:[0-9]{2}|2[AB]|97[0-9]|[0-9]{5})\)|"
    r"[0-9]{2,5}\s-\s[A-ZÀ-Þ][\wÀ-ÿ.'’ -]{1,40}|"
    r"[0-9]{5}\s[A-ZÄÖÜ][\wäöüß.'’ ()/-]{1,40}"
)
_LEGAL_FORMS = (
    r"g?gmbh|ag|se|kgaa|kg|ohg|ug|e\.\s?v(?=\.)|mbh|ltd|plc|llp|llc|inc|corp|co|s\.?\s?a\.?|"
    r"s\.?\s?l\.?(?:\s?u\.?)?|sas|sarl|b\.?v\.?|n\.?v\.?|oy|aps|s\.?r\.?l\.?|spa"
)
"""As they are registered, whatever the language of who writes of them."""
_LONGEST = 60
_MOST_WORDS = 6


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of('remote')})(?:\s?[-–—,/]\s?.{{2,40}}|\s\(.{{2,40}}\)|\s(?:{any_of('places')})\s.{{2,40}})?|"
        rf"{any_of('anywhere')}|.{{2,60}}\((?:{any_of('behind_place')})\)",
        re.IGNORECASE,
    )


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_LEGAL_FORMS}|{any_of('firm_words')})\b\.?", re.IGNORECASE)


@cache
def _place_name() -> re.Pattern[str]:
    return re.compile(
        rf"[A-ZÀ-Þ][\wÀ-ÿ.'’-]+(?:[ -](?:[A-ZÀ-Þ][\wÀ-ÿ.'’-]*|{any_of('in_place_names')}|&))*"
        r"(?:(?:, | / |/| · )[A-ZÀ-Þ][\wÀ-ÿ.'’ -]+){0,3}"
    )


def is_noise(line: str) -> bool:
    """Whether a line is a button, a rating, a kind of job: what a page shows around a posting."""
    bare = line.strip(" \t*•·|–—-")
    parts = _SIGNS.split(bare)
    return _noise().fullmatch(bare) is not None or (len(parts) > 1 and all(map(_noise().fullmatch, parts)))


def names_place(line: str) -> bool:
    """Whether a line is plainly a place: with its state or post code, or "Remote (Europe)"."""
    return any(each.fullmatch(line) for each in (_STATE, _POSTCODE, _anywhere()))


def may_be_place(line: str) -> bool:
    """Whether a line has the form of a place's name; so has that of a company, unless its form says so."""
    is_short = len(line) <= _LONGEST and len(line.split()) <= _MOST_WORDS
    return (
        is_short and not has_company_form(line) and not is_noise(line) and bool(_place_name().fullmatch(line))
    )


def has_company_form(name: str) -> bool:
    """Whether a name has a word that only an employer's has: "GmbH", "Ltd", "University"."""
    return _form().search(name) is not None
