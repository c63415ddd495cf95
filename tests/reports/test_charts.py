"""The charts of a report's annex: what has one, what is frozen of it, what it says."""

import hashlib
import json

import pytest
from django.utils import timezone

from indicators.documents import as_docx, as_html, as_text, compare, read_docx
from indicators.models import Definition, Indicator, ReportAct
from indicators.recording import Entry, save_values
from indicators.recording.binding import bind_figure
from indicators.recording.catalogue import save_definition
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, save_paragraph
from indicators.reports.charts import MOST
from indicators.reports.content import content_of, document_of
from indicators.reports.errata import differences, errata_of
from indicators.reports.site import site_of
from tests.cast import YEAR, enter, enter_approved, make_indicators, make_target

COURSE = {YEAR - 2: "758.71亿元", YEAR - 1: "780亿元"}
# As an edition holds it that was frozen before there were charts, and days in its list.
BEFORE = {
    "format": 1,
    "title": "山城报告",
    "unit": {"code": "500000", "name": "山城"},
    "evaluation_year": 2022,
    "date": "2023-03-20",
    "paragraphs": [
        {"level": 0, "number": "", "heading": "", "pieces": ["全市投入", {"figure": "F1"}, "。"]}
    ],
    "figures": {
        "F1": {
            "text": "805亿元",
            "indicator": "money",
            "name": "教育经费",
            "unit": {"code": "500000", "name": "山城"},
            "year": 2021,
            "form": "value",
            "base_year": None,
            "value": "80500000000",
            "unit_of_measure": "yuan",
            "statement": "",
            "qualifier": "exact",
            "basis": "填报",
            "period": "2021年",
            "status": "no_target",
            "target": None,
            "definition": {
                "version": 1,
                "valid_from": 1997,
                "meaning": "口径",
                "formula": "",
                "source": "",
            },
        }
    },
}


@pytest.fixture
def course(report, city, money):
    """Three years of what the text names."""
    for year, text in COURSE.items():
        enter_approved(money, city, text, year=year)
    return report


@pytest.fixture
def charts(course, supervisor):
    return lambda: content_of(course, supervisor).get("charts", [])


@pytest.fixture
def document(course, supervisor):
    return lambda: document_of(content_of(course, supervisor), "0" * 64)


@pytest.fixture
def later(request):
    """A fixture once the catalogue is as it shall be: what is approved must not move by it."""
    return request.getfixturevalue


@pytest.fixture
def frozen(course, city_lead, supervisor):
    def freeze_it():
        act_on_report(course, ReportAct.SUBMIT, actor=city_lead, version=1)
        approved = act_on_report(course, ReportAct.APPROVE, actor=supervisor, version=2)
        return freeze(
            approved,
            actor=supervisor,
            version=approved.version,
            content_of=lambda held: content_of(held, supervisor),
        )

    return freeze_it


def redefine(indicator, year):
    again = Definition(indicator=indicator, valid_from=year, meaning_zh="另一口径")
    save_definition(again, actor=None)


def rename(indicator, name):
    with changing_catalogue(actor=None):
        Indicator.objects.filter(pk=indicator.pk).update(name_zh=name)


def test_three_approved_years_of_what_the_text_names_are_drawn(charts):
    (chart,) = charts()

    assert [(one["year"], one["text"]) for one in chart["points"]] == [
        (YEAR - 2, "758.71亿元"),
        (YEAR - 1, "780亿元"),
        (YEAR, "805亿元"),
    ]
    assert chart["points"][0]["value"] == "75871000000"
    assert chart["finding"] == "2019年以来逐年上升"
    assert (chart["figure"], chart["shown_in"]["name"]) == ("F1", "亿元")


@pytest.mark.parametrize(
    ("before", "last", "finding"),
    [
        (("758亿元", "780亿元"), "700亿元", "低于2019年"),
        (("900亿元", "850亿元"), "805亿元", "2019年以来逐年下降"),
        (("805亿元", "805亿元"), "805亿元", "2019年以来持平"),
        (("805亿元", "700亿元"), "805亿元", "与2019年持平"),
        (("超过700亿元", "780亿元"), "805亿元", ""),
    ],
)
def test_the_finding_says_no_more_than_the_figures(charts, city, money, before, last, finding):
    for year, text in zip((YEAR - 2, YEAR - 1, YEAR), (*before, last), strict=True):
        enter_approved(money, city, text, year=year)

    (chart,) = charts()

    assert chart["finding"] == finding


