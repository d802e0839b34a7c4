"""What a bundle leaves out: parts of Python and Qt that nothing here uses, and libraries of the system.

A bundled copy of a system library gets in the way of the system's own graphics drivers, fonts, input methods
and services, which are made for the version installed beside them.
"""

from __future__ import annotations

import importlib
import pickle
import py_compile
import re
import sys
import tomllib
from collections.abc import Collection
from fnmatch import fnmatch
from pathlib import Path, PurePath

UNUSED_MODULES = [
    # What the standard library tries first and does without, and that needs more libraries of the system.
    *("_bz2", "_curses", "_hashlib", "_lzma", "_sqlite3", "_ssl", "_uuid"),
    *("curses", "readline", "sqlite3", "ssl"),
    # For developers.
    *("bdb", "doctest", "ensurepip", "lib2to3", "pdb", "pip", "pydoc", "pydoc_data", "setuptools", "test"),
    "unittest",
    # What Babel and icalendar would use if it is there: servers in the tests bring it along.
    *("pytz", "tzlocal"),
    # Never imported on any path that is used.
    *("multiprocessing", "tkinter", "turtle", "xmlrpc"),
]
if sys.platform == "linux":
    # The keyrings of Windows and macOS, and what twine brings along for it here: 13 MB.
    UNUSED_MODULES += ["keyring", "secretstorage", "cryptography", "importlib_metadata"]

_USED_PLUGINS = {
    "iconengines": ["*qsvgicon*"],
    "imageformats": ["*qsvg*", "*qico*", "*qicns*"],
    "platforms": ["*qxcb*", "*qwayland*", "*qoffscreen*", "*qwindows*", "*qcocoa*"],
    "platforminputcontexts": ["*composeplatforminputcontext*", "*ibusplatforminputcontext*"],
    "platformthemes": ["*qxdgdesktopportal*"],
    "printsupport": ["*printersupport*"],
    "styles": ["*"],
    "tls": ["*qopensslbackend*", "*qschannelbackend*", "*qsecuretransportbackend*"],
    "wayland-decoration-client": ["*"],
    "wayland-shell-integration": ["*xdg-shell*"],
}
"""By folder of Qt's plug-ins; what is not named is left out."""

_UNUSED_FILES = [
    *("*libQt6Egl[Ff][Ss]*", "*libQt6OpenGL.so*"),  # for a screen without a window system
    "rapidfuzz/*_avx2.*",  # all of it again, for newer processors
    "*.dist-info/licenses/*",  # the packages have them in one place
    *("resources/locale/*.po", "resources/locale/*.pot"),  # for translators; the program reads the .mo
    "resources/cldr/*",  # it lies in Babel's place
]

_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")


def own_catalogues(root: Path) -> set[str]:
    """The languages of the interface: English, and those for which there is a catalogue."""
    return {"en", *(folder.name for folder in (root / "resources" / "locale").glob("[a-z]*/"))}


def is_wanted(target: str, source: str, languages: Collection[str]) -> bool:
    """Whether a file that PyInstaller found belongs into the bundle; ``target`` is its place there.

    Of the data that are there by language only those of these ``languages`` do: Babel's for all the others
    are 29 of its 30 MB. Of Qt's words the program shows those of qtbase; its English has no catalogue.
    """
    place = PurePath(target)
    if place.parent.name.endswith(".dist-info"):
        return place.name == "METADATA"  # the rest tells how and where the package was installed
    if any(fnmatch(target, pattern) for pattern in _UNUSED_FILES):
        return False
    if place.parent.name == "locale-data" or (
        place.parent.name == "translations" and place.parts[0] == "PySide6"
    ):
        return _is_spoken(place.stem, languages)
    if "plugins" in place.parts:
        patterns = _USED_PLUGINS.get(place.parent.name, [])
        return any(fnmatch(place.name, pattern) for pattern in patterns)
    if ".so" in place.name and source.startswith(_SYSTEM_FOLDERS):
        return place.name.startswith("libpython") or "lib-dynload" in source
    return True


def _is_spoken(name: str, languages: Collection[str]) -> bool:
    """Whether the program shows anything of ``es_MX`` or ``root`` of Babel's, of ``qtbase_es`` of Qt's."""
    spoken = {language.partition("_")[0] for language in languages}
    if name in {"root", "qtbase_en"}:
        return name == "root"
    return name.removeprefix("qtbase_").partition("_")[0] in spoken


def babel_data(work: Path, languages: Collection[str]) -> dict[str, str]:
    """Babel's data without what the program never tells: files by their places in the bundle."""
    import cldr

    said = {"global.dat": cldr.of_all(languages)}
    for source in sorted((cldr.PACKAGE / "locale-data").glob("*.dat")):
        if _is_spoken(source.stem, languages):
            said[f"locale-data/{source.name}"] = cldr.of_one(source.stem)
    found = {}
    for place, known in said.items():
        made = work / place
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(pickle.dumps(known, 5))
        found[str(PurePath("babel", place))] = str(made)
    return found


def holiday_words(package: Path, languages: dict[str, str]) -> list[tuple[str, str]]:
    """The catalogues of ``holidays`` that the program asks for: each country's in its own language.

    ``languages`` has the own language of each country. Pairs of a file and the folder it goes to.
    """
    found = []
    for country, language in sorted(languages.items()):
        catalogue = package / "locale" / language / "LC_MESSAGES" / f"{country}.mo"
        if catalogue.is_file():
            found.append((str(catalogue), str(Path("holidays", *catalogue.parts[-4:-1]))))
    return found


def own_languages() -> dict[str, str]:
    """The language in which each country's holidays are named, for those that have catalogues."""
    import holidays

    classes = {code: getattr(holidays, code) for code in holidays.list_supported_countries()}
    return {code: kind.default_language for code, kind in classes.items() if kind.default_language}


def shiboken_support(work: Path) -> list[tuple[str, str]]:
    """The Python part of PySide6, compiled: pairs of a file and the folder it goes to.

    PySide6 carries it as text inside a library and compiles it at each start, a thirtieth of ours. A folder
    ``files.dir`` beside that library is taken instead: it is what ``SBK_EMBED=0`` makes for developers.
    """
    importlib.import_module("PySide6.QtCore")
    carried = sys.modules["shibokensupport.signature.loader"].__loader__.zfile  # type: ignore[union-attr]
    found = []
    for name in sorted(name for name in carried.namelist() if re.fullmatch(r"shibokensupport/.+\.py", name)):
        text = work / name
        text.parent.mkdir(parents=True, exist_ok=True)
        text.write_bytes(carried.read(name))
        compiled = text.with_suffix(".pyc")
        unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(
            str(text), str(compiled), name, doraise=True, optimize=2, invalidation_mode=unchecked
        )
        found.append((str(compiled), str(PurePath("shiboken6", "files.dir", name).parent)))
    return found


def project_version(root: Path) -> str:
    """The version in ``pyproject.toml``."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    version = str(project["version"])
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        raise ValueError(f"pyproject.toml's version {version!r} is no plain release number")
    return version
