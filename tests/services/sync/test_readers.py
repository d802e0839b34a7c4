"""What others make of the calendar: vdirsyncer fetches it from the server, and khal reads it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from followup_desktop.domain.model import Interview
from tests.caldav_servers import PASSWORD, USER
from tests.services.conftest import acme
from tests.services.sync.rig import Rig

SYNCER = """
[general]
status_path = "{folder}/status/"
[pair follow_up]
a = "server"
b = "here"
collections = ["{name}"]
[storage server]
type = "caldav"
url = "{url}"
username = "{user}"
password = "{password}"
[storage here]
type = "filesystem"
path = "{folder}/calendars/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[follow_up]]
path = {folder}/calendars/{name}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Madrid
default_timezone = Europe/Madrid
[sqlite]
path = {folder}/khal.db
"""


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=60,
        input="y\ny\ny\n",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.journey
@pytest.mark.parametrize("rig_once", ["radicale_server"], indirect=True)
@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("Europe/Madrid", "2026-10-20 10:00 2026-10-20 10:45 Interview at Acme · Data Engineer"),
        ("America/New_York", "2026-10-20 16:00 2026-10-20 16:45 Interview at Acme · Data Engineer"),
    ],
)
def test_khal_reads_from_the_server_what_was_published(
    rig_once: Rig, tmp_path: Path, zone: str, line: str
) -> None:
    start, place = datetime.fromisoformat("2026-10-20T10:00"), "Gran Vía 28; 3rd floor, left"
    held = Interview(id="i1", starts_at=start, minutes=45, location=place, timezone=zone)
    rig_once.desk.put(acme(interviews=(held,)))
    phone = rig_once.connect()
    home, _slash, name = phone.url.rstrip("/").rpartition("/")
    names = {"folder": tmp_path, "url": f"{home}/", "name": name, "user": USER, "password": PASSWORD}
    (tmp_path / "syncer").write_text(SYNCER.format(**names), "utf-8")
    (tmp_path / "khal").write_text(KHAL.format(**names), "utf-8")
    (tmp_path / "calendars").mkdir()
    run(tmp_path, "vdirsyncer", "-c", "syncer", "discover")
    run(tmp_path, "vdirsyncer", "-c", "syncer", "sync")
    assert len(list((tmp_path / "calendars" / name).glob("*.ics"))) == len(rig_once.wanted())
    words = ("list", "--format", "{start} {end} {title}", "2026-10-20", "1d")
    said = run(tmp_path, "khal", "-c", "khal", *words)
    assert line in said.splitlines()
    said = run(tmp_path, "khal", "-c", "khal", "list", "--format", "{location}", "2026-10-20", "1d")
    assert place in said.splitlines()
    everything = run(tmp_path, "khal", "-c", "khal", "list", "--format", "{title}", "2026-01-01", "700d")
    assert set(phone.titles()) <= set(everything.splitlines())
