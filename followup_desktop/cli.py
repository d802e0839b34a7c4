"""The commands: import, export, backup, due and others, for scripts and for work without a window.

Exit status 0: done; 1: the input or the data was refused, with one sentence on standard error.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop import app
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, Policy
from followup_desktop.i18n import _, format_number, format_weekday, language, ngettext, speaking
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.ports import Clock, FileData
from followup_desktop.system import files, streams
from followup_desktop.system.paths import data_paths
from followup_desktop.system.streams import complain
from followup_desktop.system.terminal import json_pieces, json_text, one_line

_STATE_WIDTH = 8
_PIECES_AT_ONCE = 1_000
_OUTPUTS = (1, 2)
"""Standard output and standard error, as the system numbers them."""

if TYPE_CHECKING:
    from followup_desktop.services.backups import Backups, RestoredBackup
    from followup_desktop.services.reading.due import DueEntry
    from followup_desktop.services.tracker.adding import AddedApplication
    from followup_desktop.services.tracker.first_start import FirstStartData
    from followup_desktop.services.transfer.document import Answers
    from followup_desktop.services.transfer.importing import OpenQuestion
    from followup_desktop.services.transfer.interchange import ImportReport
    from followup_desktop.services.wording import Wording
    from followup_desktop.storage.backups import Backup
    from followup_desktop.storage.cipher import Keys
    from followup_desktop.storage.store import Store
    from followup_desktop.system.paths import DataPaths


def run(arguments: Namespace, now: Clock) -> int:
    """Carry out the command; a refusal becomes one sentence and exit status 1."""
    commands: Mapping[str, Callable[[Namespace, Clock], int]] = {
        "import": _import,
        "add": _add,
        "backup": _backup,
        "restore": _restore,
        "check": _check,
        "export": _export,
        "report": _report,
        "due": _due,
        "notify-test": _notify_test,
        "self-test": _self_test,
    }
    try:
        status = commands[arguments.command](arguments, now)
        streams.flush()
    except Refused as refused:
        complain(_with_way_out(refused, arguments))
        return 1
    return status


def _with_way_out(refused: Refused, arguments: Namespace) -> str:
    """The sentence, with the command that tells more where the database can't be opened."""
    from followup_desktop.storage.failures import Unusable

    if not isinstance(refused, Unusable):
        return str(refused)
    text = _("{refusal} To see what can be restored, run “{command}”.")
    return text.format(refusal=refused.fact, command=_command(arguments, "check"))


def _command(arguments: Namespace, *words: str) -> str:
    """What to type for a command on the same data, as a shell takes it."""
    there = () if arguments.data_dir is None else ("--data-dir", str(arguments.data_dir))
    return shlex.join(("followup-desktop", *there, *words))


def _print_line(line: str) -> None:
    streams.write(f"{one_line(line)}\n")