def test_over_a_gap_nothing_is_said_of_the_years_between(charts, city, money):
    enter_approved(money, city, "700亿元", year=YEAR - 4)

    (chart,) = charts()

    assert chart["finding"] == "高于2017年"


def test_two_years_are_no_course(report, supervisor, city, money):
    enter_approved(money, city, "780亿元", year=YEAR - 1)

    assert "charts" not in content_of(report, supervisor)


def test_what_is_not_approved_is_not_drawn(charts, city, money, city_officer):
    enter(money, city, "700亿元", year=YEAR - 3, actor=city_officer)

    assert [one["year"] for one in charts()[0]["points"]] == [YEAR - 2, YEAR - 1, YEAR]


def test_a_part_of_a_year_is_not_drawn(charts, city, money):
    enter_approved(money, city, "700亿元", year=YEAR - 3, part_of_year=True)

    assert [one["year"] for one in charts()[0]["points"]] == [YEAR - 2, YEAR - 1, YEAR]


def test_a_change_of_the_definition_breaks_the_course(later, city, money):
    redefine(money, YEAR - 1)
    for year in (YEAR - 4, YEAR - 3):
        enter_approved(money, city, "700亿元", year=year)

    (chart,) = later("charts")()
    (drawn,) = later("document")().annexes[0].charts

    assert [one["year"] for one in chart["points"] if one["breaks"]] == [YEAR - 1]
    assert [one["definition"] for one in chart["points"]] == [1, 1, 1, 2, 2]
    assert chart["finding"] == "高于2020年"
    assert "2020年起口径调整，780亿元" in drawn.description


def test_two_years_on_either_side_of_a_break_are_no_course(later, city, money):
    redefine(money, YEAR - 1)
    enter_approved(money, city, "700亿元", year=YEAR - 3)

    assert later("charts")() == []


def test_after_a_break_in_the_last_year_no_way_is_told(later, city, money):
    redefine(money, YEAR)
    enter_approved(money, city, "700亿元", year=YEAR - 3)

    assert later("charts")()[0]["finding"] == "2021年口径调整，与此前不可比"


def test_what_is_made_up_never_stands_beside_what_is_real(later, city, money):
    make_target(money, "ge", 70_000_000_000, basis="demonstration")
    for year in (YEAR - 4, YEAR - 3):
        entry = Entry(money, city, year, 0, text="1亿元")
        tiers = ("reported", "approved")
        save_values([entry], actor=None, reason="", origin="demonstration", tiers=tiers)

    (chart,) = later("charts")()

    assert [one["year"] for one in chart["points"]] == [YEAR - 2, YEAR - 1, YEAR]
    assert (chart["made_up"], chart["target"]) == (False, None)


def test_the_target_is_drawn_in_the_unit_of_the_chart(later, money):
    make_target(money, "ge", 80_000_000_000)

    assert later("charts")()[0]["target"]["values"] == ["80000000000"]
    (drawn,) = later("document")().annexes[0].charts
    assert [int(one) for one in drawn.goal.numbers] == [800]
    assert drawn.goal.words.startswith("目标≥800亿元")
    assert drawn.goal.words in drawn.description


def test_charts_stand_in_the_order_of_the_text_each_once_and_not_without_end(
    report, city, city_officer, supervisor
):
    made = make_indicators(
        [f"m{n}" for n in range(MOST + 1)], aggregation="none", reporting_level="above"
    )
    marks = []
    for indicator in reversed(made):
        for year in (YEAR - 2, YEAR - 1, YEAR):
            enter_approved(indicator, city, "5", year=year)
        for form in ("value", "change"):
            bound = bind_figure(
                report, actor=city_officer, indicator=indicator, unit=city, year=YEAR, form=form
            )
            marks.append(bound.mark)
    save_paragraph(
        report.paragraphs.get(position=2),
        actor=city_officer,
        version=1,
        level=0,
        heading="",
        text="、".join(marks),
    )

    drawn = [one["indicator"] for one in content_of(report, supervisor)["charts"]]

    assert drawn == [one.code for one in reversed(made)][:MOST]


def test_the_annex_tells_all_that_is_drawn(document):
    drawn, listed = document().annexes

    assert [one.title for one in drawn.charts] == [
        "图1　教育经费：2021年805亿元，2019年以来逐年上升"
    ]
    assert drawn.charts[0].caption.startswith("山城；单位：亿元；2019年至2021年；来源：")
    assert [row[:4] for row in drawn.rows] == [
        ("图1", "教育经费", "2019年", "758.71亿元"),
        ("图1", "教育经费", "2020年", "780亿元"),
        ("图1", "教育经费", "2021年", "805亿元"),
    ]
    assert listed.head[-1] == "截至"
    for said in ("758.71亿元", "780亿元", "805亿元"):
        assert said in drawn.charts[0].description


