"""A search for writes to the tables of values: a figure comes in by the door, and by nothing else.

Works on the syntax tree of one module; `complaints` gives "line: what" for each find.
"""

import ast
import re
from collections.abc import Iterator

MODELS = {"YearlyValue", "ValueRevision", "Standing"}
# What leads to their rows from others: indicator.values.create, value.standings.all().delete().
RELATED = {"values", "revisions", "standings"}
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update"}
WRITES |= {"delete"} | {f"a{name}" for name in (*WRITES, "delete")}
COPIES = {"copy_in", "copy_over"}
IN_SQL = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|copy|truncate(?:\s+table)?)\s+\"?"
    r"indicators_(?:yearlyvalue|valuerevision|standing)\b",
    re.IGNORECASE,
)


def complaints(source: str) -> list[str]:
    """What of it writes to a table of values."""
    tree = ast.parse(source)
    found = [(node.lineno, what) for node in ast.walk(tree) for what in _of_node(node)]
    makes = any(_is_call(node, MODELS) for node in ast.walk(tree))
    found += [
        (node.lineno, "save")
        for node in ast.walk(tree)
        if makes and isinstance(node, ast.Call) and _name(node.func) in ("save", "asave")
    ]
    return [f"{line}: {what}" for line, what in sorted(found)]


def _of_node(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield from (found[0] for found in IN_SQL.finditer(text))
        case ast.Call(func=ast.Attribute(value=rows, attr=way)) if way in WRITES:
            yield from (f"{whose}.{way}" for whose in (_rows_of(rows),) if whose)
    if _is_call(node, COPIES):
        assert isinstance(node, ast.Call)
        yield from (_name(one) for one in node.args[:1] if _name(one) in MODELS)


def _rows_of(node: ast.expr) -> str:
    """The model, or the related name, whose rows the chain of calls is of; else nothing."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Call):
            node = node.func  # a method of the rows: .filter(…)
            if isinstance(node, ast.Attribute):
                node = node.value
            continue
        if node.attr in RELATED | MODELS:
            return node.attr
        node = node.value
    return node.id if isinstance(node, ast.Name) and node.id in MODELS else ""


def _is_call(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in names


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))
