"""The rooms of the house and who may enter: imports go down only, and some doors stay shut.

``ui → services → storage → domain``; the rooms of the services have an order of their own; ``system`` knows
the domain and the ports. Only ``app``, ``cli`` and ``__main__`` put the rooms together, and only
they read the clock.
"""

from __future__ import annotations

import ast
import gc
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from pytest_archon import archrule
from pytest_archon.rule import RuleTargets

import followup_desktop
from followup_desktop.ui.window.views import VIEWS
from tests.bare_texts import bare_texts
from tests.tables import tabled

pytestmark = pytest.mark.xdist_group("architecture")  # one process reads all modules, not each of three

PACKAGE = Path(followup_desktop.__file__).parent
ROOMS = ("domain", "storage", "services", "system", "ui")
ASSEMBLERS = ("app.py", "cli.py", "__main__.py")

QT = r"(PySide6|shiboken6)"
DATABASE = r"(peewee|playhouse|apsw)"

CLOCK_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "QDate.currentDate",
    "QTime.currentTime",
    "QDateTime.currentDateTime",
    "QDateTime.currentDateTimeUtc",
    "QDateTime.currentSecsSinceEpoch",
    "QDateTime.currentMSecsSinceEpoch",
}
GLOBAL_LOOK_UPS = {"QApplication.instance", "QGuiApplication.instance", "QCoreApplication.instance"}
NETWORK_MODULES = {
    "PySide6.QtNetwork",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
}
LOCAL_SOCKETS = {
    "system/local_pipe.py": {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"},
    "system/local_socket.py": {
        *("socket", "socket.socket", "socket.AF_UNIX", "socket.SOL_SOCKET", "socket.SO_PEERCRED"),
    },
    "system/notifiers/session_bus.py": {"socket", "socket.socket", "socket.AF_UNIX"},
}
"""The modules that speak to other programs of this machine, with the names that suffice for it."""
NETWORK = {
    "system/web_client.py": {
        f"PySide6.QtNetwork.{name}"
        for name in (
            "QNetworkAccessManager",
            "QNetworkCookieJar",
            "QNetworkProxy",
            "QNetworkProxyFactory",
            "QNetworkProxyQuery",
            "QNetworkReply",
            "QNetworkRequest",
            "QSslConfiguration",
            "QSslError",
            "QSslSocket",  # asked only what it encrypts with
        )
    }
}
"""The one that speaks to a network: to the user's calendar server, if one is connected."""


def room(*names: str) -> str:
    """A pattern for the rooms and all that is in them."""
    return rf"followup_desktop\.({'|'.join(map(re.escape, names))})(\.|$)"


def rule_of(name: str, *names: str) -> RuleTargets:
    """A rule for these rooms, whose patterns are regular expressions.

    Better one for all that is forbidden: what a module imports is followed anew for each.
    """
    return archrule(name, use_regex=True).match(room(*names))


def test_domain_knows_only_the_standard_library_and_holidays() -> None:
    allowed = sys.stdlib_module_names | {"holidays", "tzdata"}
    own = ("followup_desktop.domain.", "followup_desktop.i18n.")

    def is_pure(_module: str, direct: set[str], _all: object) -> bool:
        return all(name.partition(".")[0] in allowed or f"{name}.".startswith(own) for name in direct)

    rule_of("domain is pure", "domain").should(is_pure).check("followup_desktop", skip_type_checking=True)


def test_storage_rests_on_the_domain() -> None:
    forbidden = f"{QT}|{room('services', 'system', 'ui')}"
    rule_of("storage", "storage").should_not_import(forbidden).check(
        "followup_desktop", skip_type_checking=True
    )


def test_services_know_no_toolkit_and_no_operating_system() -> None:
    forbidden = f"{QT}|{room('system', 'ui')}"
    rule_of("services", "services").should_not_import(forbidden).check(
        "followup_desktop", skip_type_checking=True
    )


@pytest.mark.parametrize("name", ["domain", "services", "system", "ui"])
def test_database_is_known_to_storage_alone(name: str) -> None:
    rule_of(f"no database in {name}", name).should_not_import(DATABASE).check(
        "followup_desktop", skip_type_checking=True, only_direct_imports=True
    )


def test_system_knows_only_the_domain_and_the_ports() -> None:
    rule = rule_of("system", "system").should_not_import(room("storage", "services", "ui"))
    rule.may_import(room("services.ports")).check("followup_desktop", skip_type_checking=True)


def test_ui_reaches_the_facts_through_services() -> None:
    rule_of("ui", "ui").should_not_import(room("storage")).check(
        "followup_desktop", skip_type_checking=True, only_direct_imports=True
    )


STORE = "followup_desktop.storage.store.Store"
HANDED_ON = {"ui/kit/view.py": {STORE}, "ui/window/report_window.py": {STORE}}
"""Where the type of the store is named: of what is handed to readers."""


def test_ui_knows_no_types_of_the_storage_either() -> None:
    found: dict[str, set[str]] = {}
    for path, tree in modules():
        if path.startswith("ui/"):
            names = imported_names(tree).values()
            if known := {name for name in names if name.startswith("followup_desktop.storage.")}:
                found[path] = known
    assert found == HANDED_ON


def test_ui_hands_the_store_on_and_asks_it_nothing() -> None:
    asked = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if path.startswith("ui/")
        for node in nodes(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "store"
    ]
    assert asked == []


ANYONE_S = {"__init__", "i18n", "later", "resource_files"}
"""Modules beside the rooms that every room may know; the others put the rooms together."""


def test_only_the_top_assembles() -> None:
    beside = {file.stem for file in PACKAGE.glob("*.py")}
    assert beside >= ANYONE_S
    tops = room(*(beside - ANYONE_S))
    rule_of("no room knows the top", *ROOMS).should_not_import(tops).check(
        "followup_desktop", skip_type_checking=True
    )


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package: its path below the package, and its syntax tree."""
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_bytes()))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Have the trees read once for these tests, also by the rules, and not kept for those after them.

    Two million nodes are walked through, which Python's own way does at half this speed.
    """
    gc.disable()  # the trees stay until the last test
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ast, "parse", cache(ast.parse))
        patch.setattr(ast, "iter_child_nodes", children)
        yield
    gc.enable()
    for each in (modules, nodes, imported_names, mentions):
        each.cache_clear()


