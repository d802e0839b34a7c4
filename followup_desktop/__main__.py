"""Where the program starts: the arguments, then a command or the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

_SHEETS = "--sheets"
"""What ``services.transfer.readers.sheets`` calls the program by, to lay out a spreadsheet apart from it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status. Nothing that goes wrong is told by a traceback."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words == [_SHEETS]:
        from followup_desktop.services.transfer.readers.sheets import serve

        return serve()
    gc.disable()  # all that a start makes stays; to look through it again and again takes a fifteenth of it
    from followup_desktop.system.start import prepare_python

    prepare_python(words)
    # Babel would take its zones, 28 ms, where a developer's tools brought it along; the packages have none.
    sys.modules.setdefault("pytz", None)  # type: ignore[arg-type]
    # Peewee would load Python's own SQLite beside the one in use, and look for those of other databases.
    for name in ("sqlite3", "MySQLdb", "psycopg", "psycopg2", "psycopg2cffi", "pymysql", "pysqlite3"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    from followup_desktop.arguments import named_folder, parse
    from followup_desktop.domain.errors import Refused
    from followup_desktop.system import streams
    from followup_desktop.system.language import chosen_language, use_language
    from followup_desktop.system.paths import present_data, private_from_now_on

    private_from_now_on()
    streams.open_missing()
    present = present_data(named_folder(argv), os.environ)
    use_language(os.environ, chosen_language(present.settings if present is not None else None))
    try:
        try:
            arguments = parse(argv)
        except OSError:
            return 2  # a wrong command line, of which nobody could be told
        finally:
            streams.remark()
            streams.flush()  # the help, or the version
        status = _run(arguments)
        streams.flush()
    except Refused as refused:
        streams.complain(str(refused))
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()
    return status


def _run(arguments: Namespace) -> int:
    """Carry out what the arguments say, over the last net."""
    from followup_desktop import app
    from followup_desktop.system import problems, streams
    from followup_desktop.system.desktop_check import missing_library

    try:
        if arguments.command is None:
            return app.run(arguments, streams.complain)
        from followup_desktop import cli

        gc.enable()
        return cli.run(arguments, app.clock)
    except Exception as error:  # noqa: BLE001 - the last net
        missing = missing_library(str(error)) if isinstance(error, ImportError) else None
        streams.complain(missing or problems.sentence(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
