"""Writes what the installer for Windows says, in every language, for ``installer.nsi`` to include.

``python packaging/windows/installer_texts.py FILE``
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import desktop_texts
from desktop_texts import N_

_TEXTS = {
    "RUNNING": N_("Follow Up is running. Quit it (File, Quit), then try again."),
    # Translators: in the uninstaller for Windows, before anything is removed.
    "REMOVES": N_("Follow Up will be removed. Your data stays in {folder}."),
    "REMOVED": N_("Follow Up was removed. Your data is still in {folder}."),
    "STARTUP": N_("Start with Windows, in the tray"),
}
"""By the names that the script has for them; ``{folder}`` is its ``${DATA}``."""


def script(folder: Path = desktop_texts.LOCALE) -> str:
    """The languages, English first, and each text in each of them, as NSIS includes it.

    A language that NSIS doesn't have stops the making of the installer.
    """
    spoken = {"en": str, **desktop_texts.languages(folder)}
    names = {code: str(Locale.parse(code).english_name) for code in spoken}
    lines = [f'!insertmacro MUI_LANGUAGE "{name}"' for name in names.values()]
    for key, text in _TEXTS.items():
        for code, say in spoken.items():
            said = say(text).replace("$", "$$").replace('"', '$\\"').replace("{folder}", "${DATA}")
            lines.append(f'LangString {key} ${{LANG_{names[code].upper()}}} "{said}"')
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write them into the file named; returns the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: installer_texts.py FILE\n")
        return 2
    Path(arguments[0]).write_text(script(), "utf-8-sig")  # NSIS knows UTF-8 by its mark
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
