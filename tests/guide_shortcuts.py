"""The tables of keys in the guide, from the commands; ``python -m tests.guide_shortcuts`` writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_desktop.i18n import _
from followup_desktop.services.wording import Wording
from followup_desktop.ui.window.guide.book import guide_folder
from followup_desktop.ui.window.shortcuts import Row, keys_everywhere, keys_in
from followup_desktop.ui.window.views import SIDEBAR

PAGE = guide_folder() / "keyboard.md"
NAMES = {"Del": "Delete", "Esc": "Escape"}
"""The keys that a reader knows by another name than Qt."""


def table(rows: Sequence[Row]) -> str:
    """A table of keys and what they do."""
    lines = ["| key | what it does |", "|---|---|"]
    lines += [f"| {NAMES.get(keys, keys)} | {words} |" for keys, words in rows]
    return "\n".join(lines)


def filled(page: str) -> str:
    """The page with its tables as the program has them now."""
    wording = Wording()
    tables = {_(row.title): keys_in(row.name, wording) for row in SIDEBAR}
    for heading, rows in {"Everywhere": keys_everywhere(wording), **tables}.items():
        of_it = re.compile(rf"(?<=^## {re.escape(heading)}\n\n)\|.*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)
        page = of_it.sub(lambda _old, rows=rows: table(rows), page)  # type: ignore[misc]
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
