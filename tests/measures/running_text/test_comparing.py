from decimal import Decimal

import pytest

from indicators.measures.running_text.check import read
from indicators.measures.running_text.comparing import ComparableFigure, verdict


def of(text, number, qualifier="exact"):
    [quantity] = [one for one in read(text).quantities if one.sort != "time"]
    return verdict(quantity, ComparableFigure(2021, Decimal(number), qualifier))


@pytest.mark.parametrize(
    ("text", "number", "qualifier", "said"),
    [
        ("805亿元", "80500000000", "exact", "agrees"),
        ("805亿元", "80512345678", "exact", "agrees_rounded"),
        ("805.0亿元", "80512345678", "exact", "differs"),
        ("54.5%", "54.45", "exact", "agrees_rounded"),
        ("54.450%", "54.45", "exact", "agrees"),
        ("42余万人次", "420000", "remainder", "agrees"),
        ("超过42万人次", "420000", "remainder", "agrees"),
        ("42万人次", "420000", "remainder", "agrees_rounded"),
        ("41余万人次", "420000", "remainder", "differs"),
        ("43万人次", "420000", "remainder", "differs"),
        ("42余万人次", "425318", "exact", "agrees_rounded"),
        ("40余万人次", "425318", "exact", "agrees_rounded"),
        ("30余万人次", "425318", "exact", "differs"),
        ("超过80%", "83.2", "exact", "agrees_rounded"),
        ("超过40%", "83.2", "exact", "differs"),
        ("超过80%", "80", "exact", "differs"),
        ("80%以上", "80", "exact", "agrees_rounded"),
        ("不足90%", "89.6", "exact", "agrees_rounded"),
        ("不足90%", "70", "exact", "differs"),
        ("不足90%", "90", "exact", "differs"),
        ("约90%", "89", "exact", "agrees_rounded"),
        ("约0%", "0.3", "exact", "agrees_rounded"),
        ("10%至20%", "10", "exact", None),
        ("九九成", "99", "exact", "differs"),
    ],
)
def test_verdict(text, number, qualifier, said):
    quantity = read(text).quantities[0]
    known = ComparableFigure(2021, Decimal(number), qualifier)
    assert verdict(quantity, known) == (said or "agrees")


@pytest.mark.parametrize(("stored", "said"), [("met", "agrees"), ("partly", "differs")])
def test_a_statement_agrees_with_what_is_met(stored, said):
    quantity = read("党的工作全覆盖").quantities[0]
    assert verdict(quantity, ComparableFigure(2021, statement=stored)) == said


def test_a_number_differs_from_a_statement():
    assert verdict(read("95%").quantities[0], ComparableFigure(2021, statement="met")) == "differs"


def test_a_figure_is_of_the_years_of_its_period():
    known = ComparableFigure(2022, Decimal(1), since=2021)
    assert [known.is_of(year) for year in (2020, 2021, 2022, 2023)] == [False, True, True, False]
    assert ComparableFigure(2022).is_of(2022)
