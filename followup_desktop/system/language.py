"""The language that the user's system speaks."""

from __future__ import annotations

from collections.abc import Mapping

_FOR_TEXTS = ("LC_ALL", "LC_MESSAGES", "LANG")
_FOR_DATES = ("LC_ALL", "LC_TIME", "LANG")


def system_locale(environment: Mapping[str, str]) -> str | None:
    """The locale for texts and dates, as the variables of POSIX name it: ``en_GB``; ``None`` if they don't.

    Who reads English with American dates asks for ``LANG=en_GB`` and ``LC_TIME=en_US``, and gets both; dates
    of another language than the texts are not mixed into them.
    """
    texts, dates = (_first(environment, names) for names in (_FOR_TEXTS, _FOR_DATES))
    if texts is None or dates is None:
        return texts
    return dates if _language(dates) == _language(texts) else texts


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((environment[name] for name in names if environment.get(name, "").strip()), None)


def _language(locale: str) -> str:
    return locale.partition(".")[0].partition("_")[0]
