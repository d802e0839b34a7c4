"""What Babel knows of languages, without what the program never tells.

Babel reads all of it at each start, with 3.4 % of its instructions, for a tenth of it. For the languages of
the interface that tenth lies in ``resources/cldr``, where a start finds it; a bundle has it in Babel's place,
also for their kinds, as ``es_MX``.
"""

from __future__ import annotations

import importlib.metadata
import pickle
from collections.abc import Collection
from pathlib import Path
from typing import Any

from babel import localedata

from followup_desktop.i18n import BABEL_VERSION, ENGLISH, NAMES, UNSAID

PACKAGE = Path(localedata.__file__).parent
_OF_ALL = (
    *("language_aliases", "likely_subtags", "parent_exceptions", "script_aliases", "territory_aliases"),
    "variant_aliases",
)
"""What Babel asks of its table of all languages to find one; the rest is about zones and currencies."""


def of_all(languages: Collection[str]) -> dict[str, Any]:
    """What is said of Babel's table of all languages, and the version of Babel that it's from."""
    known = pickle.loads((PACKAGE / "global.dat").read_bytes())
    found = {name: known[name] for name in _OF_ALL}
    likely = found["likely_subtags"].items()
    found["likely_subtags"] = {name: tags for name, tags in likely if is_of(name, languages)}
    return found | {BABEL_VERSION: importlib.metadata.version("babel")}


def of_one(name: str, unsaid: Collection[str] = UNSAID) -> dict[str, Any]:
    """What is said of Babel's ``es``, ``es_MX`` or ``root``."""
    known = pickle.loads((PACKAGE / "locale-data" / f"{name}.dat").read_bytes())
    return {name: told for name, told in known.items() if name not in unsaid}


def is_of(name: str, languages: Collection[str]) -> bool:
    """Whether ``es_MX`` is one of the languages, or a kind of one."""
    return name.partition("_")[0] in {language.partition("_")[0] for language in languages}


def for_start(languages: Collection[str]) -> dict[str, bytes]:
    """The files of ``resources/cldr``, by their names."""
    unsaid = UNSAID | NAMES
    own = {"root", *languages, "en_001", ENGLISH}  # the latter two are what a system without a language gets
    found = {f"{name}.dat": of_one(name, unsaid) for name in sorted(own)}
    return {
        name: pickle.dumps(known, 5) for name, known in (found | {"global.dat": of_all(languages)}).items()
    }


def write(folder: Path, languages: Collection[str]) -> None:
    """Bring the files in this folder up to date."""
    folder.mkdir(exist_ok=True)
    for name, content in for_start(languages).items():
        (folder / name).write_bytes(content)
