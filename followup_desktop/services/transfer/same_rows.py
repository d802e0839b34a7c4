"""Which rows of a file are about one application, though they have ids of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import application_id, posting_id
from followup_desktop.services.transfer.positions import agreement, names_of


def same_applications(rows: Sequence[Row], there: AbstractSet[str]) -> dict[str, str]:
    """By the id of a row, that of another about the same application, under which it is to be told.

    One without an address goes with the only one with it that is the same else; ``there`` are the ids of
    the applications that are there.
    """
    alike: dict[tuple[str, str, object], list[Row]] = defaultdict(list)
    for row in rows:
        alike[*names_of(row), row.values.get("applied_on")].append(row)
    ids: dict[tuple[str, str, object], set[str]] = defaultdict(set)
    bare: dict[tuple[str, str, object], str] = {}
    for names, several in alike.items():
        for row in several if len(several) > 1 else ():
            url = row.values.get("url", "")
            if row.id != application_id(*names, url):  # it has one of its own
                continue
            if posting_key(url):
                ids[names].add(row.id)
            else:
                bare[names] = row.id
    same = {
        own: next(iter(ids[names]))
        for names, own in bare.items()
        if len(ids[names]) == 1 and not {own, *ids[names]} <= there
    }
    return same | _one_posting(rows, there)


def _one_posting(rows: Iterable[Row], there: AbstractSet[str]) -> dict[str, str]:
    """Of a board's rows about one posting that agree on employer or role, the id of each and the one to have.

    That is the one in ``there``, where only one of them is.
    """
    of_posting: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if not (source := row.defaults.get("source", "")):
            continue
        url = str(row.values.get("url", ""))
        if row.id == posting_id(source, row.values["employer"], row.values["role"], url):
            of_posting[posting_key(url)].setdefault(row.id, row)
    same: dict[str, str] = {}
    for several in of_posting.values():
        heads: list[Row] = []
        for row in sorted(several.values(), key=lambda each: each.id not in there):
            head = next((each for each in heads if any(agreement(row, each))), None)
            if head is None or row.id in there:
                heads.append(row)
            else:
                same[row.id] = head.id
    return same
