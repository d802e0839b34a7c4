"""Text made safe for notification servers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.system.notifiers.plyer_platform import dash_safe, notify_send_body, portal_text
from followup_desktop.system.notifiers.text import cut_utf16, escape_markup, one_line, some_lines
from tests.sweeps import examples


def test_a_title_is_one_line_without_control_characters() -> None:
    assert one_line("Call\nAcme\0\x07 now\u202e!", 40) == "Call Acme now!"


def test_a_body_keeps_its_lines_and_nothing_else_that_controls() -> None:
    assert some_lines("one\r\ntwo\x1b[31m\t three\n") == "one\ntwo [31m three"


def test_a_long_body_is_cut_to_two_hundred_characters() -> None:
    body = some_lines("word " * 100)
    assert len(body) <= 200
    assert body.endswith("word…")


def test_markup_is_escaped_but_quotes_stay() -> None:
    assert escape_markup("""<b>R&D</b> "x" 'y'""") == """&lt;b&gt;R&amp;D&lt;/b&gt; "x" 'y'"""


def test_windows_counts_in_utf16_units() -> None:
    text = cut_utf16("😀" * 40, 63)
    assert text == "😀" * 31 + "…"
    assert cut_utf16("short", 63) == "short"


def test_notify_send_gets_no_option_no_escape_and_markup_only_for_who_reads_it() -> None:
    assert notify_send_body("-u <x> C:\\new", frozenset()) == "\u2010u <x> C:\\\\new"
    assert notify_send_body("a & b", frozenset({"body-markup"})) == "a &amp; b"
    assert dash_safe("a-b") == "a-b"


def test_text_can_not_leave_the_quotes_of_a_portal_call() -> None:
    assert portal_text("it's '>, <true> \\ end\nx") == "it\\'s \\'>, <true> \\\\ end\\nx"


@settings(max_examples=examples(25))
@given(st.text())
def test_any_text_can_be_sent(text: str) -> None:
    for result in (one_line(text, 64), some_lines(text)):
        result.encode()
        assert "\0" not in result
        assert len(result) <= 200
