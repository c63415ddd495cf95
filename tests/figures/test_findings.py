"""What the rules find is said in whole sentences, while it is typed and as it was stored."""

import ast
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.utils import timezone, translation

from indicators.figures.findings import SENTENCES, said, sentence_of
from indicators.measures import plausibility
from indicators.models import Finding, Rule
from indicators.results import validation
from tests.cast import YEAR

NUMBERS = dict.fromkeys(
    ("mine", "other", "before", "limit", "computed", "difference", "left", "right", "times"),
    D("12346"),
) | {"change": D("-3.8"), "score": D("4.1")}


def codes() -> set[str]:
    """Every text in the two modules that is given as the code of a slip or of what is broken."""
    found = set()
    for module in (validation, plausibility):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("Slip", "broken", "Broken"):
                found |= {text for argument in node.args for text in _texts(argument)}
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                found |= _texts(node.value)
    slips = {"slip_up", "slip_down", "times_up", "times_down", "nothing_left"}
    assert slips <= found
    return found | {"not_le", "not_ge", "not_eq"} | {f"{slip}_replaced" for slip in slips}


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def _texts(node: ast.AST) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    text = node.value if isinstance(node, ast.Constant) else None
    return {text} if isinstance(text, str) else set()


def test_two_shares_lie_points_apart(share):
    numbers = {"computed": D("81.1635"), "difference": D("1.1635")}
    said = sentence_of(Rule(code="r"), "total_differs", numbers, share, share)

    assert said == "由区县数据得出 81.1635%，与全市数相差 1.1635 个百分点，请核对并说明。"


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert codes() == set(SENTENCES)


@pytest.mark.parametrize(("language", "stop"), [("zh-hans", "。"), ("en", ".")])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_finding_is_a_whole_sentence(children, code, language, stop):
    rule = Rule(code="r", name_zh="规则", kind="range", severity="warning")
    with translation.override(language):
        sentence = sentence_of(rule, code, NUMBERS, children, children)

    assert sentence[-1] == stop
    assert "{" not in sentence


def test_the_office_adds_its_own_words(children):
    rule = Rule(code="r", name_zh="规则", message_zh="请附决算表。")
    assert sentence_of(rule, "unchanged", NUMBERS, children, children).endswith("请附决算表。")


def test_a_stored_finding_reads_as_it_did_when_it_was_found(submitted, children, usual_rules):
    finding = Finding.objects.create(
        submission=submitted,
        rule=Rule.objects.get(code="unit_slip"),
        indicator=children,
        year=YEAR,
        severity="warning",
        details={
            "code": "slip_up",
            "numbers": {"before": "12346.0000", "times": "10"},
            "other": "",
        },
        found_at=timezone.now(),
        explanation="新建两校",
    )
    one = said(finding)
    assert one.sentence.replace("\u2009", " ") == "约为上年 12 346 人的 10 倍，请核对单位和位数。"
    assert (one.explanation, one.is_error) == ("新建两校", False)
