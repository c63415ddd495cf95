"""The brief: one page by rules, each line leading to its figures, nothing called what it is not."""

import io
import re

import pypdf
import pytest
import typst
from django.urls import reverse

from indicators.dashboards.brief import FIVE
from indicators.documents.typesetting import fonts_of_the_machine
from indicators.models import DutyArea, Export, Indicator
from indicators.recording.examination import examine_due
from indicators.recording.submission import submit
from tests.cast import YEAR, enter, make_indicator, make_statement, make_target, make_unit
from tests.round_cast import fresh, move_days

PAGE, PAPER = reverse("dashboards:brief"), reverse("dashboards:brief_paper")
BOTH_INEXACT = [("higher_better", "不足100", "不足110"), ("higher_better", "约95", "100")]
RATE = {"unit": "percent", "display_unit": "percent", "quantity_kind": "rate", "decimals": 2}


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)

    def ask(address=PAGE, **asked):
        return client.get(address, {"jurisdiction": "500000", **asked})

    return ask


def parts(answer):
    return {
        heading: [f"{line.name}：{line.text}".replace("\u2009", " ") for line in lines]
        for heading, lines in answer.context["brief"].parts
    }


@pytest.fixture
def told(city, north, south):
    """Of the city: a rate that rose and meets its target, one that fell and misses it, one that
    has none and fell; the second by a district that misses it too."""
    good = make_indicator("good", name_zh="巩固率", direction="higher_better", **RATE)
    bad = make_indicator(
        "bad", name_zh="覆盖率", direction="higher_better", owner_department="基础教育处", **RATE
    )
    free = make_indicator("free", name_zh="班额", direction="lower_better", decimals=0)
    make_target(good, "ge", 95)
    make_target(bad, "ge", 90)
    make_target(bad, "ge", 90, level="county")
    for indicator, before, now in ((good, "94", "96"), (bad, "85", "80.5"), (free, "40", "44")):
        enter(indicator, city, before, year=YEAR - 1)
        enter(indicator, city, now)
    return good, bad, free


def test_what_rose_is_praised_and_what_misses_or_got_worse_is_pressed(page, told):
    found = parts(page())

    assert found["值得肯定"] == ["巩固率：96%，比上年上升 2.00 个百分点，目标≥ 95%，已达到。"]
    assert found["需要督促"] == [
        "覆盖率：80.5%，目标≥ 90%，差 9.50 个百分点，比上年下降 4.50 个百分点。",
        "班额：44 人，比上年增长 10.00%。",
    ]
    assert found["需要过问"] == ["覆盖率：请基础教育处说明采取的措施。"]


def test_who_misses_it_below_is_asked_by_name(page, told, north, south):
    enter(told[1], north, "70")
    enter(told[1], south, "91")

    assert parts(page())["需要过问"] == ["覆盖率：请北区说明未达标的原因和措施。"]


def test_each_duty_area_says_what_is_met_missed_and_moved(page, told):
    [line] = parts(page())["各职责领域"]

    assert line.endswith(
        "可与目标比较的 2 项指标中，1 项达标、1 项未达。未达：覆盖率。"
        "与上年相比，1 项向好、2 项变差。"
    )


def test_each_line_leads_to_its_figures(page, told):
    answer = page()
    for _heading, lines in answer.context["brief"].parts:
        for line in lines:
            assert f'href="{line.url.replace("&", "&amp;")}"' in answer.content.decode()
            assert page(line.url.partition("#")[0]).status_code == 200


def test_no_more_than_five_are_praised_and_five_pressed(page, city):
    for number in range(8):
        for course, before, now in (("up", 50, 60 + number), ("down", 60 + number, 50)):
            one = make_indicator(f"{course}_{number}", direction="higher_better", **RATE)
            enter(one, city, str(before), year=YEAR - 1)
            enter(one, city, str(now))
    found = parts(page())

    assert len(found["值得肯定"]) == len(found["需要督促"]) == FIVE
    assert found["值得肯定"][0].startswith("指标up_7")
    assert found["需要督促"][0].startswith("指标down_7")


@pytest.mark.usefixtures("usual_rules")
def test_what_is_to_be_verified_is_neither_praised_nor_pressed_but_asked_about(
    page, children, north, south
):
    Indicator.objects.filter(pk=children.pk).update(direction="higher_better")
    for unit in (north, south):
        enter(children, unit, "1000", year=YEAR - 1)
        enter(children, unit, "1010")
    enter(children, north, "10100")
    examine_due()
    found = parts(page())

    assert "值得肯定" not in found
    assert found["需要过问"] == ["待核：请北区说明或更正，共 1 项。"]


def test_who_is_late_is_asked_for_what_the_round_asked_and_did_not_get(
    page, asked, of_north, children, children_public, city, north, officer, lead
):
    make_indicator("besides")
    enter(children, city, "5000")
    enter(children, north, "100", actor=officer)
    enter(children_public, north, state="not_available", state_reason="统计中", actor=officer)
    submit(of_north, actor=lead, version=fresh(of_north).version)
    assert "需要过问" not in parts(page())

    move_days(asked, opens=-9, due=-2, closes=9)
    for tier in ("reported", "approved"):
        assert parts(page(tier=tier))["需要过问"] == ["逾期未报：请南区补报，共缺 2 项。"]


def test_what_will_not_be_in_time_is_pressed_and_not_praised(page, city):
    slow = make_indicator("slow", name_zh="进度慢", direction="higher_better", **RATE)
    make_target(slow, "ge", 95, basis="city_plan", year=YEAR + 4)
    for back, number in enumerate(("92", "91.9", "91.8", "91.7", "91.6")):
        enter(slow, city, number, year=YEAR - back)
    found = parts(page())

    assert "值得肯定" not in found
    [line] = found["需要督促"]
    assert line.endswith("比上年上升 0.10 个百分点，按目前进度：进展有限。")


