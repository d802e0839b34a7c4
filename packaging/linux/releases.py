"""Writes the releases of ``CHANGELOG.md`` into the AppStream metainfo, which software centres show.

``python packaging/linux/releases.py`` rewrites the ``<releases>`` of the metainfo file beside it.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
METAINFO = HERE / "org.followup_desktop.followup.metainfo.xml"
CHANGELOG = HERE.parents[1] / "CHANGELOG.md"


def plain(text: str) -> str:
    """A line of the changelog without Markdown, for XML."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return escape(re.sub(r"[`*]", "", " ".join(text.split())))


def releases(changelog: str) -> str:
    """The element ``<releases>``: every section of the changelog with a version and a date, in its order."""
    found = re.findall(
        r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    lines = ["  <releases>"]
    for version, date, body in found:
        lines.append(f'    <release version="{version}" date="{date}">')
        lines.append("      <description>")
        for heading, entries in re.findall(
            r"^### ([^\n]+)\n(.*?)(?=^### |\Z)", body, re.MULTILINE | re.DOTALL
        ):
            lines.append(f"        <p>{plain(heading)}:</p>")
            lines.append("        <ul>")
            for entry in re.findall(r"^- (.+(?:\n  .+)*)", entries, re.MULTILINE):
                lines.append(f"          <li>{plain(entry)}</li>")
            lines.append("        </ul>")
        lines.append("      </description>")
        lines.append("    </release>")
    return "\n".join([*lines, "  </releases>"])


def filled(metainfo: str, changelog: str) -> str:
    """The metainfo with the changelog's releases in the place of those it has."""
    return re.sub(
        r"^  <releases(/>|>.*</releases>)$",
        lambda _old: releases(changelog),
        metainfo,
        flags=re.MULTILINE | re.DOTALL,
    )


if __name__ == "__main__":
    METAINFO.write_text(filled(METAINFO.read_text("utf-8"), CHANGELOG.read_text("utf-8")), "utf-8")
