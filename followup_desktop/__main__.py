"""Where the program starts: the arguments, then a command or the window."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status."""
    from followup_desktop import i18n
    from followup_desktop.arguments import parse
    from followup_desktop.resource_files import resources_dir
    from followup_desktop.system.language import system_locale
    from followup_desktop.system.paths import private_from_now_on

    private_from_now_on()
    i18n.use(system_locale(os.environ) or i18n.ENGLISH, resources_dir() / "locale")
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name in another script must not stop a command on a terminal that can't show it.
            stream.reconfigure(errors="backslashreplace")
    arguments = parse(argv)
    from followup_desktop import app, cli

    try:
        if arguments.command is None:
            status = app.run(arguments, cli.complain)
        else:
            status = cli.run(arguments, app.clock)
        sys.stdout.flush()
    except ImportError as error:
        from followup_desktop.system.desktop_check import missing_library

        sentence = missing_library(str(error))
        if sentence is None:
            raise
        cli.complain(sentence)
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is left in the buffer must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status


def _open_missing_streams() -> None:
    """Give what is written a place to go: ``pythonw`` of Windows, which opens no console, has no streams."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we run


if __name__ == "__main__":
    sys.exit(main())
