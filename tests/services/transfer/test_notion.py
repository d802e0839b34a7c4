"""The archive that Notion exports, plain or within another one."""

from __future__ import annotations

import io
import zipfile

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.formats import read_document
from tests.services.conftest import Desk

NUMBER = "1f2e3d4c5b6a79881f2e3d4c5b6a7988"
SHOWN = "\ufeffName,Company,Stage\nDesigner,Mossbank,Applied\n"
WHOLE = "\ufeffName,Company,Stage\nDesigner,Mossbank,Applied\nWriter,Tidemill,Rejected\n"


def archive(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


EXPORT = archive(
    **{
        f"Private/Jobs {NUMBER}.csv": SHOWN,
        f"Private/Jobs {NUMBER}_all.csv": WHOLE,
        f"Private/Jobs/Designer {NUMBER[::-1]}.md": "# Designer\n",
    }
)
WRAPPED = archive(**{"Export-77-Part-1.zip": EXPORT})


@pytest.mark.parametrize("data", [EXPORT, WRAPPED], ids=["plain", "within another"])
def test_its_table_is_read_once_with_all_rows(desk: Desk, data: bytes) -> None:
    document = read_document(data, reading=desk.tracker.reading("Export.zip"))
    assert [row.values["employer"] for row in document.applications] == ["Mossbank", "Tidemill"]
    desk.tracker.import_document(document)
    again = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("Export.zip")))
    assert again.counts()["added"] == 0


@pytest.mark.parametrize("end", range(40, len(WRAPPED) - 120, 90))
def test_one_that_is_cut_off_is_refused_in_a_sentence(desk: Desk, end: int) -> None:
    with pytest.raises(Refused, match=r"archive|Notion"):
        read_document(WRAPPED[:end], reading=desk.tracker.reading("Export.zip"))


def test_another_archive_is_none() -> None:
    with pytest.raises(Refused, match="That isn't a Notion export"):
        read_document(archive(a="b"), "notion")
