"""What stands behind the name of a role and is no employer: its field, its level, its hours, where it is."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.services.capture.posting_words import listed
from followup_desktop.services.capture.roles import FOR_ALL

_TECHNIQUES = """
    .net angular aws azure c# c++ css django docker excel flutter gcp go golang hadoop html java
    javascript kafka kotlin kubernetes laravel linux mongodb mysql node node.js nodejs php postgresql
    python rails react ruby rust scala spark sql swift symfony tableau terraform typescript vue vue.js
    wordpress
"""
"""Products, called so in every language."""
_SIGNS_BETWEEN = frozenset({"&", "", "-", "–"})
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SIGNS = re.compile(r"[\s/,+]+|(?<=\w)-(?=\w)")


@cache
def _words() -> frozenset[str]:
    return frozenset(_TECHNIQUES.split()) | listed("fields_of_work") | listed("regions")


@cache
def _joining() -> frozenset[str]:
    return _SIGNS_BETWEEN | listed("joining")


def is_field_of_work(text: str) -> bool:
    """Whether all of the words are what a role is about: "Backend", "Payments Platform", "Night Shift".

    An employer may be called so, too; but who isn't named by anything else isn't known.
    """
    bare = _IN_BRACKETS.sub("", FOR_ALL.sub("", text)).casefold().strip()
    known = [bare in _words(), *(word in _words() for word in _SIGNS.split(bare) if word not in _joining())]
    return len(known) > 1 and (known[0] or all(known[1:]))


def is_department(text: str) -> bool:
    """Whether it says in which part of a firm one works, as "Data, Research & Insights", and no region."""
    words = [word for word in _SIGNS.split(text.casefold().strip()) if word not in _joining()]
    return is_field_of_work(text) and not any(word in listed("regions") for word in words)


def is_city(text: str) -> bool:
    """Whether it is the name of a large city alone."""
    return text.casefold().strip() in listed("cities")
