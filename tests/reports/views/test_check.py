"""The number check of a report: what it draws, who may bind, and that the text reads as before."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import FigureForm, Paragraph, Report, ReportAct
from indicators.models.report import Level
from indicators.recording.report import Draft, act_on_report, begin_report, save_paragraph
from indicators.reports import checking
from indicators.reports.reading import read_report
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_statement

BUTTON = re.compile(r'name="start" value="(\d+)"><button name="figure" value="([^"]+)"')
HOSTILE = "<script>alert(1)</script>{{ 7 }}{F9}‮教育经费805亿元‬，“{F2}”"


@pytest.fixture
def write(report, city_officer):
    """Puts a text into the report's second paragraph."""

    def writes(text):
        found = report.paragraphs.get(position=2)
        said = {"version": found.version, "level": Level.TEXT, "heading": "", "text": text}
        return save_paragraph(found, actor=city_officer, **said)

    return writes


@pytest.fixture
def page(client, report):
    def asks(user):
        client.force_login(user)
        return client.get(reverse("reports:check", args=[report.pk]))

    return asks


@pytest.fixture
def press(client, page):
    """Posts what a button of the page does, or would: the `nth` that is for the figure."""

    def presses(user, paragraph, *, version=None, figure=None, nth=0, **data):
        buttons = BUTTON.findall(page(user).content.decode())
        if figure is not None:
            starts = [start for start, code in buttons if code == figure]
            data = {"figure": figure, "start": starts[nth] if starts else 4, **data}
        data["version"] = paragraph.version if version is None else version
        return client.post(reverse("reports:bind", args=[paragraph.pk]), data)

    return presses


def figure_of(indicator, unit):
    return f"{indicator.code} {unit.code} {YEAR}"


def numbers(response):
    return [number for one in response.context["checked"].paragraphs for number in one.numbers]


def now(paragraph):
    return Paragraph.objects.get(pk=paragraph.pk).text


def reads(paragraph, user):
    read = read_report(Report.objects.get(pk=paragraph.report_id), user)
    return next(one.text for one in read.paragraphs if one.paragraph == paragraph)


def test_a_number_is_bound_with_one_click(page, press, write, city, money, city_officer):
    paragraph = write("教育经费805亿元。")
    shown = page(city_officer)
    assert ">绑定<" in shown.content.decode()

    answer = press(city_officer, paragraph, figure=figure_of(money, city))

    assert answer.url == f"{reverse('reports:check', args=[paragraph.report_id])}#n1"
    assert now(paragraph) == "教育经费{F1}。"
    after = page(city_officer)
    assert "已绑定：“805亿元”为山城" in after.content.decode()
    assert [number.bound.bound.mark for number in numbers(after)] == ["{F1}"]
    assert reads(paragraph, city_officer) == "教育经费805亿元。"


def test_what_is_bound_keeps_its_place_on_the_page(page, press, write, city, money, city_officer):
    paragraph = write("教育经费805亿元。教育经费805亿元。")
    before = [one.mark.check.start for one in numbers(page(city_officer))]
    press(city_officer, paragraph, nth=1, figure=figure_of(money, city))

    after = numbers(page(city_officer))
    assert now(paragraph) == "教育经费805亿元。教育经费{F1}。"
    assert [one.mark.check.start for one in after] == before
    assert [bool(one.bound) for one in after] == [False, True]


def test_all_that_are_clear_are_bound_at_once(page, press, write, city, city_officer):
    enter_approved(make_indicator("teachers", name_zh="专任教师数", unit="persons"), city, "36215")
    paragraph = write("教育经费805亿元，专任教师36215名，教育经费806亿元。")
    assert "全部绑定（2 处）" in page(city_officer).content.decode()

    answer = press(city_officer, paragraph)

    assert answer.url.endswith(f"#paragraph_{paragraph.pk}")
    assert now(paragraph) == "教育经费{F1}，专任教师{F2}，教育经费806亿元。"
    assert "已绑定 2 处数字" in page(city_officer).content.decode()
    assert reads(paragraph, city_officer) == "教育经费805亿元，专任教师36215名，教育经费806亿元。"
    assert Paragraph.objects.get(pk=paragraph.pk).version == paragraph.version + 1


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("36215", "36215人"),
        ("36215", "36215名"),
        ("36215", "3.6215万名"),
        ("36215", "3.62万人"),
        ("36215", "约3.6万人"),
        ("3.6余万", "3.6余万人"),
        ("超过3.6万", "超过3.6万人"),
        ("36000以上", "3.6万人以上"),
    ],
)
def test_the_form_is_the_text_s_own(page, press, write, city, city_officer, entered, said):
    """The same word, as many decimals, and its 余 and 超过."""
    teachers = make_indicator(
        "teachers", name_zh="专任教师数", unit="persons", display_unit="wan_persons"
    )
    enter_approved(teachers, city, entered)
    paragraph = write(f"全市专任教师{said}。")

    answer = press(city_officer, paragraph, figure=figure_of(teachers, city))

    assert answer.status_code == 302
    assert "{F2}" in now(paragraph)
    assert reads(paragraph, city_officer) == f"全市专任教师{said}。"


