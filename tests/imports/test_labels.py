"""Labels of own tables: all of a label is understood, or it is left open."""

import pytest

from indicators.imports.crosstab import Crosstab
from indicators.imports.labels import Meaning, Words, sheet_says, titles_say
from indicators.models import Indicator, Jurisdiction

CHILDREN = Indicator(code="children", name_zh="在园幼儿数", name_en="Children")
PUBLIC = Indicator(code="public", name_zh="在园幼儿数（公办）", name_en="Public")
SECOND = Indicator(code="second", name_zh="二年级在校生数", name_en="Second grade")
AGED = Indicator(code="aged", name_zh="4岁幼儿数", name_en="Aged four")
NORTH = Jurisdiction(code="500101", name_zh="北区", name_en="North", valid_from=1997)


@pytest.fixture
def words():
    return Words([CHILDREN, PUBLIC, SECOND, AGED], [NORTH], {}, ["普及保障"])


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("在园幼儿数", Meaning(indicator="children")),
        ("在园幼儿数（公办）", Meaning(indicator="public")),
        ("在园幼儿数（万人）", Meaning(indicator="children", measure="万人")),
        ("在园幼儿数（公办）（单位：万人）", Meaning(indicator="public", measure="万人")),
        ("2021年 / 在园幼儿数", Meaning(indicator="children", year="2021")),
        ("2021年在园幼儿数", Meaning(indicator="children", year="2021")),
        ("在园幼儿数2021", Meaning(indicator="children", year="2021")),
        ("2020/2021学年 / 在园幼儿数 / 合计", Meaning(indicator="children", year="2020")),
        ("北区 / 2021 / 万人", Meaning(unit="500101", year="2021", measure="万人")),
        ("在园幼儿数 / 比（1：x）", Meaning(indicator="children", measure="比（1：x）")),
        ("1.在园幼儿数（万人）", Meaning(indicator="children", measure="万人")),
        ("（一）在园幼儿数 / 12、北区", Meaning(indicator="children", unit="500101")),
        ("十一、普及保障 / ①在园幼儿数", Meaning(is_open=True)),
        ("区县", Meaning()),
        ("在园幼儿 / 在园幼儿数（万人）", Meaning(indicator="children", measure="万人")),
        ("普及保障 / 在园幼儿数", Meaning(indicator="children")),
        ("", Meaning()),
    ],
)
def test_a_label_of_known_parts_is_understood(words, label, meant):
    assert words.read(label) == meant


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("在园幼儿数 / 其中：女", ""),
        ("北区 / 其中：民办", ""),
        ("在园幼儿数 / 比2020年增减", ""),
        ("2021年 / 比上年增减", "2021"),
        ("在园幼儿数 / 2019-2021年合计", ""),
        ("在园幼儿数（不含民办）", ""),
        ("在园幼儿数 / 在园幼儿数（公办）", ""),
        ("2020年 / 2021年 / 在园幼儿数", "2020"),
        ("在园幼儿数20211", ""),
        ("2020/2025学年", ""),
        ("2021年 / 幼儿", "2021"),
        ("一、二年级在校生数", ""),
        ("3、4岁幼儿数", ""),
    ],
)
def test_a_label_with_a_part_that_is_not_understood_is_open(words, label, year):
    assert words.read(label) == Meaning(year=year, is_open=True)


@pytest.mark.parametrize(
    ("label", "measure", "proposed"),
    [
        ("学生与教师 / 在园幼儿数（万人）", "万人", "children"),
        ("其中：女 / 在园幼儿数", "", "children"),
        ("北区 / 学生与教师 / 在园幼儿数", "", "children"),
        ("学前教育 / 校舍（万平方米）", "万平方米", ""),
        ("在园幼儿数 / 其中：女（人）", "人", ""),
    ],
)
def test_an_open_label_proposes_what_its_last_part_names(words, label, measure, proposed):
    assert words.read(label) == Meaning(measure=measure, is_open=True, proposed=proposed)


@pytest.mark.parametrize(
    ("label", "indicator", "measure"),
    [
        ("生均经费（元）", "per_head", "元/人"),
        ("生均校舍 / ㎡", "floor", "平方米/人"),
        ("生均校舍（m²）", "floor", "平方米/人"),
        ("师生比 / 1：x", "ratio", "比（1：x）"),
    ],
)
@pytest.mark.django_db
def test_a_word_for_the_indicators_own_unit_of_measure_is_understood(label, indicator, measure):
    given = (
        ("per_head", "生均经费", "yuan_per_pupil"),
        ("floor", "生均校舍", "square_metres_per_pupil"),
        ("ratio", "师生比", "ratio"),
    )
    own = [Indicator(code=code, name_zh=name, unit=unit) for code, name, unit in given]
    assert Words(own, [], {}).read(label) == Meaning(indicator=indicator, measure=measure)


def test_a_name_that_units_had_one_after_the_other_is_one_unit():
    before = Jurisdiction(code="500103", name_zh="东区", valid_from=1997, valid_to=2021)
    after = Jurisdiction(code="500103", name_zh="东区", valid_from=2021)
    beside = Jurisdiction(code="500104", name_zh="东区", valid_from=1997)
    for label in ("东区", "500103", "2020年 / 东区"):
        assert Words([], [before, after], {}).read(label).unit == "东区"
    assert Words([], [before, after, beside], {}).read("东区").is_open


def test_what_was_chosen_for_a_label_closes_it():
    words = Words([CHILDREN], [], {"2021年 / 幼儿": {"indicator": "children", "year": "2021"}})
    assert words.read("2021年 / 幼儿") == Meaning(indicator="children", year="2021")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某市2021年学前教育统计", "2021"),
        ("2020年度统计表", "2020"),
        ("填表日期：2020年1月5日", ""),
        ("填报时间 2020年", ""),
        ("渝教发〔2019〕15号", ""),
        ("2019—2021年统计", ""),
        ("2019年至2021年统计", ""),
        ("2020年1月5日", ""),
    ],
)
def test_a_title_proposes_a_year_only_where_it_says_one(words, title, year):
    assert titles_say(words, Crosstab("表", (title,), ())).year == year


def test_titles_that_differ_propose_no_year(words):
    table = Crosstab("表", ("2019年统计", "2020年统计"), ())
    assert titles_say(words, table).year == ""


@pytest.mark.parametrize(
    ("sheet", "meant"),
    [("2020年", Meaning(year="2020")), ("北区2020年", Meaning(unit="500101", year="2020"))]
    + [(name, Meaning()) for name in ("2020年上半年", "Sheet1", "统计")],
)
def test_the_name_of_a_sheet_counts_where_all_of_it_is_known(words, sheet, meant):
    assert sheet_says(words, Crosstab(sheet, (), ())) == meant
