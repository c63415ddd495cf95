"""A search for what is silently wrong with exact numbers on SQLite.

There a number is a scaled integer: what reaches it without going through its field is ten thousand
times off, and no error says so. Works on the syntax tree of one module; `complaints` gives
"line: what" for each find.
"""

import ast
from collections.abc import Iterator

# They compute in SQL without the field's own conversion.
FUNCTIONS = {"Round", "Cast", "Concat", "JSONObject", "Avg", "StdDev", "Variance"}
FUNCTIONS |= {"ExpressionWrapper"}
# They compare digits as text.
TEXT_LOOKUPS = {"contains", "icontains", "startswith", "istartswith", "endswith", "iendswith"}
TEXT_LOOKUPS |= {"regex", "iregex", "search", "iexact"}
INEXACT_FIELDS = {"DecimalField", "FloatField"}
FROM_MODELS = ("django.db.models", "django.db.models.functions", "django.db.models.fields")
BEHIND_A_MODULE = {"models", "functions"}


def complaints(source: str, exact_fields: set[str]) -> list[str]:
    """What of it must not be written, given the names of the fields that hold exact numbers."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [(node.lineno, what) for what in _of_node(node, exact_fields)]
    return [f"{line}: {what}" for line, what in sorted(found)]


def _of_node(node: ast.AST, exact_fields: set[str]) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and node.module in FROM_MODELS:
        for name in node.names:
            if name.name in FUNCTIONS | INEXACT_FIELDS:
                yield name.name
    elif isinstance(node, ast.Attribute) and node.attr in FUNCTIONS | INEXACT_FIELDS:
        if isinstance(node.value, ast.Name) and node.value.id in BEHIND_A_MODULE:
            yield f"{node.value.id}.{node.attr}"
    elif isinstance(node, ast.keyword) and node.arg:
        if _is_text_lookup(node.arg, exact_fields):
            yield node.arg
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _is_text_lookup(node.value, exact_fields):
            yield node.value
    elif isinstance(node, ast.Call):
        yield from _of_call(node, exact_fields)


def _of_call(node: ast.Call, exact_fields: set[str]) -> Iterator[str]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in ("update", "update_or_create", "filter", "exclude", "annotate"):
        for keyword in node.keywords:
            field = (keyword.arg or "").split("__")[0]
            if field in exact_fields and _computes_with_a_column(keyword.value):
                yield f"{name}({keyword.arg}=F() with arithmetic)"
    if name == "Value" and not any(keyword.arg == "output_field" for keyword in node.keywords):
        plain = node.args and isinstance(node.args[0], ast.Constant)
        if not plain:
            yield "Value() without output_field"


def _computes_with_a_column(value: ast.expr) -> bool:
    return any(
        isinstance(part, ast.BinOp)
        and any(isinstance(side, ast.Call) and _named(side, "F") for side in ast.walk(part))
        for part in ast.walk(value)
    )


def _named(call: ast.Call, name: str) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) == name


def _is_text_lookup(text: str, exact_fields: set[str]) -> bool:
    *path, lookup = text.split("__")
    return bool(path) and lookup in TEXT_LOOKUPS and path[-1] in exact_fields
