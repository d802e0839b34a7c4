"""Makes the man page and the bash completion from the program's own parser of arguments.

``python packaging/linux/command_line.py FOLDER``, run where the program is installed, writes
``followup-desktop.1`` and ``followup-desktop.bash`` there, and ``de/followup-desktop.1`` for each other
language. The pages' date is ``SOURCE_DATE_EPOCH``, without it that of the newest release in ``CHANGELOG.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from followup_desktop import __version__
from followup_desktop.arguments import parser
from followup_desktop.i18n import _, in_use, install, languages, pgettext, use
from followup_desktop.resource_files import resources_dir

PROGRAM = "followup-desktop"
CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"

_PAGE = r""".\" Made from the program's parser by packaging/linux/command_line.py.
.TH FOLLOWUP\-DESKTOP 1 "{date}" "Follow Up {version}" "{manual}"
.SH {NAME}
followup\-desktop \- {summary}
.SH {SYNOPSIS}
.B followup\-desktop
{synopsis}
.br
.B followup\-desktop
.I {FILE}
.br
.B followup\-desktop
.I {COMMAND}
.RI [ {OPTION} ]...
.SH {DESCRIPTION}
{description}
.SH {OPTIONS}
{options}
.SH {COMMANDS}
{commands}
.SH {STATUS}
{statuses}
.SH {ENVIRONMENT}
{environment}
.SH {FILES}
{files}
.SH {EXAMPLES}
{examples}
"""

_COMPLETION = """# Bash completion, made from the program's parser by packaging/linux/command_line.py.
_followup_desktop()
{{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= word
    COMPREPLY=()
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $word in
            {commands}) command=$word; break ;;
        esac
    done
    compopt -o filenames 2>/dev/null
    case $command:$previous in
{values}
    esac
    if [[ $current == -* ]]; then
        compopt +o filenames 2>/dev/null
        case $command in
{options}
        esac
        return
    fi
    case $command in
        '')
            mapfile -t COMPREPLY < <(
                compgen -W '{words}' -- "$current"
                compgen -f -X '!*.json' -- "$current"
            ) ;;
{files}
    esac
}}
complete -F _followup_desktop followup-desktop
"""


def roff(text: str) -> str:
    """Text that the page's macros take as it is."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", re.sub("[\u00a0\u202f]", r"\\~", escaped))


