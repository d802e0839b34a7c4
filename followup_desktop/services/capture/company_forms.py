"""The legal form at the end of a company's name, which nobody says or writes in a letter."""

from __future__ import annotations

import re

_FORM = re.compile(
    r"(?:,\s*|\s+)(?:"
    r"(?i:(?:pty|pte)\.?\s+ltd|ltd|limited|inc|incorporated|llc|llp|plc|corp|"
    r"g?gmbh(?:\s*&\s*co\.?\s*kg(?:aa)?)?|s\.a\.s|s\.a\.r\.l|sarl|s\.l\.u|s\.r\.l|s\.p\.a|b\.v|n\.v|s\.a|s\.l)"
    # Two letters may be a part of a name unless they are capitals.
    r"|AG|KG|KGaA|SE|SA|SAS|SL|SLU|SRL|SpA|BV|NV|AB|Oyj?"
    r")\.?$"
)


def spoken_employer(name: str) -> str:
    """A company as one writes about it: "Brightwave Energy" of "Brightwave Energy Ltd"."""
    return _FORM.sub("", name.strip()) or name