def children(node: ast.AST) -> list[ast.AST]:
    """What is right below a node and has something in it, in its order."""
    found: list[ast.AST] = []
    for value in vars(node).values():
        if isinstance(value, list):
            found += [each for each in value if isinstance(each, ast.AST)]
        elif isinstance(value, ast.AST) and value._fields:
            found.append(value)
    return found


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Everything in a module, which five tests walk through."""
    return tuple(ast.walk(tree))


@cache
def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each name that a module imports stands for, in full."""
    names: dict[str, str] = {}
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


@cache
def mentions(tree: ast.Module) -> set[str]:
    """The dotted names that a module imports or mentions, in full: ``datetime.datetime.now``, say."""
    imported = imported_names(tree)
    found = set(imported.values())
    for node in nodes(tree):
        dotted = _dotted(node)
        if dotted is not None:
            first, _, rest = dotted.partition(".")
            if first in imported:
                found.add(f"{imported[first]}.{rest}".rstrip("."))
    return found


def _dotted(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else None
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else None


def ends_in(name: str, forbidden: Iterable[str]) -> bool:
    return any(f".{name}".endswith(f".{each}") for each in forbidden)


def is_below(name: str, tops: Iterable[str]) -> bool:
    return any(f"{name}.".startswith(f"{top}.") for top in tops)


def is_local(name: str, allowed: set[str]) -> bool:
    return name in allowed or is_below(name, allowed - NETWORK_MODULES)


@pytest.mark.parametrize("forbidden", [CLOCK_CALLS, GLOBAL_LOOK_UPS], ids=["the clock", "the application"])
def test_what_a_class_needs_is_passed_in(forbidden: set[str]) -> None:
    found = [
        f"{path}: {name}"
        for path, tree in modules()
        if path not in ASSEMBLERS
        for name in sorted(mentions(tree))
        if ends_in(name, forbidden)
    ]
    assert found == []


def test_no_network() -> None:
    found = [
        f"{path}: {name}"
        for path, tree in modules()
        for name in sorted(mentions(tree))
        if is_below(name, NETWORK_MODULES)
        and not is_local(name, {**LOCAL_SOCKETS, **NETWORK}.get(path, set()))
    ]
    assert found == []


def test_the_underscore_is_the_catalogues() -> None:
    """A function that binds ``_`` for what it throws away can't translate, and says so at run time only."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if "followup_desktop.i18n._" in mentions(tree)
        for node in nodes(tree)
        if isinstance(node, ast.Name)
        and node.id == "_"
        and isinstance(node.ctx, ast.Store)
        and not _is_in_comprehension(tree, node)
    ]
    assert found == []


def _is_in_comprehension(tree: ast.Module, name: ast.Name) -> bool:
    """Whether it is bound by a comprehension, which has a scope of its own."""
    return any(name in ast.walk(each.target) for each in nodes(tree) if isinstance(each, ast.comprehension))


NOT_WORDS = frozenset(
    {
        "Follow Up",  # the name of the program
        "followup-desktop: ",
        "\tAlt+",
        "ID",  # of an option that the help does not name
        "snooze",  # an identifier
        "#e8e9ea",
    }
)
"""What is shown and is the same in every language, or only looks as if it were shown."""


def test_every_text_goes_through_the_catalogue() -> None:
    found = [
        f"{path}:{line}: {text}"
        for path, tree in modules()
        for line, text in bare_texts(tree, returned=path.startswith("services/wording/"))
        if text not in NOT_WORDS
    ]
    assert found == []


@tabled(
    "source",
    [
        'Refused("No such day")',
        'raise errors.Refused(f"{name} is empty.", "name")',
        'Refused("{} is empty".format(name))',
        'Refused("%s is empty" % name)',
        'Refused(name + " is empty")',
        'Refused(_("{} is empty") if name else "It is empty")',
        'label.setText(names[0] or "Nobody")',
        'label.setText(", ".join(["Ana", "others"]))',
        "label.setText(f\"{_('Until')} {'tomorrow' if late else when}\")",
        'label.setText({True: _("Yes"), False: "No"}[answer])',
        'add_argument("--at", help="at this instant")',
        'def f():\n sentence = "No such day"\n raise Refused(sentence)',
        'SENTENCE = "{day} is no day"\ndef f(day):\n raise Refused(SENTENCE.format(day=day))',
        'QAction("Undo", menu)',
        'Button(text := "Undo")',
        'refuse(field, "{field} must be text, not {value}.", value)',
        'with store.transaction("Add"): pass',
    ],
)
def test_a_text_past_the_catalogue_is_found(source: str) -> None:
    assert list(bare_texts(ast.parse(source)))


@tabled(
    "source",
    [
        'Refused(_("No such day"))',
        'Refused(ngettext("{n} day", "{n} days", n).format(n=n))',
        'def f():\n sentence = _("No such day")\n raise Refused(sentence, "day")',
        'def f():\n sentence = "a developer\'s"\ndef g():\n raise Refused(sentence)',
        'label.setText(f"{name} · {when}")',
        'label.setText(interview.notes or "–")',
        'raise ValueError("an instant needs a zone")',
        'label.setObjectName("small")',
        'logging.info("started")',
        'Text(text, "strong")',
        "Refused(_(_SENTENCES[fate]).format(path=path))",
    ],
)
def test_what_is_marked_or_never_shown_is_passed_over(source: str) -> None:
    assert list(bare_texts(ast.parse(source))) == []


def is_dotted(node: ast.AST) -> bool:
    """Whether parts are joined here with dots between them, be it by a constant."""
    values = node.values if isinstance(node, ast.JoinedStr) else [getattr(node, "value", None)]
    is_joined = isinstance(node, ast.JoinedStr | ast.Attribute | ast.Assign)
    return is_joined and any(isinstance(each, ast.Constant) and each.value == " · " for each in values)


def test_a_name_says_how_somebody_is_told() -> None:
    found = [
        f"{path}: {node.name}"
        for path, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef) and re.match(r"_?(say|tell)(_|$)", node.name)
    ]
    assert found == [], "show, announce, notify or print"


def test_what_stands_between_dots_is_set_apart() -> None:
    found = {path for path, tree in modules() for node in nodes(tree) if is_dotted(node)}
    assert found == {"i18n.py"}, "with_dots leaves out what is empty, and sets names apart"


def test_sentences_are_joined_in_one_place() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.Attribute) and node.attr == "join"
        if isinstance(node.value, ast.Constant) and node.value.value == ". "
    ]
    found += [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join"
        if any(isinstance(part, ast.Name) and part.id == "ended" for part in ast.walk(node))
        if path != "services/wording/formats.py"
    ]
    assert found == []


def test_what_wording_returns_is_shown() -> None:
    assert list(bare_texts(ast.parse('def f():\n return "Tuesday"'), returned=True)) == [(2, "Tuesday")]


MOST_PARAMETERS = 5
"""What a constructor may be given: more is a class that does more than one thing."""


def constructor_parameters(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """How many parameters each constructor of a module has, by the name of its class."""
    for node in nodes(tree):
        if isinstance(node, ast.ClassDef):
            for made in node.body:
                if isinstance(made, ast.FunctionDef) and made.name == "__init__":
                    given = made.args
                    yield node.name, len([*given.posonlyargs, *given.args, *given.kwonlyargs]) - 1


def test_constructors_have_few_parameters() -> None:
    found = {
        f"{path}: {name}": count
        for path, tree in modules()
        for name, count in constructor_parameters(tree)
        if count > MOST_PARAMETERS
    }
    assert found == {}


MOST_OF_A_FUNCTION = 7
MANY_PARAMETERS = {
    *("domain/facts.py: fact", "domain/rules/rule_helpers.py: follow_up"),
    *("services/tracker/timeline.py: log_event", "services/transfer/activity_report.py: _row"),
    *("services/transfer/importing.py: put_document", "storage/listing.py: application_ids"),
    "ui/kit/brush.py: text",
}
"""The functions that are given more, most by keyword; none may be added: a dataclass says more."""


def function_parameters(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The functions and methods with how many parameters they have, but for constructors, and ``self``."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name != "__init__":
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            yield node.name, len([each for each in given if each.arg not in {"self", "cls"}])


def test_functions_have_few_parameters_too() -> None:
    found = {
        f"{path}: {name}"
        for path, tree in modules()
        for name, count in function_parameters(tree)
        if count > MOST_OF_A_FUNCTION
    }
    assert found == MANY_PARAMETERS


PARTICIPLE = re.compile(
    r"(?:[A-Z][a-z]*(?:(?<!e)ed|ing)|Told|Said|Seen|Held|Kept|Given|Left|Lost|Made|Met|Sent|Done|Gone|Shown|Known)"
)
NOUNS_IN_ING = {"Drawing", "Heading", "Lettering", "Meaning", "Reading", "Setting", "Thing", "Wording"}
RAISED = {"Cancelled", "Failed", "Locked", "Misplaced", "Refused"}


def class_names() -> Iterator[str]:
    """The names of all classes of the modules, without the underline that keeps one within its module."""
    for _path, tree in modules():
        yield from (node.name.removeprefix("_") for node in tree.body if isinstance(node, ast.ClassDef))


def test_a_class_has_a_name_of_its_own() -> None:
    """Be it one that only its module knows: whoever reads two modules takes them for the same."""
    assert {name: count for name, count in Counter(class_names()).items() if count > 1} == {}


def test_a_class_is_named_by_a_noun() -> None:
    found = {name for name in class_names() if PARTICIPLE.fullmatch(name)}
    assert found == NOUNS_IN_ING | RAISED


def test_a_docstring_begins_with_what_it_is_about() -> None:
    """The applications with these ids (all if it is ``None``) rather than: those of the ids, or all."""
    found = [
        f"{path}:{node.lineno}: {node.value.value.strip().splitlines()[0]}"
        for path, tree in modules()
        for node in nodes(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str) and re.match(r"\s*(?:Those|That)\b", node.value.value)
    ]
    assert found == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {path: "followup_desktop." + path.removesuffix(".py").replace("/", ".") for path, _ in modules()}
    known = {name.removesuffix(".__init__") for name in names.values()}
    graph = {
        names[path].removesuffix(".__init__"): {
            full if full in known else full.rpartition(".")[0]
            for full in imported_names(tree).values()
            if full.startswith("followup_desktop.")
        }
        for path, tree in modules()
    }
    TopologicalSorter(graph).prepare()


SERVICE_ROOMS = (
    "rows",
    "wording",
    "capture",
    "messages",
    "reading",
    "transfer",
    "tracker",
    "reminding",
    "sync",
)
"""The rooms of the services in their order: each knows those before it, in types and within functions too."""
BELOW_ALL = {"ports", "own_thread", "progress"}
"""The modules beside them that each of them may know; the others know the rooms."""


def in_rooms_of_services() -> Iterator[tuple[str, str, ast.Module]]:
    """The modules within the rooms of the services: the room, the path and the tree of each."""
    for path, tree in modules():
        parts = path.split("/")
        if parts[0] == "services" and len(parts) > 2:
            yield parts[1], path, tree


def test_every_room_of_the_services_has_its_place_in_their_order() -> None:
    assert {name for name, _path, _tree in in_rooms_of_services()} == {*SERVICE_ROOMS}


def test_a_room_of_the_services_knows_those_below_it_alone() -> None:
    found = [
        f"{path}: {full}"
        for name, path, tree in in_rooms_of_services()
        for full in imported_names(tree).values()
        if full.startswith("followup_desktop.services.") and not may_know(name, full.split(".")[2])
    ]
    assert found == []


def may_know(room_name: str, other: str) -> bool:
    """Whether a room of the services may import from another, or from a module beside the rooms."""
    if other in BELOW_ALL:
        return True
    return other in SERVICE_ROOMS[: SERVICE_ROOMS.index(room_name) + 1]


VIEW_ROOMS = sorted({row.made_by.split(".")[2] for row in VIEWS})


@pytest.mark.parametrize("name", VIEW_ROOMS)
def test_a_view_knows_the_kit_and_no_other_view(name: str) -> None:
    others = [f"ui.{other}" for other in (*VIEW_ROOMS, "window") if other != name]
    rule_of(name, f"ui.{name}").should_not_import(room(*others)).check(
        "followup_desktop", skip_type_checking=True
    )


def test_the_kit_knows_no_view() -> None:
    views = [f"ui.{name}" for name in (*VIEW_ROOMS, "window")]
    rule_of("kit", "ui.kit").should_not_import(room(*views)).check(
        "followup_desktop", skip_type_checking=True
    )


def test_the_window_knows_the_views_by_their_names_alone() -> None:
    views = room(*(f"ui.{name}" for name in VIEW_ROOMS))
    rule_of("window", "ui.window").should_not_import(views).check("followup_desktop", skip_type_checking=True)


def test_the_window_loads_no_view_with_itself() -> None:
    """A view is loaded when it is first shown: what the window imports at once, every start pays for."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, followup_desktop.ui.window.main_window; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    views = tuple(f"followup_desktop.ui.{name}." for name in VIEW_ROOMS)
    assert [name for name in loaded if name.startswith(views)] == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import datetime\ndatetime.datetime.now()", "datetime.datetime.now"),
        ("from datetime import datetime as dt\ndt.now(None)", "datetime.datetime.now"),
        ("import time as t\nt.time()", "time.time"),
        ("from urllib.request import urlopen", "urllib.request.urlopen"),
        ("from PySide6 import QtNetwork\nQtNetwork.QTcpSocket", "PySide6.QtNetwork.QTcpSocket"),
    ],
)
def test_these_tests_see_through_imports(source: str, name: str) -> None:
    (seen,) = {each for each in mentions(ast.parse(source)) if each == name}
    assert ends_in(seen, CLOCK_CALLS) or is_below(seen, NETWORK_MODULES)
