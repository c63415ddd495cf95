"""What a supervisor asks, answered from home in three clicks at most; each answer as it is worked
out apart from the exported CSV."""

import csv
import io
import re
import statistics
from decimal import Decimal

import pytest
from django.test import Client

from indicators.figures.long_format import COLUMNS
from indicators.models import Jurisdiction, User
from indicators.recording.examination import examine_due
from tests.cast import (
    PASSWORD,
    YEAR,
    enter,
    make_indicator,
    make_share,
    make_target,
    make_unit,
    make_user,
)
from tests.journeys.looking import follow

pytestmark = [pytest.mark.thorough, pytest.mark.page]

# By unit: children, those of them in public places, last year and this one.
CHILDREN = {
    "北区": ((1000, 300), (1010, 505)),
    "南区": ((2000, 900), (2000, 840)),
    "东区": ((400, 280), (410, 328)),
    "西区": ((500, 150), (5100, 160)),  # ten times as many, which a rule doubts
}
SILENT = "中区"


@pytest.fixture
def asked(transactional_db, usual_rules, city, supervisor):
    """Five districts, of which one is silent; a share with targets, and a number of the city's."""
    total = make_indicator("children", name_zh="在园幼儿", direction="none", display_unit="persons")
    public = make_indicator("public", name_zh="公办园幼儿", direction="higher_better")
    share = make_share("share", "public / children * 100")
    share.name_zh, share.direction, share.decimals = "公办占比", "higher_better", 2
    share.save()
    rate = make_indicator(
        "rate",
        name_zh="巩固率",
        aggregation="none",
        reporting_level="above",
        direction="higher_better",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
    )
    make_target(share, "ge", 50, level="county")
    make_target(rate, "ge", 96, basis="city_plan", year=YEAR + 2)
    for at, name in enumerate((*CHILDREN, SILENT)):
        unit = make_unit(f"50010{at + 1}", name, parent=city, tile_column=at, tile_row=0)
        for year, (all_of, some) in zip((YEAR - 1, YEAR), CHILDREN.get(name, ()), strict=False):
            enter(total, unit, str(all_of), year=year)
            enter(public, unit, str(some), year=year)
    for year, number in ((YEAR - 2, "94"), (YEAR - 1, "94.2"), (YEAR, "94.4")):
        enter(rate, city, number, year=year)
    examine_due()


@pytest.fixture
def figures(asked):
    """Number by indicator, unit and year, as the export has it; and what stands in its columns."""
    return exported_by("supervisor")