def shown(of: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments that the program's own help names, in its order; without the commands."""
    return [
        action
        for action in of._actions
        if action.help is not argparse.SUPPRESS and not isinstance(action, argparse._SubParsersAction)
    ]


def commands() -> dict[str, tuple[argparse.ArgumentParser, str]]:
    """Every command with its parser and what it does."""
    (group,) = (each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    helps = {choice.dest: choice.help or "" for choice in group._choices_actions}
    return {name: (command, helps[name]) for name, command in group.choices.items() if name in helps}


def value_name(action: argparse.Action) -> str:
    """How the help calls the argument's value; empty if it takes none."""
    if action.nargs == 0:
        return ""
    name = action.metavar if isinstance(action.metavar, str) else ""
    return name or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())


def page(date: str) -> str:
    """The man page, in the language in use."""
    synopsis = " ".join(_usage(action) for action in shown(parser()) if action.dest != "help")
    file = _("FILE")
    return _PAGE.format(
        date=date,
        version=roff(__version__),
        # Translators: the name of the part of the system's manual that has the commands, as man(1) gives it.
        manual=roff(_("User Commands")),
        summary=roff(_("reminders to follow up after job interviews")),
        NAME=roff(pgettext("a heading of the manual page", "NAME")),
        SYNOPSIS=roff(pgettext("a heading of the manual page", "SYNOPSIS")),
        DESCRIPTION=roff(pgettext("a heading of the manual page", "DESCRIPTION")),
        OPTIONS=roff(pgettext("a heading of the manual page", "OPTIONS")),
        COMMANDS=roff(pgettext("a heading of the manual page", "COMMANDS")),
        STATUS=roff(pgettext("a heading of the manual page", "EXIT STATUS")),
        ENVIRONMENT=roff(pgettext("a heading of the manual page", "ENVIRONMENT")),
        FILES=roff(pgettext("a heading of the manual page", "FILES")),
        EXAMPLES=roff(pgettext("a heading of the manual page", "EXAMPLES")),
        FILE=roff(file),
        COMMAND=roff(_("COMMAND")),
        # Translators: OPTION stands for an option in the help of the command line.
        OPTION=roff(_("OPTION")),
        synopsis=synopsis,
        description="\n".join(
            [
                roff(
                    _(
                        "Follow Up reminds people who are looking for a job who to thank after an interview, "
                        "who to call and when, and when to move on, and always says why."
                    )
                ),
                roff(
                    _(
                        "Without a command, it opens its window, or brings it to the front if it's open "
                        "already."
                    )
                ),
                _filled(
                    _("With just a {file}, it opens the window and imports that file; you can undo that."),
                    file=rf"\fI{roff(file)}\fR",
                ),
            ]
        ),
        options="\n".join(_entry(action) for action in shown(parser())),
        commands="\n".join(_command(name, *each) for name, each in commands().items()),
        statuses="\n".join(
            [
                _item("B", "0", _("The command worked.")),
                _item(
                    "B",
                    "1",
                    _(
                        "The input or the data was rejected; one line on standard error says what, where and "
                        "how to fix it."
                    ),
                ),
                _item("B", "2", _("The command was wrong.")),
            ]
        ),
        environment="\n".join(
            [
                _item(
                    "B",
                    "FOLLOWUP_DATA_DIR",
                    _("The folder to keep your data in, unless {option} sets one."),
                    option=r"\fB\-\-data\-dir\fR",
                ),
                _item(
                    "B",
                    "XDG_DATA_HOME",
                    _("Where the data folder is if you don't set one; see {files}."),
                    files=rf"\fB{roff(pgettext('a heading of the manual page', 'FILES'))}\fR",
                ),
            ]
        ),
        files=_item(
            "I",
            "~/.local/share/followup-desktop/",
            _("Everything you entered, in one database. Removing the program doesn't remove this folder."),
        ),
        examples="\n".join(
            [
                _item("B", "followup-desktop due", _("List your open follow-ups.")),
                _item(
                    "B",
                    "followup-desktop export search.followup.json",
                    _("Export everything you entered to a readable file."),
                ),
                _item(
                    "B",
                    "followup-desktop --demo",
                    _("Explore with sample data; your own data stays untouched."),
                ),
            ]
        ),
    )


def _item(font: str, name: str, text: str, **values: str) -> str:
    return f".TP\n.{font} {roff(name)}\n{_filled(text, **values)}"


def _filled(text: str, **values: str) -> str:
    return roff(text).format(**values)


def _usage(action: argparse.Action) -> str:
    name, value = action.option_strings[-1], value_name(action)
    return rf"[\fB{roff(name)}\fR{' ' if value else ''}\fI{roff(value)}\fR]"


def _entry(action: argparse.Action) -> str:
    value = value_name(action)
    names = ", ".join(rf"\fB{roff(name)}\fR" for name in action.option_strings)
    head = " ".join(part for part in (names, rf"\fI{roff(value)}\fR" if value else "") if part)
    text = (action.help or "").replace("%(prog)s", PROGRAM).replace("%(default)s", str(action.default))
    return f".TP\n{head}\n{roff(_sentence(text))}"


def _command(name: str, command: argparse.ArgumentParser, text: str) -> str:
    arguments = [each for each in shown(command) if each.dest != "help"]
    places = "".join(rf" \fI{roff(value_name(each))}\fR" for each in arguments if not each.option_strings)
    entries = "\n".join(_entry(each) for each in arguments)
    return f".SS \\fB{roff(name)}\\fR{places}\n{roff(_sentence(text))}\n{entries}".rstrip()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def completion() -> str:
    """The bash completion: commands, options, their choices, and files where a file is meant."""
    every = commands()
    return _COMPLETION.format(
        commands="|".join(every),
        words=" ".join(every),
        values="\n".join(_values(every)),
        options="\n".join(
            f"            {name}) mapfile -t COMPREPLY < <(compgen -W '{' '.join(_options(each))}'"
            ' -- "$current") ;;'
            for name, each in {"''": parser(), **{name: each for name, (each, _) in every.items()}}.items()
        ),
        files="\n".join(
            f'        {name}) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;'
            for name, (each, _) in every.items()
            if any(value_name(action) == "FILE" and not action.option_strings for action in shown(each))
        ),
    )


def _options(of: argparse.ArgumentParser) -> list[str]:
    return [name for action in shown(of) for name in action.option_strings]


def _values(every: dict[str, tuple[argparse.ArgumentParser, str]]) -> Iterator[str]:
    yield """        *:--data-dir) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;"""
    parsers = {"": parser(), **{name: each for name, (each, _) in every.items()}}
    for command, of in parsers.items():
        for action in shown(of):
            pattern = "|".join(f"{command}:{name}" for name in action.option_strings)
            if action.nargs == 0 or not pattern or action.dest == "data_dir":
                continue
            if action.choices:
                how = f"-W '{' '.join(map(str, action.choices))}'"
            elif value_name(action) == "FILE":
                how = "-f"
            else:
                how = ""
            reply = f'mapfile -t COMPREPLY < <(compgen {how} -- "$current"); ' if how else ""
            yield f"        {pattern}) {reply}return ;;"


def date_of_build() -> str:
    """The date that the page bears."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    found = re.search(r"^## \[\d[^\]]*\] - (\S+)$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else ""


def main(arguments: list[str]) -> int:
    """Write the completion, and the page in each language, into the folder; returns the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: command_line.py FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{PROGRAM}.bash").write_text(completion(), "utf-8")
    catalogues, before = resources_dir() / "locale", in_use()
    for code in languages(catalogues):
        use(code, catalogues)
        place = folder if code == "en" else folder / code
        place.mkdir(exist_ok=True)
        (place / f"{PROGRAM}.1").write_text(page(date_of_build()), "utf-8")
    install(*before)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
