"""What each language calls interviews, and what invitations to them say: ``resources/interviews/es.toml``.

The expressions are over texts as they stand, with their capitals and accents, or over plain ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from followup_desktop.services.capture.language_files import check_keys, faults_in, lists_at, one_of, read_all
from followup_desktop.services.capture.vocabulary import plain_pattern

_FILES = "interviews/*.toml"
_LISTS = (
    *("phone_said", "video_said", "phone_places", "video_places", "around_numbers"),
    *("called_technical", "called_panel", "called_video", "called_phone", "called_onsite"),
    *("called_informational", "titled_panel", "titled_technical", "titled_phone", "titled_video"),
    *("titled_onsite", "titled_informational", "online", "updated", "cancelled", "invitation", "meetings"),
    *("rounds", "before_meetings", "behind_meetings", "no_role", "role_of", "for_role", "with_firm"),
    *("articles", "of_applying", "ways", "of_meetings", "rooms", "in_rooms", "no_people", "external"),
    *("joins", "other_links"),
)


@cache
def languages() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """What each file that can be read has under each of its names."""
    return read_all(_FILES, _read)


def faults() -> Iterator[str]:
    """A sentence for each file that can't be read."""
    return faults_in(_FILES, _read)


def any_of(name: str) -> str:
    """Any of the expressions of that name, of all languages; of none, what is never found."""
    return one_of(each for language in languages() for each in language[name])


def any_plain(name: str) -> str:
    """The same over plain texts."""
    return plain_pattern(any_of(name))


@cache
def plain_words(name: str, *further: str) -> re.Pattern[str]:
    """Where one of them, or of the ``further``, stands in a plain text as words of its own."""
    return re.compile(rf"\b(?:{'|'.join((any_plain(name), *further))})\b")


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    return lists_at(check_keys(tomllib.loads(text), _LISTS), _LISTS)
