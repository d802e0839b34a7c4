"""Finds the texts that a user would see and that go past the catalogue, in the syntax of a module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

MARKS = frozenset({"_", "N_", "ngettext", "pgettext"})
"""What takes a text to the catalogue."""

REFUSALS = frozenset({"Refused", "NotFound", "Misplaced", "ArgumentTypeError"})
MADE_WITH_A_TEXT = REFUSALS | {
    *("QAction", "QCheckBox", "QGroupBox", "QLabel", "QMenu", "QPushButton", "QRadioButton", "QToolButton"),
    *("Button", "SectionLabel", "Text", "Toggle"),
}
"""Classes whose first argument is shown."""

SHOWN_BY = frozenset(
    {
        *("addAction", "addButton", "addItem", "addItems", "addMenu", "addRow", "addTab", "insertItem"),
        *("setAccessibleDescription", "setAccessibleName", "setButtonText", "setHeaderLabels"),
        *(
            "setInformativeText",
            "setLabelText",
            "ask_for",
            "setPlaceholderText",
            "setPrefix",
            "setStatusTip",
            "setSuffix",
        ),
        *("setText", "setTitle", "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage"),
        *(
            "complain",
            "describe",
            "remark",
            "announce",
            "show_in_a_box",
            "show_problem",
            "_show_message",
            "show_sentence",
            "_show_sentence",
            "show_status",
            "_show_status",
            "_print_line",
            "small_print",
            "transaction",
        ),
    }
)
"""Functions and methods that show whatever text they are given, or keep it to be shown."""

SECOND_IS_SHOWN = frozenset({"refuse"})

KEYWORDS = frozenset(
    {
        *("about", "body", "description", "detail", "epilog", "heading", "help", "hint", "label", "metavar"),
        *("notice", "placeholder", "sentence", "text", "title", "tooltip", "written"),
    }
)
"""Arguments that are shown, whatever they are given to."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_KEEPERS = frozenset(
    {"capitalize", "format", "format_map", "join", "lower", "removesuffix", "rstrip", "strip", "upper"}
)
"""Methods that give back the text they are asked of."""

_NO_WORDS = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]|https?://\S*|<[^<>]*>|&\w+;|\*?\.\w+")
"""What stands in a text and is no word: values, addresses, rich text, endings of files."""


def bare_texts(tree: ast.AST, *, returned: bool = False) -> Iterator[tuple[int, str]]:
    """Each text that is shown without being asked for in the catalogue, with its line.

    It is seen through f-strings, conditions, sums, ``.format`` and ``.join``, and through a name that was
    given it in the same function or on the level of the module. With ``returned`` what functions return is
    taken for shown, too.
    """
    yield from _Finder(tree, returned=returned).found()


class _Finder:
    def __init__(self, tree: ast.AST, *, returned: bool) -> None:
        self._tree = tree
        self._returned = returned
        self._outermost = _within(tree)
        self._module = _given(self._outermost)
        self._seen: set[tuple[int, str]] = set()

    def found(self) -> list[tuple[int, str]]:
        self._look_at(self._outermost, self._module)
        for function in ast.walk(self._tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                nodes = _within(function)
                self._look_at(nodes, self._module | _given(nodes))
        return sorted(self._seen)

    def _look_at(self, nodes: list[ast.AST], given: dict[str, list[ast.expr]]) -> None:
        for node in nodes:
            self._look(node, given)

    def _look(self, node: ast.AST, given: dict[str, list[ast.expr]]) -> None:
        shown: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = _name(node.func)
            if name in MADE_WITH_A_TEXT:
                shown += node.args[:1]
            elif name in SHOWN_BY:
                shown += node.args
            elif name in SECOND_IS_SHOWN:
                shown += node.args[1:2]
            shown += [each.value for each in node.keywords if each.arg in KEYWORDS]
        elif isinstance(node, ast.Return) and self._returned and node.value is not None:
            shown.append(node.value)
        for expression in shown:
            self._seen.update(_bare(expression, given, ()))


def _bare(
    expression: ast.expr, given: dict[str, list[ast.expr]], through: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    match expression:
        case ast.Constant(value=str(text)):
            if _WORD.search(_NO_WORDS.sub(" ", text)):
                yield expression.lineno, text
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from _bare(part.value if isinstance(part, ast.FormattedValue) else part, given, through)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, op=ast.Add(), right=other):
            yield from _all_bare((one, other), given, through)
        case (
            ast.BinOp(left=text, op=ast.Mod())
            | ast.NamedExpr(value=text)
            | ast.Starred(value=text)
            | ast.GeneratorExp(elt=text)
            | ast.ListComp(elt=text)
        ):
            yield from _bare(text, given, through)
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            yield from _all_bare(parts, given, through)
        case ast.Subscript(value=ast.Dict(values=parts)):
            yield from _all_bare(parts, given, through)
        case ast.Call(func=ast.Attribute(value=text, attr=method), args=arguments) if method in _KEEPERS:
            yield from _bare(text, given, through)
            if method == "join":
                yield from _all_bare(arguments, given, through)
        case ast.Name(id=name) if name not in through:
            yield from _all_bare(given.get(name, ()), given, (*through, name))
        case _:
            return


def _all_bare(
    expressions: Iterable[ast.expr], given: dict[str, list[ast.expr]], through: tuple[str, ...]
) -> Iterator[tuple[int, str]]:
    for each in expressions:
        yield from _bare(each, given, through)


def _given(nodes: list[ast.AST]) -> dict[str, list[ast.expr]]:
    """What each name is given among the nodes of a scope."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                names = [each.id for each in targets if isinstance(each, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                names = [name]
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                names = [name]
            case _:
                continue
        for name in names:
            found.setdefault(name, []).append(value)
    return found


def _within(scope: ast.AST) -> list[ast.AST]:
    """What stands in a scope, without what stands in the functions in it."""
    found: list[ast.AST] = []
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return found


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
