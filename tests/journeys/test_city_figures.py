"""The city's figures as a page shows them are those of its report, and what the units below report
adds up to what is shown for the city, to the last digit, or the difference is told."""

import csv
import re
from decimal import Decimal

import pytest
from django.conf import settings

from indicators.models import Jurisdiction
from indicators.recording import Entry, save_values
from tests.journeys.sheet import indicator, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

AS_PRINTED = settings.BASE_DIR / "seeds/chongqing/figures.csv"
PLACES = {"": 0, "万": 4, "亿": 8}
RANKS = "〇一二三四五六七八九"
NUMBER = re.compile(r"([\d.,\u2009]+)(余?)(万|亿|)(余?)")
# By what is said in words: what a page calls it.
IN_WORDS = {"全覆盖": "达到", "全面达标": "达到", "只增不减": "达到"}
EXPENDITURE = "general_public_budget_education_expenditure"


def number_in(words):
    """What the words of a report or a page say: a number, and whether it is more."""
    if words.startswith("第") and words[1] in RANKS:
        return Decimal(RANKS.index(words[1])), False
    digits, rest, scale, more = NUMBER.search(words.replace(" ", "")).groups()
    number = Decimal(re.sub("[,\u2009]", "", digits)).scaleb(PLACES[scale])
    return number, bool(rest or more or "超过" in words)


def shown_at(page, address):
    """By the code of the indicator: what stands in its row under the value."""
    page.goto(address)
    rows = page.locator("table.figures tbody tr").filter(has=page.locator("th code"))
    return {
        row.locator("th code").get_attribute("title"): row.locator("td.value .figure").inner_text()
        for row in rows.all()
        if row.locator("td.value .figure").count()
    }


def test_the_citys_figures_are_those_of_the_report(visitor, sign_in):
    page = sign_in(visitor(), "supervisor")
    shown = shown_at(page, "/overview/?year=2022&jurisdiction=500000&rows=all")
    with AS_PRINTED.open(encoding="utf-8-sig", newline="") as file:
        printed = {row["indicator"]: row["as_entered"] for row in csv.DictReader(file)}

    assert len(printed) == 63
    for code, words in printed.items():
        if words in IN_WORDS:
            assert shown[code] == IN_WORDS[words], code
        else:
            assert number_in(shown[code]) == number_in(words), (code, shown[code], words)


SPENT = {
    "500106": "123.4567亿",
    "500103": "9.87亿",
    "500112": "1,234,567,891.23",
    "500151": "0.03亿",
}


@pytest.fixture
def spent(whole_city):
    """Of four districts; and of all in the year in which the city states a sum itself."""
    every = Jurisdiction.objects.valid_in(2021).filter(parent=unit("500000"))
    entries = [
        Entry(indicator(EXPENDITURE), one, year, version=0, text=SPENT.get(one.code, "1.5亿"))
        for one in every
        for year in (2020, 2021)
        if year == 2021 or one.code in SPENT
    ]
    save_values(entries, actor=None, reason="", origin="entered")


def units_shown(page, year):
    page.goto(f"/indicators/{EXPENDITURE}/?year={year}")
    cells = page.locator("section[aria-labelledby=apart] tbody td.value").all()
    numbers = [cell.get_attribute("data-number") for cell in cells]
    return [Decimal(one) for one in numbers if one]


def test_what_districts_report_adds_up_to_what_is_shown(visitor, sign_in, spent):
    page = sign_in(visitor(), "supervisor")
    apart = units_shown(page, 2020)
    assert len(apart) == len(SPENT)

    page.goto(f"/figures/{EXPENDITURE}/500000/2020/")
    told = page.locator("section[aria-labelledby=made-of] dd").first.inner_text()
    exact = re.search(r"([\d\u2009.]+) 元", told)[1].replace("\u2009", "")
    typed = sum(number_in(text)[0] for text in SPENT.values())
    assert Decimal(exact) == sum(apart).scaleb(8) == typed


def test_where_the_city_states_another_sum_the_difference_is_told(visitor, sign_in, spent):
    page = sign_in(visitor(), "supervisor")
    apart = units_shown(page, 2021)
    assert len(apart) == 41

    page.goto("/reliability/?year=2022")
    row = page.locator("section[aria-labelledby=compared] tbody tr").first
    assert row.locator("td").nth(0).get_attribute("data-number") == "805"
    assert f"{sum(apart):.2f}" in row.locator("td").nth(1).inner_text()
    assert row.locator("td").nth(2).inner_text() == f"不一致 +{805 - sum(apart):.2f} 亿元"
