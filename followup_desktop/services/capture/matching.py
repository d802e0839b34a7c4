"""How well a few typed letters fit a name: by the beginnings of its words, else by likeness."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_desktop.storage.folding import contains, fold, fold_joined, search_words, searchable

_WORD = re.compile(r"\w+")
_RUN_TOGETHER = 100
_WITHIN = 700
_WITHIN_FROM = 4
"""With fewer letters too much has them."""
_ALIKE = 1000
_ALIKE_AT_LEAST = 80.0
_ALIKE_FROM = 4
"""With fewer letters nothing is taken for a slip of the fingers."""


def rank_words(asked: tuple[str, ...], words: tuple[str, ...]) -> int | None:
    """``rank`` for many names taken apart before, of which each word typed is to begin a word."""
    places = _places(asked, words)
    if places is None:
        return None
    return places[0] + (places != tuple(sorted(places))) if places else 0


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, without case and accents."""
    return tuple(_WORD.findall(fold(text)))


@lru_cache(maxsize=4096)
def words_in(name: str) -> tuple[str, ...]:
    """The words that begin in a name: of O'Brien ``o``, ``brien`` and ``obrien``."""
    return tuple(dict.fromkeys((*words_of(name), *words_of(fold_joined(name)))))


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same for one who types without accents and the like."""
    return fold(one) == fold(other)


def has_words(typed: str, text: str) -> bool:
    """Whether each word typed is part of the text, as wherever something is searched."""
    return contains(_searchable(text), search_words(typed))


@lru_cache(maxsize=64)
def _searchable(text: str) -> str:
    return searchable([text])


def rank(typed: str, name: str) -> int | None:
    """How well what was typed fits a name, 0 for best; ``None`` if it does not.

    Each word typed is to begin a word of the name, in any order ("app add"); or the letters run together
    begin words one after the other ("addap"). What begins the name itself fits best.
    """
    asked, words = words_of(typed), words_in(name)
    fits = rank_words(asked, words)
    if fits is not None:
        return fits
    start = _run_together("".join(asked), words)
    return None if start is None else _RUN_TOGETHER + start


def within(typed: str, name: str) -> int | None:
    """A rank behind all of ``rank``'s where each word typed stands within one of the name, or ``None``.

    So a part of a long German word is found: "zone" in "Zeitzone".
    """
    asked = words_of(typed)
    is_enough = bool(asked) and all(len(each) >= _WITHIN_FROM for each in asked)
    return _WITHIN if is_enough and has_words(typed, name) else None


def likeness(typed: str, name: str) -> int | None:
    """A rank behind all of ``rank``'s for a name that is nearly what was typed ("snoze"), or ``None``."""
    asked = fold(typed)
    if len(asked) < _ALIKE_FROM:
        return None
    from rapidfuzz import fuzz  # slow to import, and not needed to show a window

    score = max(fuzz.ratio(asked, fold(name)), *(fuzz.ratio(asked, word) for word in words_of(name) or ("",)))
    return _ALIKE + round(100 - score) if score >= _ALIKE_AT_LEAST else None


def _places(asked: tuple[str, ...], words: tuple[str, ...]) -> tuple[int, ...] | None:
    """The first free word that each of those asked for begins."""
    taken: list[int] = []
    for each in asked:
        place = next((n for n, word in enumerate(words) if n not in taken and word.startswith(each)), None)
        if place is None:
            return None
        taken.append(place)
    return tuple(taken)


def _run_together(letters: str, words: tuple[str, ...]) -> int | None:
    """The word at which the letters start to be read as beginnings of words that follow one another."""
    # Reachable numbers of letters read, word by word, are few: no search with backtracking is needed.
    for start in range(len(words)):
        read = {0}
        for word in words[start:]:
            further = set(read) if 0 not in read else set()
            for done in read:
                length = 0
                while length < len(word) and letters[done + length : done + length + 1] == word[length]:
                    length += 1
                    further.add(done + length)
            read = further
            if len(letters) in read:
                return start
    return None
