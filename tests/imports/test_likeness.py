"""Which indicators stand first in the list for a label that is not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.imports.likeness import NEAREST, Likeness
from tests.cast import make_indicator
from tests.imports.workbooks import table, upload

NAMES = {
    "primary": "小学专任教师数",
    "junior": "初中专任教师数",
    "pupils": "小学在校生数",
    "kindergartens": "普惠性幼儿园覆盖率",
    "area": "生均校舍建筑面积",
}


@pytest.mark.parametrize(
    ("label", "first"),
    [
        ("专任教师 / 小学", "primary"),
        ("初中 / 专任教师（人）", "junior"),
        ("小学在校学生", "pupils"),
        ("校舍建筑面积", "area"),
        ("普惠园覆盖率", "kindergartens"),
    ],
)
def test_the_likeliest_stands_first(label, first):
    assert Likeness(NAMES).nearest(label)[0] == first


@pytest.mark.parametrize("label", ["", "备注", "1", "渝中区", "/"])
def test_what_is_near_nothing_offers_nothing(label):
    assert Likeness(NAMES).nearest(label) == []


@given(st.text(max_size=60), st.dictionaries(st.text(max_size=3), st.text(max_size=20), max_size=9))
def test_any_label_offers_few_of_the_names_there_are(label, names):
    near = Likeness(names).nearest(label)
    assert len(near) <= NEAREST
    assert set(near) <= set(names)


@given(st.sampled_from(sorted(NAMES)))
def test_a_name_is_nearest_to_itself(code):
    assert Likeness(NAMES).nearest(NAMES[code])[0] == code


def test_the_page_offers_similar_names_and_chooses_none(client, city_officer, north, south):
    client.force_login(city_officer)
    make_indicator("primary", name_zh="小学专任教师数")
    head = ["区县", "专任教师小学", "合计"]
    file = table(["北区", 1000, 5], ["南区", 900, 5], ["合计", 1900, 10], head=head)
    page = client.get(f"/imports/{upload(client, file).pk}/mapping/").text
    assert '<optgroup label="名称相近">' in page
    assert "合计，不指定含义则不导入" in page
    assert '<option value="primary" selected>' not in page