@pytest.mark.parametrize(
    ("direction", "before", "now"),
    [("lower_better", "102", "超过100"), ("higher_better", "95", "不足100"), *BOTH_INEXACT],
)
def test_what_its_qualifier_leaves_open_is_no_rise_and_no_fall(page, city, direction, before, now):
    one = make_indicator("one", name_zh="某项", direction=direction)
    enter(one, city, before, year=YEAR - 1)
    enter(one, city, now)

    assert not {"值得肯定", "需要督促"} & parts(page()).keys()


def test_a_rise_that_is_one_whatever_its_qualifier_is_praised_without_a_size(page, city):
    one = make_indicator("one", name_zh="某项", direction="higher_better")
    enter(one, city, "95", year=YEAR - 1)
    enter(one, city, "超过100")

    assert parts(page())["值得肯定"] == ["某项：超过100 人。"]


def test_what_is_less_than_its_target_by_a_word_is_not_zero_away(page, city):
    rate = make_indicator("rate", name_zh="某率", direction="higher_better", **RATE)
    make_target(rate, "ge", 95, margin=0)
    enter(rate, city, "95", year=YEAR - 1)
    enter(rate, city, "不足95")

    assert parts(page())["需要督促"] == ["某率：不足95%，目标≥ 95%，未达到。"]


def test_an_odd_parameter_is_not_kept_with_the_paper(page, told):
    assert page(PAPER, odd="\0", area="x").status_code == 200
    assert set(Export.objects.get().asked) == {"year", "jurisdiction", "tier"}


def test_a_district_has_one_of_its_own_and_no_other(client, officer, told, north):
    enter(told[1], north, "70")
    client.force_login(officer)

    assert client.get(PAGE, {"jurisdiction": "500102"}).status_code == 404
    answer = client.get(PAGE)
    assert answer.context["unit"] == north
    assert parts(answer)["需要督促"] == ["覆盖率：70%，目标≥ 90%，差 20.00 个百分点。"]
    assert client.get(PAPER, {"jurisdiction": "500101"}).status_code == 200


def drawn(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    [only] = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s", "", only.extract_text())


def test_the_paper_is_one_page_that_says_the_same(page, told):
    text = drawn(page(PAPER))

    for lines in parts(page()).values():
        for line in lines:
            assert re.sub(r"\s", "", line) in text
    kept = Export.objects.get()
    assert (kept.kind, kept.format, kept.name) == (
        "brief",
        "pdf",
        f"山城{YEAR}年工作简报.pdf",
    )


def test_the_paper_stays_one_page_however_much_there_is_to_say(page, city, areas_of_plenty):
    text = drawn(page(PAPER))

    assert text.count("很长的名称") > 40
    assert "需要过问" in text


@pytest.fixture
def areas_of_plenty(city):
    for number in range(14):
        area = DutyArea.objects.create(
            code=f"area_{number}", name_zh=f"第{number}个职责领域", position=100 + number
        )
        for at in range(4):
            one = make_indicator(
                f"one_{number}_{at}",
                name_zh=f"一个有三十来个字的很长的名称用来看看一页纸能不能写得下第{number}{at}",
                duty_area=area,
                owner_department="基础教育与终身教育发展规划处",
                direction="higher_better",
                **RATE,
            )
            make_target(one, "ge", 90)
            enter(one, city, str(50 + number), year=YEAR - 1)
            enter(one, city, str(40 + at))


def test_what_no_size_lets_fit_goes_on_behind(page, city):
    for number in range(5):
        one = make_indicator(
            f"long_{number}", name_zh="长" * 200, direction="higher_better", **RATE
        )
        make_target(one, "ge", 90)
        enter(one, city, str(40 + number))
    for number in range(30):
        area = DutyArea.objects.create(
            code=f"area_{number}", name_zh=f"{number}" + "领域" * 90, position=100 + number
        )
        one = make_indicator(f"one_{number}", name_zh="短", duty_area=area, **RATE)
        make_target(one, "ge", 90)
        enter(one, city, "40")
    answer = page(PAPER)

    assert answer.status_code == 200
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert "".join(one.extract_text() for one in pages).count("长") >= 5 * 200


def test_what_looks_like_mark_up_is_text(page, city):
    hostile = '#panic("x") $1/0$ *a* <b> \\ @c {{ d }}'
    north = make_unit("500101", "<i>北</i>区#", parent=city)
    odd = make_indicator("odd", name_zh=hostile, direction="higher_better", **RATE)
    for level in ("city", "county"):
        make_target(odd, "ge", 90, level=level)
    for unit in (city, north):
        enter(odd, unit, "70")

    assert re.sub(r"\s", "", hostile) in drawn(page(PAPER))
    content = page().content.decode()
    assert "<b>" not in content
    assert "&lt;i&gt;北" in content


def test_without_a_chinese_font_it_says_what_is_missing(page, told, monkeypatch):
    every = typst.Fonts
    fonts_of_the_machine.cache_clear()
    monkeypatch.setattr(typst, "Fonts", lambda: every(include_system_fonts=False))
    answer = page(PAPER)
    fonts_of_the_machine.cache_clear()

    assert answer.status_code == 409
    assert "服务器没有安装中文字体" in answer.content.decode()
    assert not Export.objects.exists()


def test_a_statement_that_is_not_met_says_so(page, city):
    covered = make_statement("covered", name_zh="落实情况")
    make_target(covered, "all")
    enter(covered, city, "部分学校", statement="not_met")

    assert parts(page())["需要督促"] == ["落实情况：未达到，目标全覆盖，未达到。"]
