"""The commands: import, export, due, notify-test and self-test, for scripts and for work without a window.

Exit status 0: done; 1: the input or the data was refused, with one sentence on standard error.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop import app
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.i18n import _, format_weekday
from followup_desktop.services.ports import Clock
from followup_desktop.system import files, streams
from followup_desktop.system.paths import data_paths
from followup_desktop.system.streams import complain
from followup_desktop.system.terminal import json_text, one_line

_STATE_WIDTH = 8
_OUTPUTS = (1, 2)
"""Standard output and standard error, as the system numbers them."""

if TYPE_CHECKING:
    from followup_desktop.services.reading.due import DueEntry
    from followup_desktop.services.transfer.interchange import ImportReport
    from followup_desktop.services.wording import Wording
    from followup_desktop.storage.store import Store


def run(arguments: Namespace, now: Clock) -> int:
    """Carry out the command; a refusal becomes one sentence and exit status 1."""
    commands: Mapping[str, Callable[[Namespace, Clock], int]] = {
        "import": _import,
        "export": _export,
        "due": _due,
        "notify-test": _notify_test,
        "self-test": _self_test,
    }
    try:
        status = commands[arguments.command](arguments, now)
        streams.flush()
    except Refused as refused:
        complain(str(refused))
        return 1
    return status


def _say(line: str) -> None:
    streams.write(f"{one_line(line)}\n")


def _import(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.tracker import Tracker
    from followup_desktop.services.transfer.formats import read_document
    from followup_desktop.services.wording import Wording

    data = _read_file(arguments.file)
    wording = Wording()
    with _open_store(arguments) as opened:
        tracker = Tracker(opened, now, wording)
        document = read_document(data, arguments.format, tracker.reading(Path(arguments.file).name))
        report = tracker.import_document(document, dry_run=arguments.dry_run)
    if arguments.json:
        _print_json(report.as_json() | {"dry_run": arguments.dry_run})
    else:
        _print_report(report, arguments.dry_run, wording)
    return 0


def _print_report(report: ImportReport, dry_run: bool, wording: Wording) -> None:
    from followup_desktop.services.transfer.importing import in_words, row_in_words

    for row in report.rows:
        _say(row_in_words(row))
    _say(in_words(report, wording, dry_run=dry_run))
    for warning in report.warnings:
        complain(warning)


def _export(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.transfer.exporting import everything, export_to
    from followup_desktop.services.transfer.formats import INTERCHANGE, writers
    from followup_desktop.services.wording import Wording

    writer = writers()[arguments.format] if arguments.format else None
    with _open_store(arguments) as opened:
        if arguments.file != "-":
            own = files.FolderFiles(data_paths(arguments.data_dir, os.environ), files.ANOTHER_FILE)
            export_to(opened, own, Path(arguments.file), now(), Wording(), writer=writer)
            return 0
        contents = everything(opened, now(), Wording())
    streams.write((writer or writers()[INTERCHANGE.name]).write(contents))
    return 0


def _due(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.reading.due import DueQuestion, entries_of_facts, entries_of_plan
    from followup_desktop.services.transfer import interchange
    from followup_desktop.services.wording import Wording

    wording = Wording()
    at = arguments.at or now()
    if arguments.until is not None and arguments.until < at:
        raise Refused(_("--until is in the past. Use a later instant, or add an earlier --at."))
    question = DueQuestion(at=at, until=arguments.until, everything=arguments.all)
    if arguments.source is not None:
        document = interchange.read(_read_file(arguments.source))
        merged = interchange.merge(document, Facts())
        for warning in merged.report.warnings:
            complain(warning)
        facts = merged.facts
        found = entries_of_facts(facts, question, wording)
    else:
        with _open_store(arguments) as opened:
            facts = opened.facts()
            found = entries_of_plan(facts, opened.follow_ups(), question, wording)
    if arguments.json:
        _print_json([entry.as_json() for entry in found])
    else:
        _print_entries(found, facts.policy.timezone, wording)
    return 0


def _print_entries(found: list[DueEntry], zone_name: str, wording: Wording) -> None:
    from followup_desktop.domain.worktime import local

    if not found:
        _say(_("Nothing's due."))
    states = {entry.state: wording.state_label(entry.state) for entry in found}
    width = max([_STATE_WIDTH, *map(len, states.values())])
    for entry in found:
        due = local(entry.follow_up.due_at, zone_name)
        when = f"{format_weekday(due)} {due:%Y-%m-%d %H:%M}"
        _say(f"{when}  {states[entry.state]:{width}}  {_about(entry)}")


def _about(entry: DueEntry) -> str:
    """What is to be done, where and why now, and what it has to wait for."""
    text = entry.title
    if entry.detail:
        # Translators: a follow-up in the list of the command line, and more about it.
        text = _("{title} ({detail})").format(title=text, detail=entry.detail)
    if entry.waits:
        # Translators: {waits} says after what it comes: “after the call about Backend”.
        text = _("{follow_up}: {waits}").format(follow_up=text, waits=entry.waits)
    return text


def _notify_test(_arguments: Namespace, _now: Clock) -> int:
    from PySide6.QtCore import QCoreApplication

    from followup_desktop.services.ports import NotifierFailed

    qt = QCoreApplication([])
    chain = app.make_notifier_chain(lambda _tag, _action: None)
    try:
        chain.start()
        used = chain.send_test("Follow Up", _("Notifications work. You'll get your reminders here."))
    except NotifierFailed as failure:
        raise Refused(str(failure)) from failure
    finally:
        chain.close()
        qt.shutdown()
    _say(_("Showed a test notification through {back_end}").format(back_end=used))
    return 0


def _self_test(arguments: Namespace, now: Clock) -> int:
    from followup_desktop import self_test

    found = []
    with self_test.drawing():
        for check in self_test.SelfTest(now, app.open_store, app.make_notifier_chain).run():
            found.append(check)
            if not arguments.json:
                _say(check.as_line())
    if arguments.json:
        _print_json(self_test.report_as_json(found))
    return 0 if all(check.ok for check in found) else 1


def _read_file(name: str) -> bytes:
    if name == "-":
        return files.read_standard_input()
    return files.read_whole(Path(name))


@contextmanager
def _open_store(arguments: Namespace) -> Iterator[Store]:
    paths = data_paths(arguments.data_dir, os.environ)
    if any(paths.is_output(descriptor) for descriptor in _OUTPUTS):
        sentence = _("The output would overwrite {file}. Send it to another file.")
        raise Refused(sentence.format(file=paths.database))
    store = app.open_store(paths)
    try:
        yield store
    finally:
        store.close()


def _print_json(value: object) -> None:
    streams.write(json_text(value).encode() + b"\n")
