"""Texts are compared without case, accents and white space, the quick way and the thorough one alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.storage.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ana\tRUIZ \n", "ana ruiz"),
        ("Ólga MUÑOZ", "olga munoz"),
        ("Straße", "strasse"),
        ("ＡＢＣ ①", "abc 1"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(max_codepoint=127)))
def test_what_is_ascii_folds_as_anything_else(text: str) -> None:
    accented = fold(text + "\u0301") if text else ""
    assert fold(text).replace(" ", "") == unicodedata.normalize("NFKD", accented).replace(" ", "")
