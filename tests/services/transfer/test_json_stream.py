"""JSON that is read value by value is what ``json.loads`` makes of it, and faults are told at their place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.services.transfer.readers.json_stream import LARGEST_VALUE, JsonStream, TooLarge
from tests.tables import tabled

PART = 1 << 18
"""More is decoded at a time than this, so that what follows so many blanks comes in another part."""
TEXT = '{"a": [1, -2.5e10, "é𝄞\\n\\ud834\\udd1e", {"b": null}], "c": [], "d": {}, "e": 120}\n'
FAULTY = ['{"a": [1, 2', '{"a" 1}', '{"a": "x', "[1, ]", '{"a": 1} x', "[tru]", '["\\x"]', "", '{"a": 1,}']


def streamed(data: bytes) -> Any:
    """The value of a text, with its objects and lists gone through one by one."""
    stream = JsonStream(data, dict, float)
    begins = stream.peek()
    if begins == "{":
        found: Any = {key: stream.value() for key in stream.each_key()}
    else:
        found = list(stream.elements()) if begins == "[" else stream.value()
    stream.end()
    return found


def outcome(read: Any, data: Any) -> Any:
    """What is read, or in which words and where it is refused."""
    try:
        return read(data)
    except json.JSONDecodeError as error:
        return error.msg, error.lineno, error.colno
    except RecursionError:
        return RecursionError
    except ValueError as error:
        return type(error)


@tabled("behind", range(0, len(TEXT.encode()) + 1, 3))
def test_wherever_a_part_ends_the_values_are_the_same(behind: int) -> None:
    blanks = " " * (PART - behind)
    assert streamed(f"{blanks}{TEXT}".encode()) == json.loads(TEXT)


@tabled("text", FAULTY)
@tabled("before", ["", "\n\n ", " " * (PART - 5), "\n" * (PART - 3)])
def test_a_fault_is_told_in_the_same_words_at_the_same_place(text: str, before: str) -> None:
    assert outcome(streamed, (before + text).encode()) == outcome(json.loads, before + text)


def test_the_json_corpus_is_read_as_the_standard_library_reads_it(corpora: Path) -> None:
    for file in sorted((corpora / "json").glob("*.json")):
        data = file.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            with pytest.raises(UnicodeDecodeError):
                streamed(data)
            continue
        assert repr(outcome(streamed, data)) == repr(outcome(json.loads, text)), file


@pytest.mark.parametrize(
    "data", [b'{"a": "' + b"x" * 3 * LARGEST_VALUE + b'"}', b"[[" + b"1, " * 3 * LARGEST_VALUE + b"1]]"]
)
def test_one_value_alone_cannot_take_all_memory(data: bytes) -> None:
    with pytest.raises(TooLarge):
        streamed(data)
