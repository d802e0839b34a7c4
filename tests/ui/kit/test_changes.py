"""Which rows a change is told of."""

from __future__ import annotations

from followup_desktop.storage.touched import Changes
from followup_desktop.ui.kit.models.changes import applications_touched


def test_a_change_names_its_applications_and_those_of_its_follow_ups() -> None:
    changes = Changes(applications=frozenset({"a1"}), follow_ups=frozenset({"thank/a%2F2/i1", "search"}))
    assert applications_touched(changes) == {"a1", "a/2"}


def test_a_change_of_very_many_is_one_of_all() -> None:
    few = Changes(applications=frozenset(map(str, range(500))))
    many = Changes(applications=few.applications, follow_ups=frozenset({"thank/a1/i1"}))
    assert applications_touched(few) == set(few.applications)
    assert applications_touched(many) is None
