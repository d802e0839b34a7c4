"""What ``make run`` does where there is no display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.desktop import try_out


def test_the_demonstration_ends_by_itself_and_tells_what_it_did(
    need: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    need()
    picture = tmp_path / "build" / "screenshot.png"
    monkeypatch.setattr(try_out, "PICTURE", picture)
    assert try_out.main() == 0
    told = capsys.readouterr().out
    assert "Follow-ups due:\n" in told
    raised = told.split("Notifications raised")[1]
    # In quiet hours the user's own reminder comes alone; else it is one of many in a notification.
    assert "Renew the language certificate" in raised or "follow-ups are waiting" in raised
    assert QImage(str(picture)).width() == 1280
