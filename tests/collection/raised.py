"""Every refusal that the application's code makes: code and the names of its params, by search."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import indicators

APPLICATION = Path(indicators.__file__).parent


def refusals(name: str, *rooms: str) -> dict[str, list[set[str]]]:
    """For each code given to calls of `name` in the rooms (all of them): the params at each place.

    `field` is not among them: it is no param of the sentence.
    """
    found: dict[str, list[set[str]]] = defaultdict(list)
    for call in _calls(name, rooms):
        code, *_others = call.args
        if isinstance(code, ast.Constant):
            params = {keyword.arg for keyword in call.keywords if keyword.arg}
            found[str(code.value)].append(params - {"field"})
    return dict(found)


def unreadable_by_search(name: str, *rooms: str) -> list[str]:
    """Where the code is no literal, so that the search cannot tell it."""
    return [
        ast.unparse(call)
        for call in _calls(name, rooms)
        if not isinstance(call.args[0], ast.Constant)
    ]


def _calls(name: str, rooms: tuple[str, ...]) -> Iterator[ast.Call]:
    for folder in rooms or ("",):
        for file in sorted((APPLICATION / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            if _from_elsewhere(name, tree):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _name(node) == name and node.args:
                    yield node


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _from_elsewhere(name: str, tree: ast.Module) -> bool:
    """The bootstrap has a Refusal of its own, for whoever starts a command."""
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("education_duty")
        and any(alias.name == name for alias in node.names)
        for node in ast.walk(tree)
    )
