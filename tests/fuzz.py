"""Feeds the readers of files with what coverage leads to, and looks whether each is read or refused.

``python -m tests.fuzz [READER …] [--seconds N]`` runs each reader for so long in a process of its own, from
the files of the fixtures on. What ends in neither a document nor a sentence is found, and so is what takes
ten seconds or a gigabyte; the file that shows it stays in ``build/fuzz``. ``make fuzz`` installs atheris.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
BUILD = ROOT / "build" / "fuzz"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
INSIDE = {
    "sheet": ("xlsx/tracker.xlsx", "xl/worksheets/sheet1.xml"),
    "content": ("ods/candidatures.ods", "content.xml"),
}
"""Parts of spreadsheets, unpacked: bytes of an archive are mostly no archive once they are changed."""
ENDINGS: dict[str, tuple[str, ...]] = {
    "json": (".json",),
    "csv": (".csv", ".txt"),
    "ics": (".ics",),
    "eml": (".eml",),
    "vcf": (".vcf",),
    "spreadsheet": (".xls", ".xlsx", ".ods"),
    **dict.fromkeys(INSIDE, ()),
    "markdown": (".md",),
    "page": (".html",),
    "linkedin": (".zip",),
    "notion": (".zip",),
}
"""The readers, and the endings of the files that each begins with."""
LIMITS = ("-timeout=10", "-rss_limit_mb=1000", "-max_len=32768", "-print_final_stats=1")


def main() -> int:
    """Run the readers one after the other; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(ENDINGS))
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    readers = arguments.readers or list(ENDINGS)
    for name in readers:
        if name not in ENDINGS:
            parser.error(f"{name} is no reader: {', '.join(ENDINGS)}")
    if arguments.inside:
        _fuzz(readers[0], arguments.seconds)
    found = [name for name in readers if not _is_sound(name, arguments.seconds)]
    sys.stdout.write(f"Found something in: {', '.join(found)}\n" if found else "Found nothing.\n")
    return 1 if found else 0


def _is_sound(name: str, seconds: int) -> bool:
    sys.stdout.write(f"== {name}, {seconds} s\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(seconds), "--inside"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["followup_desktop"]):
        read = reading_of(name)
        for data in beginnings(name):
            read(data)  # what is imported only then is to be seen, too
    corpus = BUILD / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(beginnings(name)):
        (corpus / f"fixture-{number}").write_bytes(data)
    places = (str(corpus), f"-artifact_prefix={BUILD}/{name}-", f"-max_total_time={seconds}")
    atheris.Setup([sys.argv[0], *places, *LIMITS], read)
    atheris.Fuzz()


def beginnings(name: str) -> list[bytes]:
    """The files that the fuzzing of a reader begins with."""
    if name in INSIDE:
        file, part = INSIDE[name]
        with zipfile.ZipFile(FIXTURES / file) as archive:
            return [archive.read(part)]
    files = sorted(each for each in FIXTURES.glob("*/*") if each.suffix in ENDINGS[name])
    own = [b'{"format": "followup-desktop", "version": 1, "applications": []}'] if name == "json" else []
    return [*own, *(file.read_bytes() for file in files)]


def reading_of(name: str) -> Callable[[bytes], None]:
    """What reads a file in that format, and looks what would become of it; raises what isn't ``Refused``."""
    from followup_desktop.domain.errors import Refused
    from followup_desktop.domain.model import Facts
    from followup_desktop.services.transfer import formats, matching, merge, placing
    from followup_desktop.services.transfer.document import Reading
    from followup_desktop.services.transfer.readers import sheets, workbook

    reader = formats.readers()["spreadsheet" if name in INSIDE else name]
    reading = Reading(name="x", now=NOW, timezone="Europe/Madrid")
    is_workbook = name in INSIDE or name == "spreadsheet"
    # In this process, where the fuzzer sees what the library does.
    to_document = partial(workbook.read, sheets=sheets.laid_out) if is_workbook else reader.read

    def read(data: bytes) -> None:
        given = _in_workbook(data, *INSIDE[name]) if name in INSIDE else data
        with suppress(Refused):
            reader.recognise(given, "x")
            document = to_document(given, reading)
            if document.invitations:
                document = placing.placed(document, Facts(), {}, NOW).document
            if document.foreign:
                document = matching.matched(document, Facts(), Facts(), _Ids())
            merge.merge(document, Facts())

    return read


class _Ids:
    """New ids, each another one."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self) -> str:
        self._count += 1
        return f"new{self._count}"


def _in_workbook(data: bytes, file: str, changed: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(FIXTURES / file) as given, zipfile.ZipFile(out, "w") as made:
        for part in given.namelist():
            made.writestr(part, data if part == changed else given.read(part))
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
