"""A format is its row and its module: reading, writing, the dialogs and the command line know it by them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from followup_desktop.__main__ import main
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.transfer import formats
from followup_desktop.services.transfer.document import Document, Reading, Recognition, Row
from followup_desktop.services.transfer.formats import Contents, Format, Reader, Writer
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.file_dialogs import kinds_to_write
from tests.services.conftest import madrid
from tests.tables import tabled

NOW = madrid("2026-10-14T12:00")
FILE = b"jobs v1\nAcme: Analyst\nGlobex: Clerk\n"


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Format:
    """One more format, with a module that reads and writes an employer and a role a line."""
    module = ModuleType("jobs")
    module.recognise = _recognise  # type: ignore[attr-defined]
    module.read = _read  # type: ignore[attr-defined]
    module.write_file = _write  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, f"{formats.__package__}.readers.jobs", module)
    monkeypatch.setitem(sys.modules, f"{formats.__package__}.jobs", module)
    row = Format(
        name="jobs",
        endings=(".jobs",),
        reader=Reader(module="jobs", title="Job lists", files="job lists (.jobs)"),
        writer=Writer(module="jobs", title="Job list", about="a job a line", written="Done: {file}."),
    )
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, row))
    return row


def _recognise(data: bytes, _name: str) -> Recognition:
    return Recognition.SURE if data.startswith(b"jobs v1") else Recognition.NONE


def _read(data: bytes, _reading: Reading) -> Document:
    pairs = [line.split(": ") for line in data.decode().splitlines()[1:]]
    rows = [
        Row(
            place=f"line {number}",
            id=f"j{number}",
            values={"employer": employer, "role": role, "stage": Stage.SAVED},
        )
        for number, (employer, role) in enumerate(pairs, 2)
    ]
    return Document(applications=tuple(rows))


def _write(contents: Contents) -> bytes:
    return "\n".join(["jobs v1", *(f"{a.employer}: {a.role}" for a in contents.facts.applications)]).encode()


@tabled("row", formats.FORMATS)
def test_every_format_is_read_and_written_by_its_module(row: Format) -> None:
    facts = sample_facts(NOW, "Europe/Madrid")
    assert row.reader or row.writer
    if row.writer is not None:
        written = row.writer.write(Contents(facts=facts, plan=(), now=NOW, wording=Wording()))
        assert written
        if row.reader is not None:
            read = formats.read_document(written)
            assert read.contacts or read.invitations or len(read.applications) == len(facts.applications)


def test_no_ending_names_two_formats() -> None:
    endings = Counter(ending for row in formats.FORMATS for ending in row.endings)
    assert set(endings.values()) == {1}
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)


def test_a_new_format_is_recognised_by_its_content(jobs: Format) -> None:
    assert [row.values["employer"] for row in formats.read_document(FILE).applications] == ["Acme", "Globex"]
    with pytest.raises(
        Refused, match=r"That's a text file\. Follow Up can import .* \(\.json\), .* and job lists \(\.jobs\)"
    ):
        formats.read_document(FILE, "json")
    with pytest.raises(Refused, match=r"^That's a PDF document\. Follow Up can import"):
        formats.read_document(b"%PDF-1.7")


def test_the_command_line_knows_a_new_format(
    jobs: Format, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "mine", tmp_path / "out.jobs"
    source.write_bytes(FILE)
    run: Callable[..., int] = lambda *words: main(["--data-dir", str(tmp_path / "data"), *words])  # noqa: E731
    assert run("import", str(source)) == 0
    assert run("export", str(target)) == 0
    assert sorted(target.read_text().splitlines()[1:]) == ["Acme: Analyst", "Globex: Clerk"]
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run("export", "--help")
    assert "jobs: a job a line" in " ".join(capsys.readouterr().out.split())


def test_the_dialogs_offer_a_new_format(jobs: Format) -> None:
    assert kinds_to_write()["Job list (*.jobs)"] == ".jobs"
