"""An export is the same bytes whoever asks for it, in the format that the name of the file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_desktop.__main__ import main
from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.transfer.exporting import everything, export_to
from followup_desktop.services.transfer.formats import writer_for, writers
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.files import FolderFiles
from tests.services.conftest import madrid

NOW = madrid("2026-10-14T12:00")
BEGINS = {
    "json": b'{\n  "format": "followup-desktop"',
    "csv": b'\xef\xbb\xbf"id","employer",',
    "ics": b"BEGIN:VCALENDAR\r\n",
    "vcf": b"BEGIN:VCARD\r\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The sample, where the command line finds it as well."""
    (tmp_path / "data").mkdir()
    store = Store(open_database(tmp_path / "data" / "followup.db"))
    Planner(store)
    with store.transaction("Begin") as t:
        t.put_facts(sample_facts(NOW, "Europe/Madrid"))
    return store


def command(folder: Path, *words: str) -> int:
    return main(["--data-dir", str(folder / "data"), "export", *words])


@pytest.mark.parametrize("ending", BEGINS)
def test_the_command_line_writes_what_the_window_writes(store: Store, tmp_path: Path, ending: str) -> None:
    ours, theirs = tmp_path / f"window.{ending}", tmp_path / f"command.{ending.upper()}"
    said = export_to(store, FolderFiles(), ours, NOW, Wording())
    assert f" to window.{ending}." in said
    assert command(tmp_path, str(theirs)) == 0
    assert ours.read_bytes().startswith(BEGINS[ending])
    if ending in ("json", "vcf"):  # the others tell what is due now
        assert theirs.read_bytes() == ours.read_bytes()
    else:
        assert theirs.read_bytes().startswith(BEGINS[ending])
    assert ours.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ending", BEGINS)
def test_a_format_that_is_named_counts_more_than_the_ending(
    store: Store, tmp_path: Path, ending: str
) -> None:
    store.close()
    for name in ("plain", "other.json", "other.pdf"):
        assert command(tmp_path, "--format", ending, str(tmp_path / name)) == 0
        assert (tmp_path / name).read_bytes().startswith(BEGINS[ending])


def test_a_table_has_its_mark_except_on_standard_output(
    store: Store, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    store.close()
    assert command(tmp_path, "-", "--format", "csv") == 0
    assert capsysbinary.readouterr().out.startswith(b'"id","employer",')


@pytest.mark.parametrize(
    "name",
    [
        "x.XLSX",
        "x.json.gz",
        "x.CSV.GZ",
        "x.ics.zip",
        "x.json.xz",
        "x.tar",
        "x.ical",
    ],
)
def test_a_name_of_another_format_is_refused(
    store: Store, tmp_path: Path, name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with pytest.raises(Refused, match=r"\.json, \.csv, \.events\.csv, \.ics or \.vcf"):
        export_to(store, FolderFiles(), tmp_path / name, NOW, Wording())
    store.close()
    assert command(tmp_path, str(tmp_path / name)) == 1
    assert capsysbinary.readouterr().err.count(b"\n") == 1
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["x.pdf", "x.HTML"])
def test_a_file_to_read_is_made_as_a_report(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"choose Report in the File menu.* \.ics or \.vcf"):
        export_to(store, FolderFiles(), tmp_path / name, NOW, Wording())
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["followup.db", "followup.db-wal", "followup.state", "window.ini"])
def test_a_file_of_the_program_s_own_is_called_so_whatever_its_ending_is(
    store: Store, tmp_path: Path, name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    store.close()
    before = (tmp_path / "data" / "followup.db").read_bytes()
    assert command(tmp_path, str(tmp_path / "data" / name)) == 1
    said = capsysbinary.readouterr().err.decode()
    assert f"{name} is one of Follow Up's own files" in said
    assert "can't export" not in said
    assert (tmp_path / "data" / "followup.db").read_bytes() == before


@pytest.mark.parametrize("name", ["search", "search.followup", "my.search", ".json"])
def test_without_an_ending_that_means_something_it_is_everything(name: str) -> None:
    assert writer_for(Path(name)) is writers()["json"]


@pytest.mark.parametrize("name", ["search.zzz", "search.txt", "search.bak"])
def test_an_ending_that_is_not_known_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"can't export to \.\w+ yet"):
        export_to(store, FolderFiles(), tmp_path / name, NOW, Wording())
    assert not (tmp_path / name).exists()


def test_a_calendar_goes_on_from_the_one_that_is_there(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    export_to(store, FolderFiles(), target, NOW, Wording())
    before = target.read_bytes()
    export_to(store, FolderFiles(), target, NOW, Wording())
    assert target.read_bytes() == before == writers()["ics"].write(everything(store, NOW, Wording()))
