"""The user's own notes and the posting's text, kept in one."""

from __future__ import annotations

from followup_desktop.domain.notes import join_notes, split_notes
from tests.tables import tabled


@tabled("own", ["", "Met at the fair", "One\n\nTwo", "=== Postings ==="])
@tabled("posting", ["", "We are hiring", "Title\n\n- a\n- b"])
def test_what_is_joined_is_split_again(own: str, posting: str) -> None:
    assert split_notes(join_notes(own, posting)) == (own, posting)


def test_notes_without_a_posting_are_left_as_they_are() -> None:
    assert split_notes("a\r\nb  \n") == ("a\r\nb  \n", "")
    assert join_notes("  a\n", "") == "  a\n"


def test_nothing_is_lost_where_the_line_stands_twice() -> None:
    notes = join_notes("a", "b\n=== Posting ===\nc")
    own, posting = split_notes(notes)
    assert (own, posting) == ("a", "b\n=== Posting ===\nc")
    assert join_notes(own, posting) == notes


def test_whatever_separates_other_lines_stays_as_it_was_typed() -> None:
    own = "Called\x0bthem\u2028twice\x85and\x1cagain"
    assert split_notes(join_notes(own, own)) == (own, own)


def test_the_line_is_found_with_the_line_ends_of_windows() -> None:
    assert split_notes("Mine\r\n\r\n=== Posting ===\r\nTheirs") == ("Mine", "Theirs")
