"""Whether a line can be the name of a company, of a role or of a place."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.services.capture.addresses import split_address
from followup_desktop.services.capture.posting_words import any_of, words_of
from followup_desktop.services.capture.postings.fields_of_work import is_department
from followup_desktop.services.capture.postings.guess import LONGEST_VALUE
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.page_words import has_company_form, may_be_place, names_place
from followup_desktop.services.capture.roles import FOR_ALL, role_word
from followup_desktop.services.capture.salaries import find_salaries

_MOST_WORDS = 8


@cache
def _place() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:📍\s*\S.{{1,60}}|(?:{any_of('remote')})(?:\b.{{0,40}})?|[^.!?:0-9(]{{2,40}},\s[^.!?:]{{2,50}}|"
        rf".{{2,60}}\((?:{any_of('behind_place')})\))$",
        re.IGNORECASE,
    )


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('no_name')})\b", re.IGNORECASE)


@cache
def _for_all_genders() -> re.Pattern[str]:
    """How a language writes a word for men and women: "Sachbearbeiter:in"."""
    return re.compile(rf"(?<=\w):(?:{any_of('gender_endings')})\b")


@cache
def nobody() -> re.Pattern[str]:
    """What is no name; "The Ivy" is one."""
    alone = rf"(?i:{any_of('nobody_alone')})(?!\s[A-ZÀ-Þ0-9])"
    return re.compile(rf"^(?:{alone}|(?i:{any_of('nobody')}))\b")


def is_name(text: str) -> bool:
    """Whether a line by itself can be the name of a company."""
    is_short = 2 <= len(text) <= 60 and len(text.split()) <= _MOST_WORDS - 2
    is_bare = not ends(text) or (text.endswith(".") and has_company_form(text.rpartition(" ")[2]))
    is_bare = (
        is_bare and not any(each in text for each in ":·•|") and (text[0].isupper() or text[0].isdigit())
    )
    words = [word for word in text.split() if len(word) > 3]
    is_bare = is_bare and (len(words) < 3 or sum(word[0].islower() for word in words) * 2 < len(words))
    is_other = _no_name().match(text) or split_address(text) or next(find_salaries(text), None)
    return is_short and is_bare and not is_other


def is_role(text: str) -> bool:
    """Whether a line is a position by itself, not a sentence with one in it."""
    is_short = len(text) <= LONGEST_VALUE and len(text.split()) <= _MOST_WORDS
    is_name = (
        is_short
        and ":" not in _for_all_genders().sub("", text)
        and not ends(text)
        and not words_of("no_role").search(text)
    )
    is_called_so = role_word().search(text) or FOR_ALL.search(text)
    return is_name and is_called_so is not None and split_address(text) is None


def ends(text: str) -> bool:
    return text.endswith((".", "!", "?"))


def is_place(line: PostingLine) -> bool:
    text = line.text
    several = re.split(r";\s|\s/\s", text)
    return names_place(text) or (
        not is_department(text)
        and (
            _place().match(text) is not None
            or (len(several) > 1 and all(may_be_place(each) or names_place(each) for each in several))
        )
    )


def is_known(name: str, text: str) -> bool:
    """Whether something says that a name is the employer's: its form, or that it is named again."""
    return has_company_form(name) or text.count(name) > 1 or name.isupper()