def test_a_change_is_bound_with_the_word_that_tells_its_direction(press, write, city, city_officer):
    growth = make_indicator(
        "growth", name_zh="教育支出增长", unit="percent", quantity_kind="growth_rate"
    )
    enter_approved(growth, city, "6.1%")
    paragraph = write("教育支出增长6.1%。")
    press(city_officer, paragraph, figure=figure_of(growth, city))

    assert now(paragraph) == "教育支出{F2}。"
    assert reads(paragraph, city_officer) == "教育支出增长6.1%。"


def test_a_statement_is_bound_in_its_words(press, write, city, city_officer):
    guards = make_statement("guards", name_zh="专职保安配备覆盖")
    enter_approved(guards, city, statement="met")
    paragraph = write("专职保安配备全覆盖。")
    press(city_officer, paragraph, figure=figure_of(guards, city))

    assert now(paragraph) == "专职保安配备{F2}。"
    assert paragraph.report.figures.get(number=2).form == FigureForm.COVERAGE


def test_where_two_figures_are_meant_each_has_its_button(page, press, write, city, city_officer):
    ranks = [
        make_indicator(code, name_zh=name, unit="rank", display_unit="", quantity_kind="rank")
        for code, name in (("medals", "技能大赛金牌数位次"), ("scores", "技能大赛总分位次"))
    ]
    for rank in ranks:
        enter_approved(rank, city, "4")
    paragraph = write("技能大赛金牌数、总分均位居全国第四。")
    shown = page(city_officer)
    (number,) = numbers(shown)

    assert len(number.offered) == 2
    assert f"绑定：技能大赛总分位次（山城，{YEAR} 年）" in shown.content.decode()
    assert press(city_officer, paragraph).status_code == 409  # none of them is clear
    press(city_officer, paragraph, figure=figure_of(ranks[1], city))
    assert now(paragraph) == "技能大赛金牌数、总分均位居全国{F2}。"
    assert paragraph.report.figures.get(number=2).indicator == ranks[1]


@pytest.mark.parametrize("said", ["８０５亿元", "805 亿元", "八百零五亿元"])
def test_what_would_read_otherwise_is_told_and_not_bound(
    page, press, write, city, money, city_officer, said
):
    paragraph = write(f"教育经费{said}。")
    shown = page(city_officer).content.decode()

    assert "绑定后读作“805亿元”，与原文写法不同" in shown
    assert 'name="figure"' not in shown
    answer = press(city_officer, paragraph, figure=figure_of(money, city))
    assert (answer.status_code, "不能绑定" in answer.content.decode()) == (409, True)
    assert now(paragraph) == f"教育经费{said}。"


@pytest.mark.parametrize("said", ["806亿元", "80亿元"])
def test_what_differs_is_offered_nothing(page, press, write, city, money, city_officer, said):
    paragraph = write(f"教育经费{said}。")

    assert 'name="figure"' not in page(city_officer).content.decode()
    assert press(city_officer, paragraph, figure=figure_of(money, city)).status_code == 409


def test_a_figure_counts_as_it_would_stand_in_the_text(page, write, city, money, city_officer):
    """Approved, though another is reported since; where none is, as it was reported."""
    enter(money, city, "900亿元")
    enter(make_indicator("teachers", name_zh="专任教师数", unit="persons"), city, "5")
    write("教育经费805亿元。教育经费900亿元。专任教师5人。")
    shown = numbers(page(city_officer))

    assert [(one.mark.check.verdict, bool(one.offered)) for one in shown] == [
        ("agrees", True),
        ("differs", False),
        ("agrees", True),
    ]
    assert "805" in shown[0].mark.figures[0].drawn


def test_a_stale_version_gives_the_words_of_a_conflict(
    page, press, write, city, money, city_officer, city_lead
):
    paragraph = write("教育经费805亿元。")
    text = "去年教育经费805亿元。"
    save_paragraph(paragraph, actor=city_lead, version=2, level=0, heading="", text=text)

    for asked in ({"figure": figure_of(money, city)}, {}):
        answer = press(city_officer, paragraph, version=2, **asked)
        assert answer.status_code == 409
        assert "刚刚修改了这一段" in answer.content.decode()
        assert now(paragraph) == text


