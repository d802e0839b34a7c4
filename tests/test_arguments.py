"""What the command line asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_desktop.arguments import parse, parser


def test_a_file_alone_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "mine.followup.json"
    file.touch()
    assert parse([str(file)]).open == file
    assert parse(["--open", str(file), "--demo"]).open == file
    assert parse(["--open", str(file)]).open == file


def test_what_is_opened_may_stand_behind_options(tmp_path: Path) -> None:
    file = tmp_path / "mine.followup.json"
    file.touch()
    options = ["--data-dir", str(tmp_path), "--demo"]
    for words in ([*options, str(file)], [*options, file.as_uri()]):
        assert (parse(words).open, parse(words).data_dir, parse(words).demo) == (file, tmp_path, True)
    assert parse([*options, LINK]).link == LINK
    assert parse(["--data-dir", str(file)]).open is None


def test_a_command_is_never_taken_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("due").touch()
    assert parse(["due"]).command == "due"
    assert parse(["due"]).open is None


def test_a_path_is_opened_whatever_is_there_so_that_the_window_says_why_it_can_not_be(tmp_path: Path) -> None:
    for place in (tmp_path / "missing.json", tmp_path):
        assert parse([str(place)]).open == place


def test_what_is_neither_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("missing.json", "impot"):
        with pytest.raises(SystemExit) as end:
            parse([word])
        assert end.value.code == 2
    assert "impot" in capsys.readouterr().err


def test_a_session_manager_may_start_it_as_it_starts_others() -> None:
    arguments = parse(["-session", "10af_123", "--background"])
    assert arguments.background
    assert arguments.command is None
    assert "-session" not in parser().format_help()


LINK = "followup:add?title=Cook"


def test_a_link_alone_is_opened_and_a_file_by_its_address(tmp_path: Path) -> None:
    file = tmp_path / "mine search.json"
    file.touch()
    assert parse([LINK]).link == LINK
    assert parse([file.as_uri()]).open == file


@pytest.mark.parametrize(
    "words",
    [
        [LINK, "--data-dir", "elsewhere"],
        [LINK, "--open", "x.json"],
        ["followup:add?title=Cook --data-dir elsewhere"],
        [LINK, LINK],
    ],
)
def test_nothing_beside_a_link_is_an_option(words: list[str]) -> None:
    if len(words) == 1:
        assert (parse(words).link, parse(words).data_dir) == (words[0], None)
        return
    with pytest.raises(SystemExit) as end:
        parse(words)
    assert end.value.code == 2