def test_what_was_frozen_without_charts_keeps_its_bytes():
    document = document_of(BEFORE, "0" * 64)
    files = (as_docx(document), as_html(document).encode(), as_text(document).encode())

    assert [hashlib.sha256(one).hexdigest()[:16] for one in files] == [
        "35c846b91f087d4b",
        "741111d926b1055c",
        "5dd8a8136a36e502",
    ]


def test_the_bytes_stay_when_a_year_is_corrected_and_the_errata_tell_it(
    frozen, supervisor, city, money
):
    edition = frozen()
    before = as_docx(document_of(json.loads(edition.content), edition.digest))
    assert errata_of(edition, supervisor) == []
    enter_approved(money, city, "760亿元", year=YEAR - 2)

    (one,) = errata_of(edition, supervisor)

    assert (one.short_id, one.year, one.old, one.new) == ("F1", YEAR - 2, "758.71亿元", "760亿元")
    assert (one.reasons, one.sentences) == (["更正"], ["图1"])
    edition.refresh_from_db()
    assert as_docx(document_of(json.loads(edition.content), edition.digest)) == before


def test_a_corrected_figure_of_the_text_is_told_once(frozen, supervisor, city, money):
    edition = frozen()
    enter_approved(money, city, "806亿元")

    assert [one.sentences for one in errata_of(edition, supervisor)] == [["全市投入805亿元。"]]


def test_a_chart_is_published_while_each_of_its_years_is_what_it_was(frozen, city, money):
    edition = frozen()
    assert "758.71" in site_of(edition)["index.html"].decode()
    enter_approved(money, city, "760亿元", year=YEAR - 2)

    page = site_of(edition)["index.html"].decode()

    assert "805亿元" in page
    assert "758.71" not in page
    assert "有1幅图按规定不公开" in page


def test_a_chart_of_another_unit_is_not_published(
    report, city, city_officer, city_lead, supervisor, north, children
):
    for year in (YEAR - 2, YEAR - 1, YEAR):
        enter_approved(children, north, "4321", year=year)
    bound = bind_figure(
        report, actor=city_officer, indicator=children, unit=north, year=YEAR, form="value"
    )
    save_paragraph(
        report.paragraphs.get(position=2),
        actor=city_officer,
        version=1,
        level=0,
        heading="",
        text=f"北区{bound.mark}。",
    )
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    edition = freeze(
        report, actor=supervisor, version=3, content_of=lambda held: content_of(held, supervisor)
    )

    assert len(json.loads(edition.content)["charts"]) == 1
    everything = b"".join(site_of(edition).values()).decode().replace(edition.digest, "")
    assert "4321" not in everything
    assert "4 321" not in everything


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "#read(1)$x$", "超" * 30])
def test_a_name_is_text_and_comes_back(document, money, name):
    rename(money, name)
    made = document()

    assert "<script" not in as_html(made)
    assert name in as_text(made)
    assert compare(made, read_docx(as_docx(made))).is_unchanged


def test_two_editions_differ_in_a_year_that_only_a_chart_draws(
    frozen, supervisor, city, money, course
):
    old = frozen()
    enter_approved(money, city, "760亿元", year=YEAR - 2)
    enter_approved(money, city, "806亿元")
    course.refresh_from_db()
    new = freeze(
        course,
        actor=supervisor,
        version=course.version,
        content_of=lambda held: content_of(held, supervisor),
    )

    found = [(one.short_id, one.year, one.old, one.new) for one in differences(old, new)]

    assert found == [
        ("F1", YEAR, "805亿元", "806亿元"),
        ("F1", YEAR - 2, "758.71亿元", "760亿元"),
    ]


def test_what_is_frozen_is_the_same_on_every_database(charts):
    (chart,) = charts()
    day = timezone.localdate().isoformat()

    assert json.loads(json.dumps(chart["points"][0])) == {
        "year": YEAR - 2,
        "period": "2019年",
        "value": "75871000000",
        "text": "758.71亿元",
        "label": "758.71",
        "basis": "填报",
        "approved_on": day,
        "definition": 1,
        "breaks": False,
    }
    assert {name: chart[name] for name in ("figure", "unit", "shown_in", "target", "made_up")} == {
        "figure": "F1",
        "unit": {"code": "500000", "name": "山城"},
        "shown_in": {"name": "亿元", "factor": "100000000"},
        "target": None,
        "made_up": False,
    }