def test_who_only_reads_sees_the_check_without_buttons(
    page, press, write, city, money, supervisor, auditor
):
    paragraph = write("教育经费805亿元。教育经费805亿元。")
    for reader in (supervisor, auditor):
        shown = page(reader)
        assert len(numbers(shown)) == 2
        assert reverse("reports:bind", args=[paragraph.pk]) not in shown.content.decode()
        answer = press(reader, paragraph, figure=figure_of(money, city))
        assert answer.status_code == 409
        assert press(reader, paragraph).status_code == 409
    assert now(paragraph) == "教育经费805亿元。教育经费805亿元。"


def test_to_others_there_is_no_report(page, press, write, city, money, officer, editor):
    paragraph = write("教育经费805亿元。")
    for other in (officer, editor):
        assert page(other).status_code == 404
        answer = press(other, paragraph, figure=figure_of(money, city))
        assert answer.status_code == 404


def test_what_was_handed_in_or_frozen_is_not_bound(
    page, press, write, city, money, city_officer, city_lead, supervisor
):
    paragraph = write("教育经费805亿元。")
    report = act_on_report(paragraph.report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)

    assert 'name="figure"' not in page(city_officer).content.decode()
    answer = press(city_officer, paragraph, figure=figure_of(money, city))
    assert answer.status_code == 409
    assert now(paragraph) == "教育经费805亿元。"


def test_a_district_is_not_offered_the_city_s_figure(client, city, north, officer, money):
    enter_approved(money, city, "805亿元")
    text = f"{city.name_zh}教育经费805亿元。"
    report = begin_report(
        north, YEAR, actor=officer, title="北区报告", drafts=[Draft(Level.TEXT, text=text)]
    )
    client.force_login(officer)
    shown = client.get(reverse("reports:check", args=[report.pk]))

    assert [one.mark.check.verdict for one in numbers(shown)] == ["agrees"]
    assert "本报告不绑定其数据" in shown.content.decode()
    assert 'name="figure"' not in shown.content.decode()


def test_hostile_text_is_text(page, press, write, city, money, city_officer):
    paragraph = write(HOSTILE)
    shown = page(city_officer).content.decode()
    assert "<script>alert" not in shown
    assert "{{ 7 }}{F9}" in shown

    press(city_officer, paragraph, figure=figure_of(money, city))
    assert now(paragraph) == HOSTILE.replace("805亿元", "{F1}")
    assert reads(paragraph, city_officer) == HOSTILE


@pytest.mark.parametrize(
    "data",
    [
        {"version": "x"},
        {"version": 0},
        {"version": "9" * 30},
        {"start": "9" * 30, "figure": "money"},
        {"start": 4, "figure": "money"},
        {"start": 4, "figure": "'; DROP TABLE"},
        {"start": 99, "figure": "money 500000 2021"},
        {"start": 3, "figure": "money 500000 2021"},
        {"start": "²", "figure": "money"},
        {"start": -1, "figure": "money"},
    ],
)
def test_what_no_button_posts_is_refused(press, write, city_officer, data):
    paragraph = write("教育经费805亿元。")
    assert press(city_officer, paragraph, **data).status_code == 409
    assert now(paragraph) == "教育经费805亿元。"


def test_a_paragraph_that_is_too_long_is_named_and_the_rest_is_checked(
    page, write, money, city_officer, report, monkeypatch
):
    monkeypatch.setattr(checking, "MOST", 30)
    write("教育经费805亿元。" * 4)
    shown = page(city_officer)
    assert "本段过长" in shown.content.decode()
    assert numbers(shown) == []

    write("教育经费805亿元。")
    assert len(numbers(page(city_officer))) == 1


@pytest.mark.thorough
def test_a_megabyte_of_numbers_ends(page, write, money, city_officer):
    write("教育经费805亿元。" * 15_000)
    assert len(numbers(page(city_officer))) == 15_000


def test_more_numbers_ask_no_more_of_the_database(page, write, money, city_officer):
    asked = []
    for times in (1, 3):
        write("教育经费805亿元。" * times)
        page(city_officer)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(city_officer)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_report_and_the_paragraph_lead_to_it(client, write, report, city_officer):
    paragraph = write("教育经费805亿元。")
    client.force_login(city_officer)
    address = reverse("reports:check", args=[report.pk])
    for at in (report.get_absolute_url(), paragraph.get_absolute_url()):
        assert f'href="{address}' in client.get(at).content.decode()


def test_a_report_without_figures_says_so(client, city, city_officer):
    report = begin_report(
        city, YEAR, actor=city_officer, title="空", drafts=[Draft(Level.TEXT, text="没有数字。")]
    )
    client.force_login(city_officer)
    shown = client.get(reverse("reports:check", args=[report.pk])).content.decode()
    assert "其中没有属于数据的数字" in shown
    assert not re.search(r">[^<]*[A-Za-z]{4,}[^<]*<", shown.split("<main")[1].split("</main")[0])
