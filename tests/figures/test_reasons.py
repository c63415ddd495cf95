"""Every reason that results can keep has a sentence, in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from indicators import results
from indicators.figures.reasons import SENTENCES, sentence
from indicators.measures import formula

# What the rules find has sentences of its own, see test_findings.
SOURCES = [
    Path(formula.__file__),
    *(
        source
        for source in sorted(Path(results.__file__).parent.glob("*.py"))
        if source.name != "validation.py"
    ),
]
NAMES = {"children": "在园幼儿数", "500101": "北区"}


def texts(node):
    """The texts an expression may be: a literal, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return {node.value} if is_text and node.value else set()


def codes(source):
    """What the source makes reasons of: Missing(code), {"code": code}, code = …, (status, code)."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Missing" and node.args:
            found |= texts(node.args[0])
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                found |= (
                    texts(value) if isinstance(key, ast.Constant) and key.value == "code" else set()
                )
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            found |= texts(node.value)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            found |= set().union(*map(texts, node.value.elts[-1:]))
    return found


def test_the_search_finds_every_way_a_reason_is_made():
    assert codes('Missing("a" if x else "b")\nz = {"code": "c"}\ncode = "d"') == {*"abcd"}
    assert codes('def f():\n    return Status.NO_DATA, "e"') == {"e"}


def test_every_reason_has_a_sentence_and_every_sentence_a_reason():
    found = set().union(*(codes(source.read_text(encoding="utf-8")) for source in SOURCES))

    assert found == set(SENTENCES)


@pytest.mark.parametrize(("language", "stop"), [("zh-hans", "。"), ("en", ".")])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_reason_is_a_whole_sentence(code, language, stop):
    with translation.override(language):
        said = sentence({"code": code, "names": ["children@2020", "500101"]}, NAMES.get)

    assert said[-1] == stop
    assert "{" not in said


def test_names_are_those_the_office_uses_with_the_year_where_it_is_another():
    reason = {"code": "input_missing", "names": ["children", "children@2020"]}
    with translation.override("zh-hans"):
        assert "在园幼儿数、在园幼儿数 2020" in sentence(reason, NAMES.__getitem__)
    with translation.override("en"):
        assert sentence(reason, NAMES.__getitem__) == "Missing: 在园幼儿数, 在园幼儿数 2020."


def test_a_name_is_never_taken_for_a_placeholder():
    with translation.override("en"):
        said = sentence({"code": "input_missing", "names": ["x"]}, lambda _code: "{names} 100%")
    assert said == "Missing: {names} 100%."


def test_no_reason_is_no_sentence():
    assert sentence({}, NAMES.get) == ""
