"""The command line's words: which command, with what options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, urlsplit

from followup_desktop import __version__
from followup_desktop.domain.checks import in_quotes, parse_date, parse_instant
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import N_, _, format_series, languages, ngettext, pgettext
from followup_desktop.resource_files import resources_dir
from followup_desktop.system import streams
from followup_desktop.system.terminal import visible

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_OF_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)
"""What the standard library says of a command line like ours."""


def _of_argparse(message: str | None) -> str | None:
    return _(message) if message else message


# argparse asks gettext's own functions, which choose the language by the environment alone, and has no other
# way to be given its words.
vars(argparse).update(_=_of_argparse, ngettext=ngettext)


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text, _("INSTANT"))
    except Refused as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None


def _date(text: str) -> date:
    try:
        return parse_date(text, _("DATE"))
    except Refused as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None


def _parts(text: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in text.split(",") if part.strip())
    if others := sorted(parts - set(REPORT_PARTS)):
        sentence = _("{part} isn't part of a report. Use one or more of {parts}, with commas between them.")
        raise argparse.ArgumentTypeError(sentence.format(part=others[0], parts=format_series(REPORT_PARTS)))
    return parts


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError(
            _("The folder name is empty. Name a folder, or leave the option out.")
        )
    return Path(text)


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line asks for; ends the program with status 2 where it is wrong.

    A file without a command is one to open, and so is a link of the program's own: so a desktop hands over
    what the user clicked. The name of a command is never taken for a file.
    """
    words = _with_what_is_opened(list(sys.argv[1:] if argv is None else argv))
    if (opening := _for_the_window(words)) is not None:
        return opening
    reader = parser()
    found = reader.parse_args(words)
    if getattr(found, "list", False) and found.file is not None:
        reader.error(_("--list takes no file. Leave one of them out."))
    if hasattr(found, "salvage") and found.salvage is (found.file is not None):
        reader.error(_("restore takes a FILE or --salvage, one of them."))
    at, until = getattr(found, "at", None), getattr(found, "until", None)
    if at is not None and until is not None and until < at:
        reader.error(_("--until is before --at. Use a later instant, or leave one of them out."))
    return found


def _for_the_window(words: list[str]) -> argparse.Namespace | None:
    """What a command line without a command asks for, if it is right; else the whole parser is to say so.

    The commands' own options are left out: to take them in was a fiftieth of a start.
    """
    # It prints no help: for its width each option would ask the terminal, and load what copies files.
    unseen = partial(argparse.HelpFormatter, width=80)
    reader = _Parser(add_help=False, exit_on_error=False, allow_abbrev=False, formatter_class=unseen)
    _add_window_options(reader)
    reader.set_defaults(command=None)
    try:
        found, others = reader.parse_known_args(words)
    except argparse.ArgumentError:
        return None
    return None if others else found


_WITH_VALUE = ("--data-dir", "--passphrase-file", "--open", "--link", "-session")
"""Options whose value is a word of its own: no file that stands there by itself."""


def _with_what_is_opened(words: list[str]) -> list[str]:
    """The words, with the option before the last one where that is a file or a link, and no command's."""
    rest, place = list(words), 0
    while place < len(rest) - 1 and rest[place].startswith("-"):
        place += 2 if rest[place] in _WITH_VALUE else 1
    if place != len(rest) - 1:
        return rest
    last = rest[place]
    if last.startswith("file:///"):
        last = rest[place] = unquote(urlsplit(last).path)
    elif ":" in last:
        from followup_desktop.services.capture.links import is_link

        if is_link(last):
            rest.insert(place, "--link")
            return rest
    if not last.startswith("-") and ({"/", os.sep} & set(last) or ("." in last and _is_there(last))):
        rest.insert(place, "--open")
    return rest


def named_folder(argv: Sequence[str] | None = None) -> Path | None:
    """The data folder that a command line names, whatever else stands on it: the help is in its language."""
    reader = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    reader.add_argument("--data-dir", type=Path)
    try:
        found: Path | None = reader.parse_known_args(sys.argv[1:] if argv is None else argv)[0].data_dir
    except argparse.ArgumentError:  # without a value; that is refused in due course
        return None
    return found


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # a name that is too long for one
        return False


class _Formatter(argparse.HelpFormatter):
    """Headings with the space that the language has before a colon; argparse sets the colon itself."""

    def start_section(self, heading: str | None) -> None:
        if heading:
            heading = _("{label}:").format(label=heading).removesuffix(":")
        super().start_section(heading)


