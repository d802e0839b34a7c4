"""The built-in templates: ``resources/templates/<language>/<name>.txt``.

Where a language has two ways to address a reader, letters to friends have a folder of their own,
``de-informal``. A wording that asks for no name is to nobody in particular, as "Hello everyone".

A file has one wording or several, so that two notes are never the same, parted by lines of three hyphens.
Each begins with its subject, as the head of an email does; a call script has one too, as its heading. Filled
in, a wording has 60 to 120 words: thanks and something that was talked about (tip 2), the question where
things stand (tip 3), the question what could be better (tip 6).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from followup_desktop.domain.drafts import Template, TemplateName
from followup_desktop.resource_files import translated

_PARTED = "\n---\n"
_SUBJECT = "Subject: "


def originals(name: TemplateName, variety: str = "") -> tuple[Template, ...]:
    """The wordings of a built-in template in the language of the program, or else in English.

    Those of a ``variety`` of it, ``de-informal``, come first.
    """
    return _read(name, translated("templates", f"{name}.txt", variety))


def variety_of(name: TemplateName, variety: str) -> str:
    """In which language, or ``variety`` of it, those wordings are: English where it has none of its own."""
    return translated("templates", f"{name}.txt", variety).parent.name


@cache
def _read(name: TemplateName, file: Path) -> tuple[Template, ...]:
    return tuple(_template(name, wording) for wording in file.read_text("utf-8").split(_PARTED))


def _template(name: TemplateName, wording: str) -> Template:
    subject, _, body = wording.partition("\n\n")
    return Template(name, subject.removeprefix(_SUBJECT).strip(), body.strip())
