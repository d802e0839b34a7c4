"""Links of the program's own: what a page hands over, and what no page can."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.links import (
    LONGEST_LINK,
    LONGEST_POSTING,
    fault_in,
    is_link,
    posting_of_link,
)
from tests.tables import tabled

ADDRESS = "https://boards.greenhouse.io/vandelay/jobs/4012345"


@pytest.mark.parametrize("begin", ["followup:add?", "followup://add?", "followup://add/?", "FOLLOWUP:Add?"])
def test_title_address_and_text_come_as_a_posting_is_pasted(begin: str) -> None:
    fields = {"url": ADDRESS, "title": "Cook & Baker", "text": "One\nTwo"}
    link = f"{begin}{urlencode(fields)}"
    assert posting_of_link(link) == f"Cook & Baker\n{ADDRESS}\nOne\nTwo"


@tabled(
    "link",
    [
        "followup:",
        "followup:add",
        "followup:add?",
        "followup:add?text=%20",
        "followup:delete?text=x",
        "followup:import?url=file:///etc/passwd",
        "followup:add/../import?text=x",
        "followup:add?employer=x",
        "followup:add?" + "&".join(f"a{n}=1" for n in range(50)),
        "followup:add?text=" + "x" * LONGEST_LINK,
        "https://followup/add?text=x",
    ],
)
def test_what_is_no_posting_is_refused_in_a_sentence(link: str) -> None:
    with pytest.raises(Refused):
        posting_of_link(link)


@tabled(
    "address",
    [
        "javascript%3Aalert(1)",
        "file%3A%2F%2F%2Fetc%2Fpasswd",
        "followup%3Aadd%3Ftext%3Dx",
        "data%3Atext%2Fhtml%2Cx",
        "https%3A%2F%2Fuser%3Asecret%40acme.example%2Fjob",
        "https%3A%2F%2F" + "a" * 3000 + ".example",
        "%00https",
    ],
)
def test_an_address_that_is_none_of_the_web_is_left_out(address: str) -> None:
    assert posting_of_link(f"followup:add?url={address}&title=Cook") == "Cook"


def test_what_is_not_seen_is_left_out_and_a_nested_link_stays_text() -> None:
    hidden = "%1B%5B31mCook%00%E2%80%AEkooC%EF%BB%BF%07"
    assert posting_of_link(f"followup:add?title={hidden}") == "[31mCookkooC"
    assert posting_of_link("followup:add?title=a%2525") == "a%25", "decoded once"


@given(st.text(max_size=300))
def test_no_link_does_more_than_fill_in_a_short_plain_text(rest: str) -> None:
    try:
        posting = posting_of_link(f"followup:add?{rest}")
    except Refused:
        return
    assert 0 < len(posting) <= LONGEST_POSTING
    assert all(each == "\n" or each.isprintable() or each.isspace() for each in posting)


def test_only_the_scheme_makes_a_link() -> None:
    assert is_link("followup:add?x")
    assert not is_link("followup.json")
    assert not is_link("add")


def test_only_a_link_that_is_none_of_ours_has_a_fault() -> None:
    assert fault_in("Cook at Vandelay") is None
    assert fault_in("followup:add?title=Cook") is None
    assert "can only add" in str(fault_in("followup:delete?id=a1"))