def _import(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.tracker import Tracker
    from followup_desktop.services.transfer.import_file import ImportFile, SourceFile
    from followup_desktop.services.transfer.importing import OpenQuestion
    from followup_desktop.services.transfer.refused_rows import write_refused
    from followup_desktop.services.transfer.table_answers import TableAnswers
    from followup_desktop.services.wording import Wording

    own = files.FolderFiles(data_paths(arguments.data_dir, os.environ), files.ANOTHER_FILE)
    if arguments.left_out is not None:
        own.check_target(Path(arguments.left_out))  # before anything is imported
    name, data = Path(arguments.file).name, _open_file(arguments.file)
    file = SourceFile(name=name, data=data, format=arguments.format)
    del data  # it may have 128 MB, which only what is left to read of them keeps
    answers = _answers(arguments.map)
    wording, holds_back = Wording(), not arguments.set_back
    with _open_store(arguments) as opened:
        importing = ImportFile(Tracker(opened, now, wording), TableAnswers(opened.settings))
        place = _place_for_new(opened, now, wording)
        file = replace(file, timezone=place.zone)
        contents = importing.read(file, answers)
        del file
        if arguments.dry_run:
            report = importing.look(contents, holds_back=holds_back)
        else:
            try:
                importing.check_answered(contents)
            except OpenQuestion as asked:
                raise _with_way_to_answer(asked) from asked
            # An own file has its settings with it, or none.
            with contextlib.nullcontext() if contents.is_own else place.kept():
                report = importing.carry_out(contents, holds_back=holds_back)
        left_out = importing.rows_left_out(contents, report, report.held) if arguments.left_out else ()
    if left_out:
        own.write(Path(arguments.left_out), write_refused(left_out))
    elif arguments.left_out is not None and not report.refused and not arguments.json:
        _print_line(_("No rows were left out, so {file} wasn't written.").format(file=arguments.left_out))
    if arguments.json:
        pieces = json_pieces(report.as_json_by_rows() | {"dry_run": arguments.dry_run})
        while some := "".join(islice(pieces, _PIECES_AT_ONCE)):
            streams.write(some.encode())
        streams.write(b"\n")
    else:
        _print_report(report, arguments.dry_run, wording)
    return 0


def _add(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.capture.links import LONGEST_POSTING, clean
    from followup_desktop.services.tracker import Tracker
    from followup_desktop.services.tracker.adding import Incomplete, add_posting
    from followup_desktop.services.wording import Wording

    given = (
        files.read_standard_input().decode("utf-8", "replace") if arguments.text == "-" else arguments.text
    )
    text = clean(given).strip()
    if len(text) > LONGEST_POSTING:
        raise Refused(_("The text is too long for a posting. Copy the part with the job alone."))
    wording = Wording()
    with _open_store(arguments) as opened:
        tracker = Tracker(opened, now, wording)
        said = {"employer": arguments.employer, "role": arguments.role}
        try:
            with _place_for_new(opened, now, wording).kept():
                added = add_posting(opened, tracker, text, now(), said=said, applied=arguments.applied)
        except Incomplete:
            if not _hand_over(arguments, text):
                raise
            if arguments.json:
                _print_json({"id": None, "handed_to_window": True})
            else:
                _print_line(_("Handed to the open window. Fill in what's missing and save it there."))
            return 0
    _print_added(added, wording, as_json=arguments.json)
    return 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where data begin that are new, as at the first start with the window; no zone for others."""

    data: FirstStartData
    zone: str = ""
    country: str | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep it with what is entered meanwhile, and say so."""
        if not self.zone:
            yield
            return
        with self.data.placed(self.zone, self.country):
            yield
        if self.zone != Policy().timezone and not self.data.is_new():
            # Translators: {zone} is as in “Europe/Madrid”.
            text = _("Your time zone is now {zone}, that of this computer. You can change it in Settings.")
            complain(text.format(zone=self.zone))


def _place_for_new(store: Store, now: Clock, wording: Wording) -> _Place:
    """The place of the computer, where nothing was ever entered."""
    from followup_desktop.services.tracker.first_start import FirstStartData

    data = FirstStartData(store, now, wording)
    if not data.is_new():
        return _Place(data)
    from followup_desktop.system.zone_and_country import guessed_place

    return _Place(data, *guessed_place())


def _hand_over(arguments: Namespace, text: str) -> bool:
    """Have the window fill the text into its form; whether there is one, and it does.

    ``Refused`` if too many wait there.
    """
    from followup_desktop.services.capture.links import too_many_wait
    from followup_desktop.system.single_instance import Reception, SingleInstance, Wish, window_is_open

    lock = data_paths(arguments.data_dir, os.environ).lock
    if not text or not window_is_open(lock):
        return False
    from PySide6.QtCore import QCoreApplication

    qt = QCoreApplication([])
    try:
        instance = SingleInstance(lock, lambda _wish: None)
        reception = instance.raise_first(wish=Wish(posting=text), now_or_never=True)
    finally:
        qt.shutdown()
    if reception is Reception.FULL:
        raise Refused(too_many_wait())
    return reception is Reception.TAKEN


def _print_added(added: AddedApplication, wording: Wording, *, as_json: bool) -> None:
    taken = {name: str(value) for name, value in added.taken.items()}
    if as_json:
        _print_json({"id": added.id, "taken": taken, "doubts": list(added.doubts)})
        return
    _print_line(_("Added {role} at {employer}").format(role=taken["role"], employer=taken["employer"]))
    for name, value in taken.items():
        if name not in ("employer", "role"):
            # Translators: a fact of an application and its value: “Location: Madrid”.
            text = _("{field}: {value}")
            _print_line("  " + text.format(field=wording.labels.facts[name].label, value=value))
    for sentence in added.doubts:
        _print_line("  " + sentence)


def _answers(name: str | None) -> Answers | None:
    from followup_desktop.services.transfer.answers import read_answers

    return None if name is None else read_answers(_read_file(name))


def _with_way_to_answer(asked: OpenQuestion) -> Refused:
    """The question with how it is answered here."""
    from followup_desktop.services.transfer.document import QuestionTopic

    question = asked.question
    examples = {
        QuestionTopic.COLUMN: {"columns": {"Company": "employer"}},
        QuestionTopic.HEADINGS: {"headings": False},
        QuestionTopic.STAGE: {"stages": {question.about: "applied"}},
        QuestionTopic.DAY_FIRST: {"day_first": True},
        QuestionTopic.ZONE: {"timezone": "Europe/Madrid"},
        QuestionTopic.APPLICATION: {
            "applications": {question.about: next((key for key, _label in question.choices), "")}
        },
    }
    example = json_text(examples[question.asked]).replace("\n", " ")
    hint = _("Answer in a JSON file for --map, like {example}.").format(example=" ".join(example.split()))
    if any(each.asked is QuestionTopic.HEADINGS and not each.settled for each in asked.questions):
        hint += " " + _("If the first row is an application, add {answer}.").format(
            answer='"headings": false'
        )
    return Refused(f"{question.text} {hint}", field=question.asked.value)


def _print_report(report: ImportReport, dry_run: bool, wording: Wording) -> None:
    from followup_desktop.services.transfer.importing import in_a_line, in_words, row_in_words

    for row in report.rows:
        _print_line(row_in_words(row))
    _print_line(in_words(report, wording, dry_run=dry_run))
    for question in report.questions:
        if not question.settled:
            complain(in_a_line(question))
    for warning in report.warnings:
        complain(warning)
    if count := len(report.held_back):
        text = ngettext(
            "{n} row would set a stage back. To import it too, add {option}.",
            "{n} rows would set a stage back. To import them too, add {option}.",
            count,
        )
        complain(text.format(n=format_number(count), option="--set-back"))


def _export(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.transfer.exporting import everything, export_to
    from followup_desktop.services.transfer.formats import INTERCHANGE, writers
    from followup_desktop.services.wording import Wording

    if _is_report(arguments):
        return _report(arguments, now)
    writer = writers()[arguments.format] if arguments.format else None
    with _open_store(arguments, to_read=True) as opened:
        if arguments.file != "-":
            paths = data_paths(arguments.data_dir, os.environ, to_read=True)
            own = files.FolderFiles(paths, files.ANOTHER_FILE)
            export_to(opened, own, Path(arguments.file), now(), Wording(), writer=writer)
            return 0
        contents = everything(opened, now(), Wording())
    streams.write((writer or writers()[INTERCHANGE.name]).write(contents))
    return 0


def _is_report(arguments: Namespace) -> bool:
    """Whether an export is to be the report, as a table for people to read."""
    from followup_desktop.services.transfer.formats import report_kind, report_names

    return (arguments.format or report_kind(Path(arguments.file))) in report_names()


def _report(arguments: Namespace, now: Clock) -> int:
    from PySide6.QtCore import QSettings

    from followup_desktop.arguments import REPORT_PARTS
    from followup_desktop.services.transfer.activity_report import Report, ReportOptions
    from followup_desktop.services.transfer.formats import MARK
    from followup_desktop.services.wording import Wording
    from followup_desktop.ui.kit import report_files
    from followup_desktop.ui.kit.window_settings import Paper, WindowSettings, report_settings

    paths = data_paths(arguments.data_dir, os.environ, to_read=True)
    own = files.FolderFiles(paths, files.ANOTHER_FILE)
    target = Path(arguments.file)
    if arguments.file != "-":
        own.check_target(target)  # first, for its ending tells less than whose it is
    kind = arguments.format or ("pdf" if arguments.file == "-" else report_files.kind_of(target))
    settings = WindowSettings(QSettings(str(paths.settings), QSettings.Format.IniFormat))
    with _open_store(arguments, to_read=True) as opened:
        facts = opened.facts()
        settings.keep_private_in(opened.settings)
    kept = report_settings(settings)
    options = ReportOptions(
        first=arguments.first,
        last=arguments.last,
        **{part: part not in arguments.without for part in REPORT_PARTS},
        name=kept.name,
        number=kept.number,
    )
    paper = Paper(arguments.paper) if arguments.paper else kept.paper
    with speaking(arguments.language or language(), resources_dir() / "locale"):
        report = Report.of(facts, options, now(), Wording())
        with _drawing() if kind == "pdf" else contextlib.nullcontext():
            data = report_files.report_file(report, kind, paper)
    if arguments.file == "-":
        streams.write(data.removeprefix(MARK))
    else:
        own.write(target, data)
    return 0


@contextmanager
def _drawing() -> Iterator[None]:
    """Let Qt draw, without a display."""
    from PySide6.QtGui import QGuiApplication

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt = QGuiApplication([])
    try:
        yield
    finally:
        qt.shutdown()


def _backup(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.backups import holds, size
    from followup_desktop.storage.backups import Why, check_folder, listed
    from followup_desktop.storage.cipher import Keys
    from followup_desktop.storage.reads import zone_in
    from followup_desktop.storage.rekeying import learn_former_keys

    is_elsewhere = arguments.file is not None
    if arguments.file == "-":
        sentence = _("A backup can't be written to standard output. Give the name of a file.")
        raise Refused(sentence)
    paths = data_paths(arguments.data_dir, os.environ, to_read=arguments.list or is_elsewhere)
    if arguments.list:
        check_folder(paths.backups)
        keys = _keys(arguments, paths) or Keys()
        learn_former_keys(paths.database, keys)
        found, others = listed(paths.backups, keys)
        if arguments.json:
            unread_ones = (_unread_as_json(file, why) for file, why in others.items())
            _print_json([*map(_backup_as_json, found), *unread_ones])
        else:
            _print_backups(found, others, zone_in(paths.database, keys))
        return 0
    target = None if arguments.file is None else Path(arguments.file).absolute()
    keys = _keys(arguments, paths) or Keys()
    if target is not None:
        files.FolderFiles(paths, files.ANOTHER_FILE).check_target_of_copy(target)
    kept = None
    with _open_store(arguments, keys, to_read=is_elsewhere) as opened:
        keeper = _backups_of(opened, paths, now)
        if target is None:
            made = keeper.make(Why.ASKED)
        else:
            made, kept = keeper.save_as(target)
    if arguments.json:
        said = {} if target is None else {"kept": None if kept is None else str(kept)}
        _print_json(_backup_as_json(made) | said)
        return 0
    text = _("Made a backup in {file}: {holds}, {size}, checked")
    _print_line(text.format(file=made.file, holds=holds(made), size=size(made.size)))
    if kept is not None:
        text = _("The backup that was there before has more in it, so it's kept in {file}.")
        _print_line(text.format(file=kept))
    return 0


def _print_backups(found: Sequence[Backup], others: Mapping[Path, Refused], zone: str | None) -> None:
    """Print the backups, and behind them each file that can't be read, with the reason."""
    from followup_desktop.domain.worktime import local
    from followup_desktop.services.backups import holds, size, state_of, why_in_words, why_unread_in_words

    if not found and not others:
        _print_line(_("There are no backups yet."))
    for each in found:
        made = each.made_at.astimezone() if zone is None else local(each.made_at, zone)
        parts = (
            f"{format_weekday(made.date())} {made:%Y-%m-%d %H:%M}",
            holds(each),
            size(each.size),
            state_of(each),
            why_in_words(each.why),
            str(each.file),
        )
        _print_line("  ".join(part for part in parts if part))
    for file, why in others.items():
        _print_line("  ".join((why_unread_in_words(why), str(file))))


def _unread_as_json(file: Path, why: Refused) -> dict[str, object]:
    """Of one that may be locked, or can't be read now, nobody knows whether it is that or damaged."""
    from followup_desktop.storage.failures import Newer, UnusableBackup

    is_known = isinstance(why, UnusableBackup | Newer)
    is_damaged = isinstance(why, UnusableBackup) if is_known else None
    return {"file": str(file), "damaged": is_damaged, "locked": False if is_known else None}


def _backup_as_json(backup: Backup) -> dict[str, object]:
    return {
        "file": str(backup.file),
        "made_at": f"{backup.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "why": backup.why,
        "bytes": backup.size,
        "rows": dict(backup.rows),
        "checked": backup.contents is not None,
    }


def _restore(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.backups import replace_broken
    from followup_desktop.storage.cipher import Keys
    from followup_desktop.storage.failures import Unusable
    from followup_desktop.system.single_instance import without_window

    paths = data_paths(arguments.data_dir, os.environ)
    keys = _keys(arguments, paths)
    if arguments.salvage:
        return _salvage(arguments, keys, now)
    file = _named_backup(arguments.file, paths)
    keys = keys or Keys()
    _unlock_backup(file, arguments, keys)
    try:
        with _open_store(arguments, keys) as opened:
            restored = _backups_of(opened, paths, now).restore(file)
    except Unusable:
        with without_window(paths.lock):
            restored = replace_broken(paths.database, file, now(), keys)
        with _open_store(arguments, keys):
            pass  # brought to the newest schema, and found sound
    _print_restored(restored, as_json=arguments.json)
    return 0


def _print_restored(restored: RestoredBackup, *, as_json: bool) -> None:
    if as_json:
        kept = None if restored.kept is None else str(restored.kept)
        notes = [restored.note] if restored.note else []
        _print_json({"restored": _backup_as_json(restored.backup), "kept": kept, "notes": notes})
    else:
        _print_line(restored.sentence)


def _unlock_backup(file: Path, arguments: Namespace, keys: Keys) -> None:
    """Know the key of the backup, which may be under another passphrase than the data, or the only one."""
    from followup_desktop.services.passphrase import LockedBackup, WrongPassphrase, unlock_backup
    from followup_desktop.storage.backups import read

    try:
        read(file, keys)
    except LockedBackup as locked:
        wrong: Refused = locked
        for name in (arguments.backup_passphrase_file, arguments.passphrase_file):
            if name is not None:
                try:
                    unlock_backup(file, _first_line(name), keys)
                except WrongPassphrase as refused:
                    wrong = refused
                else:
                    return
        if not _has_terminal():
            text = _("{refusal} Name a file that holds it with --backup-passphrase-file.")
            raise Refused(text.format(refusal=wrong)) from locked
        unlock_backup(file, _typed(_("Passphrase of {file}: ").format(file=file.name)), keys)


def _salvage(arguments: Namespace, keys: Keys | None, now: Clock) -> int:
    from followup_desktop.storage.failures import Unusable
    from followup_desktop.storage.opening import NO_KEYS
    from followup_desktop.system.single_instance import without_window

    paths = data_paths(arguments.data_dir, os.environ)
    try:
        with _open_store(arguments, keys) as opened:
            opened.check_file()
    except Unusable:
        with without_window(paths.lock):
            restored = _salvaged(paths, keys or NO_KEYS, now)
    else:
        raise Refused(_("{file} is sound. There's nothing to salvage.").format(file=paths.database))
    with _open_store(arguments, keys):
        pass  # the plan is made anew
    _print_restored(restored, as_json=arguments.json)
    return 0


def _salvaged(paths: DataPaths, keys: Keys, now: Clock) -> RestoredBackup:
    from followup_desktop.services.backups import newest_sound, no_sound_one, salvage_broken
    from followup_desktop.storage.failures import Unusable

    try:
        return salvage_broken(paths.database, paths.backups, now(), keys)
    except Unusable as nothing:
        if newest_sound(paths.backups, keys) is not None:
            raise
        raise Refused(f"{nothing} {no_sound_one(paths.backups, keys)}") from nothing


def _named_backup(name: str, paths: DataPaths) -> Path:
    """The file of that path, or the backup of that name."""
    file = Path(name)
    return paths.backups / name if file.name == name and not file.exists() else file.absolute()


def _check(arguments: Namespace, now: Clock) -> int:
    from followup_desktop.services.backups import check_newest, holds, holds_rows, unchecked
    from followup_desktop.storage.backups import check_folder
    from followup_desktop.storage.cipher import Keys
    from followup_desktop.storage.failures import LockedBackup, Unusable

    paths = data_paths(arguments.data_dir, os.environ, to_read=True)
    keys = _keys(arguments, paths) or Keys()
    try:
        with _open_store(arguments, keys, to_read=True) as opened:
            opened.check_file()
            was_stale = opened.mend_plan()
            counted = opened.contents().rows
            # A copy in memory, of what can't be written to, knows no keys.
            sound, locked, wrong = check_newest(paths.backups, Keys(*keys, *opened.keys))
    except Unusable as broken:
        ways = _what_can_be_restored(arguments, paths, keys)
        raise Refused(" ".join((broken.fact, *ways))) from broken
    if arguments.json:
        database = {"file": str(paths.database), "rows": dict(counted), "was_out_of_date": was_stale}
        unread = (_unread_as_json(file, LockedBackup(str(file))) for file in locked)
        _print_json({"database": database, "backups": [*map(_backup_as_json, sound), *unread]})
    else:
        _print_line(_("{file} is sound: {holds}").format(file=paths.database, holds=holds_rows(counted)))
        if was_stale:
            _print_line(
                _("Reminders, lists or figures in it were out of date. Now they match what you entered.")
            )
        for each in sound:
            _print_line(_("{file} is sound: {holds}").format(file=each.file, holds=holds(each)))
        for file in locked:
            _print_line(_("{file} wasn't checked").format(file=file))
    if why := paths.why_open_to_others():
        complain(why)
    if wrong:
        raise wrong[0]
    if locked:
        raise Refused(unchecked(len(locked)))
    check_folder(paths.backups)
    return 0


def _what_can_be_restored(arguments: Namespace, paths: DataPaths, keys: Keys) -> Iterator[str]:
    """In sentences: the newest good backup, what can be read, and the commands for either."""
    from followup_desktop.services.backups import holds, newest_sound, no_sound_one
    from followup_desktop.services.passphrase import was_locked
    from followup_desktop.storage.salvage import may_be_read

    newest = newest_sound(paths.backups, keys)
    if newest is None:
        yield no_sound_one(paths.backups, keys)
        if not any(keys) and was_locked(paths.database):
            yield _(
                "Run this in a terminal, or name a file that holds the passphrase with --passphrase-file."
            )
    if not paths.can_be_written_to:
        if newest is not None:
            text = _("The latest good backup is {file} ({holds}). What you entered after that isn't in it.")
            yield text.format(file=newest.file, holds=holds(newest))
        yield _("Nothing can be restored while {folder} isn't writable.").format(folder=paths.folder)
        return
    if newest is not None:
        text = _(
            "The latest good backup is {file} ({holds}). What you entered after that isn't in it. To restore "
            "it, run “{command}”."
        )
        command = _command(arguments, "restore", newest.file.name)
        yield text.format(file=newest.file, holds=holds(newest), command=command)
    if may_be_read(paths.database):
        text = (
            _("To save what can be read, run “{command}”.")
            if newest is None
            else _("To save what can be read instead, run “{command}”.")
        )
        yield text.format(command=_command(arguments, "restore", "--salvage"))
    if newest is not None:
        yield _("What's there now is kept either way.")


def _backups_of(store: Store, paths: DataPaths, now: Clock) -> Backups:
    from followup_desktop.services.backups import Backups
    from followup_desktop.services.wording import Wording

    return Backups(store, paths.backups, now, Wording())


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
        with _open_store(arguments, to_read=True) as opened:
            facts = opened.facts()
            found = entries_of_plan(facts, opened.follow_ups(), question, wording)
    if arguments.json:
        from followup_desktop.services.transfer.due_json import due_as_json

        _print_json([due_as_json(entry) for entry in found])
    else:
        _print_entries(found, facts.policy.timezone, wording)
    return 0


def _print_entries(found: list[DueEntry], zone_name: str, wording: Wording) -> None:
    from followup_desktop.domain.worktime import local

    if not found:
        _print_line(_("Nothing's due."))
    states = {entry.state: wording.state_label(entry.state) for entry in found}
    width = max([_STATE_WIDTH, *map(len, states.values())])
    for entry in found:
        due = local(entry.follow_up.due_at, zone_name)
        when = f"{format_weekday(due.date())} {due:%Y-%m-%d %H:%M}"
        _print_line(f"{when}  {states[entry.state]:{width}}  {_about(entry)}")


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
    _print_line(_("Showed a test notification through {back_end}").format(back_end=used))
    return 0


def _self_test(arguments: Namespace, now: Clock) -> int:
    from followup_desktop import self_test

    found = []
    # What scripts read is in English, whatever the language.
    spoken = speaking("en", resources_dir() / "locale") if arguments.json else contextlib.nullcontext()
    with spoken, self_test.drawing():
        for check in self_test.SelfTest(now, app.open_store, app.make_notifier_chain).run():
            found.append(check)
            if not arguments.json:
                _print_line(check.as_line())
    if arguments.json:
        _print_json(self_test.report_as_json(found))
    return 0 if all(check.ok for check in found) else 1


def _read_file(name: str) -> bytes:
    return _open_file(name)[:]


def _open_file(name: str) -> FileData:
    return files.read_standard_input() if name == "-" else files.opened(Path(name))


@contextmanager
def _open_store(arguments: Namespace, keys: Keys | None = None, *, to_read: bool = False) -> Iterator[Store]:
    """The data; where nothing can be written, or the disk is full, a copy if it is only ``to_read``."""
    from followup_desktop.storage.failures import DiskFull

    paths = data_paths(arguments.data_dir, os.environ, to_read=to_read)
    if any(paths.is_output(descriptor) for descriptor in _OUTPUTS):
        sentence = _("The output would overwrite {file}. Send it to another file.")
        raise Refused(sentence.format(file=paths.database))
    keys = keys or _keys(arguments, paths)
    opener = app.open_store if paths.can_be_written_to else app.open_store_to_read
    try:
        store = opener(paths, keys)
    except DiskFull:
        if not to_read:
            raise
        store = app.open_store_to_read(paths, keys)
    store.set_safeguard(_backups_of(store, paths, app.clock).make_if_changed)
    try:
        yield store
    finally:
        store.close()


def _keys(arguments: Namespace, paths: DataPaths) -> Keys | None:
    """The key of data under a passphrase, which a file, the keyring or the user at the terminal tells."""
    from followup_desktop.services.passphrase import is_locked, unlock
    from followup_desktop.storage.opening import Traces

    if not is_locked(paths.database, Traces(run=paths.trace, drafts=paths.drafts)):
        return _keys_of_backups(arguments, paths)
    if arguments.passphrase_file is not None:
        return unlock(paths.database, _first_line(arguments.passphrase_file))
    return _kept_keys(paths) or unlock(paths.database, _asked_at_terminal())


def _keys_of_backups(arguments: Namespace, paths: DataPaths) -> Keys | None:
    """The key of the backups where the database was under a passphrase and is gone, damaged or replaced."""
    from followup_desktop.services.passphrase import (
        Keys,
        WrongPassphrase,
        is_perhaps_locked,
        unlock_backup,
        was_locked,
    )

    given = Keys()
    if arguments.passphrase_file is not None and is_perhaps_locked(paths.database):
        with contextlib.suppress(WrongPassphrase):  # it is damaged then, or the sentence asks again
            unlock_backup(paths.database, _first_line(arguments.passphrase_file), given)
    elif was_locked(paths.database):
        if (kept := _kept_keys(paths)) is not None:
            return kept
        if _has_terminal() and (typed := _typed(_("Passphrase: "))):
            unlock_backup(paths.database, typed, given)
    return given if any(given) else None


def _kept_keys(paths: DataPaths) -> Keys | None:
    """The key by the passphrase that the keyring keeps, if it can be asked."""
    from followup_desktop.services.passphrase import from_keyring
    from followup_desktop.system.keyrings.platform_keyring import platform_keyring

    with contextlib.suppress(Refused):
        return from_keyring(paths.database, platform_keyring(os.environ))
    return None


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _asked_at_terminal() -> str:
    """The passphrase as it is typed, and not shown, at a terminal; ``Refused`` where there is none."""
    if not _has_terminal():
        sentence = _(
            "Your data is locked with a passphrase. Run this in a terminal, or name a file that holds "
            "the passphrase with --passphrase-file."
        )
        raise Refused(sentence)
    return _typed(_("Passphrase: "))


def _first_line(name: str) -> str:
    """The passphrase that a file tells."""
    told = _read_file(name).decode("utf-8-sig", "replace")
    return told.partition("\n")[0].rstrip("\r")


def _typed(prompt: str) -> str:
    from getpass import getpass

    try:
        return getpass(prompt)
    except EOFError as error:
        raise Refused(_("No passphrase was entered, so nothing was done.")) from error


def _print_json(value: object) -> None:
    streams.write(json_text(value).encode() + b"\n")