class _Parser(argparse.ArgumentParser):
    """Repeats to the terminal nothing that would steer it."""

    def __init__(self, **ways: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **ways})

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        # argparse has the quotes of Python around the names, and no way to be given others.
        if action.choices is not None and value not in action.choices:
            sentence = _("{value} isn't one of {names}.")
            names = format_series(str(each) for each in action.choices)
            raise argparse.ArgumentError(action, sentence.format(value=in_quotes(str(value)), names=names))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is sys.stdout:
            streams.write(visible(message))  # a full one is told, where argparse passes over it
        else:
            super()._print_message(visible(message), file)


REPORT_PARTS = ("notes", "people", "salary")
"""What can be left out of a report."""

_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; without a command the window opens."""
    main = _Parser(
        prog="followup-desktop",
        description=_(
            "Follow up after job interviews: the right person, at the right time, never too often."
        ),
        epilog=_(
            "Exit status: 0 if it worked, 1 if the input or the data was rejected, 2 if "
            "the command was wrong."
        ),
    )
    version = _("show program's version number and exit")
    main.add_argument("--version", action="version", version=f"%(prog)s {__version__}", help=version)
    _add_window_options(main)
    # Translators: COMMAND stands for one of the commands that are listed.
    commands = main.add_subparsers(dest="command", metavar=_("COMMAND"), title=N_("commands"))
    _add_import(commands)
    _add_add(commands)
    _add_export(commands)
    _add_report(commands)
    _add_due(commands)
    _add_backups(commands)
    notify = commands.add_parser("notify-test", help=_("show a test notification and say whether it worked"))
    _add_shared(notify)
    test = commands.add_parser(
        "self-test", help=_("try every part of the program and report what doesn't work")
    )
    test.add_argument("--json", action="store_true", help=_("print the report as JSON"))
    _add_shared(test)
    return main


def _add_window_options(main: argparse.ArgumentParser) -> None:
    # Translators: DIR stands for a folder in the help of the command line.
    main.add_argument("--data-dir", type=_folder, metavar=_("DIR"), help=_("keep your data in this folder"))
    main.add_argument(
        "--passphrase-file",
        metavar=_("FILE"),
        help=_("read the passphrase of your data from the first line of this file"),
    )
    main.add_argument(
        "--demo",
        action="store_true",
        help=_("open the window with sample data; your own data stays untouched"),
    )
    main.add_argument("--background", action="store_true", help=_("start in the tray without a window"))
    main.add_argument(
        "--open",
        type=Path,
        # Translators: FILE stands for the name of a file in the help of the command line.
        metavar=_("FILE"),
        help=_(
            "open the window and import this file; you can undo it, and the file name alone does the same"
        ),
    )
    main.add_argument(
        "--link",
        # Translators: LINK stands for an address in the help of the command line.
        metavar=_("LINK"),
        help=_(
            "open the window with a new application filled in from a followup: link; the link alone does the "
            "same, and nothing is saved"
        ),
    )
    # What a session manager adds when it starts anew what ran at the end of the last session.
    main.add_argument("-session", metavar="ID", help=argparse.SUPPRESS)


def _add_shared(command: argparse.ArgumentParser) -> None:
    # Options may stand before or after the command; SUPPRESS keeps the later default from winning.
    command.add_argument(
        "--data-dir", type=_folder, metavar=_("DIR"), default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    command.add_argument("--passphrase-file", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _add_import(commands: _Commands) -> None:
    from followup_desktop.services.transfer.formats import readers

    command = commands.add_parser("import", help=_("import a file, all of it or nothing"))
    command.add_argument("file", metavar=_("FILE"), help=_("file to read, or - for standard input"))
    command.add_argument("--format", choices=list(readers()), help=_("format of the file"))
    command.add_argument(
        "--dry-run", action="store_true", help=_("show what would change without changing anything")
    )
    command.add_argument(
        "--map",
        metavar=_("FILE"),
        help=_("JSON file that says what the columns and words of a table mean, and how its dates stand"),
    )
    command.add_argument(
        "--left-out", metavar=_("FILE"), help=_("write the rows that were left out to this file (CSV)")
    )
    command.add_argument(
        "--set-back", action="store_true", help=_("also import rows of a table that set a stage back")
    )
    command.add_argument("--json", action="store_true", help=_("print the report as JSON"))
    _add_shared(command)


def _add_add(commands: _Commands) -> None:
    command = commands.add_parser("add", help=_("add an application from a posting"))
    # Translators: TEXT stands for any text in the help of the command line.
    command.add_argument(
        "text", metavar=_("TEXT"), help=_("text or address of the posting, or - for standard input")
    )
    # Translators: NAME stands for a name in the help of the command line.
    command.add_argument("--employer", metavar=_("NAME"), default="", help=_("name of the employer"))
    command.add_argument("--role", metavar=_("NAME"), default="", help=_("name of the role"))
    command.add_argument("--applied", action="store_true", help=_("you applied today"))
    command.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    _add_shared(command)


def _add_export(commands: _Commands) -> None:
    from followup_desktop.services.transfer.formats import report_names, writers

    told = _("{label}: {value}")
    kinds = pgettext("between groups side by side", "; ").join(
        told.format(label=name, value=_(writer.about)) for name, writer in writers().items()
    )
    command = commands.add_parser("export", help=_("export everything to a file"))
    command.add_argument("file", metavar=_("FILE"), help=_("file to write, or - for standard output"))
    command.add_argument(
        "--format",
        choices=[*writers(), *report_names()],
        help=_(
            "the file name decides if you leave this out; {formats}; {reports}: the report of your search"
        ).format(formats=kinds, reports=format_series(report_names())),
    )
    command.set_defaults(first=None, last=None, without=frozenset(), language=None, paper=None)  # of a report
    _add_shared(command)


def _add_report(commands: _Commands) -> None:
    from followup_desktop.services.transfer.formats import REPORT_KINDS

    command = commands.add_parser("report", help=_("write a dated report of your search"))
    command.add_argument("file", metavar=_("FILE"), help=_("file to write, or - for standard output"))
    # Translators: DATE stands for a date in the help of the command line.
    command.add_argument("--from", dest="first", type=_date, metavar=_("DATE"), help=_("first day"))
    command.add_argument("--until", dest="last", type=_date, metavar=_("DATE"), help=_("last day"))
    command.add_argument(
        "--format",
        choices=[each.name for each in REPORT_KINDS],
        help=_("format; if you leave this out, the file name decides, and standard output gets a PDF"),
    )
    command.add_argument(
        "--without",
        type=_parts,
        default=frozenset(),
        # Translators: PARTS stands for a list in the help of the command line.
        metavar=_("PARTS"),
        help=_(
            "leave out notes, people or salary; several with commas between them. What you left out in the "
            "window is in it"
        ),
    )
    command.add_argument(
        "--language",
        choices=list(languages(resources_dir() / "locale")),
        help=_("language of the report; the program's if you leave this out"),
    )
    command.add_argument(
        "--paper", choices=["A4", "Letter"], help=_("paper of a PDF; your last choice if you leave this out")
    )
    _add_shared(command)


def _add_backups(commands: _Commands) -> None:
    command = commands.add_parser("backup", help=_("make a backup, checked, and say where it is"))
    command.add_argument("file", metavar=_("FILE"), nargs="?", help=_("file to write elsewhere"))
    command.add_argument(
        "--list", action="store_true", help=_("list the backups with date, content and size instead")
    )
    command.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    _add_shared(command)
    command = commands.add_parser(
        "restore", help=_("restore a backup; what you have now is kept as a backup first")
    )
    command.add_argument(
        "file", metavar=_("FILE"), nargs="?", help=_("backup to restore, by its path or its name")
    )
    command.add_argument(
        "--salvage", action="store_true", help=_("instead, keep what can still be read of a damaged database")
    )
    command.add_argument(
        "--backup-passphrase-file",
        metavar=_("FILE"),
        help=_("read the passphrase of the backup, if it has another one, from the first line of this file"),
    )
    command.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    _add_shared(command)
    command = commands.add_parser("check", help=_("check your data and the newest backups"))
    command.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    _add_shared(command)


def _add_due(commands: _Commands) -> None:
    command = commands.add_parser("due", help=_("list open follow-ups"))
    command.add_argument(
        # Translators: INSTANT stands for a date and time with its offset from UTC.
        "--at",
        type=_instant,
        metavar=_("INSTANT"),
        help=_("use this instant instead of now"),
    )
    command.add_argument(
        "--until", type=_instant, metavar=_("INSTANT"), help=_("also list what falls due by then")
    )
    command.add_argument("--all", action="store_true", help=_("list the whole plan"))
    command.add_argument("--json", action="store_true", help=_("print the list as JSON"))
    command.add_argument(
        "--from",
        dest="source",
        metavar=_("FILE"),
        help=_("read follow-ups from an export file (- for standard input)"),
    )
    _add_shared(command)
