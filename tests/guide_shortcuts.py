"""The tables of keys in the guide of each language; ``python -m tests.guide_shortcuts`` writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from followup_desktop.i18n import ENGLISH, _
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.wording import Wording
from followup_desktop.ui.window.shortcuts import Row, keys_everywhere, keys_in
from followup_desktop.ui.window.views import SIDEBAR
from tests.pseudo_locale import speaking

NAMES = {
    "en": {"Del": "Delete", "Esc": "Escape"},
    "de": {
        "Ctrl": "Strg",
        "Shift": "Umschalt",
        "Del": "Entf",
        "Home": "Pos1",
        "Up": "Auf",
        "Down": "Ab",
        "Left": "Links",
        "Right": "Rechts",
        "PgUp": "Bild auf",
        "PgDown": "Bild ab",
    },
    "es": {
        "Ctrl": "Control",
        "Shift": "Mayús",
        "Enter": "Intro",
        "Esc": "Escape",
        "Del": "Suprimir",
        "Up": "Arriba",
        "Down": "Abajo",
        "Left": "Izquierda",
        "Right": "Derecha",
        "Home": "Inicio",
        "PgUp": "Re Pág",
        "PgDown": "Av Pág",
    },
    "fr": {
        "Shift": "Maj",
        "Enter": "Entrée",
        "Esc": "Échap",
        "Del": "Suppr",
        "Home": "Début",
        "Up": "Haut",
        "Down": "Bas",
        "Left": "Gauche",
        "Right": "Droite",
        "PgUp": "Page préc.",
        "PgDown": "Page suiv.",
    },
}
"""The keys that a reader knows by another name than Qt, by the language."""


def pages() -> dict[str, Path]:
    """The page about keys in each language of the guide."""
    return {page.parent.name: page for page in sorted(resources_dir().glob("guide/*/keyboard.md"))}


def filled(page: str, language: str) -> str:
    """The page in this language with its tables as the program has them now, below their own headings."""
    with speaking(ENGLISH if language == "en" else language):
        wording = Wording()
        tables = {_("Everywhere"): keys_everywhere(wording)}
        tables |= {_(row.title): keys_in(row.name, wording) for row in SIDEBAR}
    for heading, rows in tables.items():
        of_it = re.compile(rf"(?<=^## {re.escape(heading)}\n\n)(\|.*\n\|-.*\n)(?:\|.*\n?)*", re.MULTILINE)
        page = of_it.sub(lambda old, rows=rows: old[1] + _lines(rows, language), page)  # type: ignore[misc]
    return page


def _lines(rows: Sequence[Row], language: str) -> str:
    names = NAMES.get(language, {})
    return "".join(
        f"| {re.sub(r'[A-Za-z]+', lambda key: names.get(key[0], key[0]), keys)} | {words} |\n"
        for keys, words in rows
    )


if __name__ == "__main__":
    for code, path in pages().items():
        path.write_text(filled(path.read_text("utf-8"), code), "utf-8")