def exported_by(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get("/export/figures.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    table = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
    return {(one["indicator"], one["jurisdiction_name"], int(one["year"])): one for one in table}


def number(figures, *place):
    text = re.sub(r"[^\d.−-]", "", figures[place]["value"]).replace("−", "-")
    return Decimal(text)


@pytest.fixture
def home(visitor, asked):
    return home_of(visitor(), "supervisor")


def home_of(page, username):
    page.goto("/login/?next=/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    follow(page, "button.primary")
    return page


def go(page, *links):
    """From home by so many clicks."""
    assert len(links) <= 3
    page.goto("/")
    for link in links:
        follow(page, page.get_by_role("link", name=link, exact=True).first)
    return page


def rows(page, label):
    return page.locator(f"section[aria-labelledby={label}] table tbody tr")


def test_which_duties_are_met_and_what_changed(home, figures):
    page = go(home, "总览")
    with_light = [
        one
        for (_code, unit, year), one in figures.items()
        if unit == "山城" and year == YEAR and one["target"]
    ]
    assert [one["indicator"] for one in with_light] == ["rate"]
    assert "1 项接近" in page.locator(".finding").inner_text()

    before, now = (number(figures, "public", "山城", year) for year in (YEAR - 1, YEAR))
    growth = (now / before - 1) * 100
    moved = page.locator("section[aria-labelledby=moved]").inner_text()
    assert f"公办园幼儿 +{growth:.2f}%" in moved


def test_what_slips_and_whether_the_target_year_is_reached(home, figures):
    page = go(home, "总览", "目标能否按期达到")
    first, now = (number(figures, "rate", "山城", year) for year in (YEAR - 2, YEAR))
    ratio = ((now - first) / 2) / ((Decimal(96) - first) / 4) * 100

    cells = rows(page, "ways").first.inner_text()
    assert "巩固率" in cells
    assert "进展有限" in cells
    assert f"{ratio:.1f}%" in cells


def test_which_districts_are_worst_how_unequal_and_where(home, figures):
    page = go(home, "指标", "公办占比")
    shares = {
        unit: number(figures, "public", unit, YEAR) / number(figures, "children", unit, YEAR) * 100
        for unit in CHILDREN
    }
    worst = min(shares, key=lambda unit: shares[unit])
    first = rows(page, "apart").first
    assert first.locator("th").inner_text() == worst
    assert f"{shares[worst]:.2f}" in first.inner_text()

    numbers = [round(float(share), 4) for share in shares.values()]
    variation = statistics.pstdev(numbers) / statistics.mean(numbers)
    assert f"{variation:.3f}" in rows(page, "unequal").last.inner_text()

    tiles = dict.fromkeys(CHILDREN)
    for tile in page.locator("svg.tiles a").all():
        name, value, *_marks = tile.locator("text").all_text_contents()
        tiles[name] = value
    assert tiles[SILENT].strip() == "—"
    assert f"{shares[worst]:.2f}%" in tiles[worst]


def test_who_has_not_reported(home, figures):
    page = go(home, "区县")
    told = {unit for (_code, unit, year) in figures if year == YEAR}
    silent = rows_of_units(page)
    assert {name for name, reported in silent.items() if reported == "0"} == {SILENT}
    assert SILENT not in told


def rows_of_units(page):
    found = {}
    for row in page.locator("table.counts tbody tr").all():
        name = row.locator("th a").first.inner_text()
        found[name] = row.locator("td").nth(1).inner_text().split(" / ")[0]
    return found


def test_why_a_light_is_red(home, figures):
    page = go(home, "指标", "公办占比", "南区")
    share = (
        number(figures, "public", "南区", YEAR) / number(figures, "children", "南区", YEAR) * 100
    )
    why = page.locator("section[aria-labelledby=why]").inner_text()
    assert "≥ 50%" in why
    assert f"{50 - share:.2f} 个百分点" in why


def test_how_two_districts_compare(home, figures):
    page = go(home, "区县", "两个单位对照")
    page.select_option("[name=jurisdiction]", label="北区")
    page.select_option("[name=other]", label="南区")
    follow(page, "form.filters button")
    shares = [
        number(figures, "public", unit, YEAR) / number(figures, "children", unit, YEAR) * 100
        for unit in ("北区", "南区")
    ]
    row = rows(page, "pairs").filter(has_text="公办占比").inner_text()
    assert f"+{shares[0] - shares[1]:.2f} 个百分点" in row
    assert "较好" in row


def test_which_lights_rest_on_doubtful_figures(home, figures):
    doubtful = {place for place, one in figures.items() if one["doubt"] == "待核"}
    assert {(code, unit) for code, unit, _year in doubtful} >= {("children", "西区")}
    home.goto("/")
    follow(home, home.locator("a[href='/doubts/']").first)
    told = home.locator("table.figures tbody").inner_text()
    assert "西区" in told
    assert "在园幼儿" in told


def test_a_districts_lead_reads_the_same_of_the_own_district(visitor, asked):
    make_user("lead", "lead", Jurisdiction.objects.get(name_zh="北区"))
    page, own = home_of(visitor(), "lead"), exported_by("lead")
    assert {unit for (_code, unit, _year) in own} <= {"北区", "山城"}
    before, now = (number(own, "public", "北区", year) for year in (YEAR - 1, YEAR))
    share = now / number(own, "children", "北区", YEAR) * 100

    go(page, "总览")
    assert "北区" in page.locator("h1").inner_text()
    assert "1 项达标" in page.locator(".finding").inner_text()
    moved = page.locator("section[aria-labelledby=moved]").inner_text()
    assert f"公办园幼儿 +{(now / before - 1) * 100:.2f}%" in moved

    go(page, "总览", "公办占比")
    why = page.locator("section[aria-labelledby=why]").inner_text()
    assert "达标" in why
    assert f"{share:.2f}%" in page.locator(".finding").inner_text()

    go(page, "总览", "两年对照")
    row = rows(page, "pairs").filter(has_text="公办园幼儿").inner_text()
    assert f"+{(now / before - 1) * 100:.2f}%" in row
    assert "向好" in row
