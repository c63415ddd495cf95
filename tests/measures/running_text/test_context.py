import pytest

from indicators.measures.running_text.check import read


def last(text):
    return read(text).contexts[-1]


@pytest.mark.parametrize(
    ("text", "movement"),
    [
        ("增长6.1%", "up"),
        ("下降了约2%", "down"),
        ("降至3.32%", "to"),
        ("增至35家", "to"),
        ("提高到50%", "to"),
        ("由40%", "from"),
        ("从上年的40%", "from"),
        ("比上年的157亿元", "earlier"),
        ("较2020年的157亿元", "earlier"),
        ("新增学位11万个", ""),
        ("达98%", ""),
    ],
)
def test_movement(text, movement):
    assert last(text).movement == movement


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年，投入805亿元", 2021),
        ("2021年投入。又投入805亿元", None),
        ("较2020年增长6.1%", None),
        ("2021年以来投入805亿元", None),
        ("“十四五”规划（2021—2025年）及6个", None),
        ("二〇二一年投入805亿元", 2021),
        ("共3年投入805亿元", None),
        ("2021年，较2020年增长6%", 2021),
    ],
)
def test_year(text, year):
    assert last(text).year == year


@pytest.mark.parametrize(
    ("text", "intended"),
    [
        ("到2025年，达到95%", True),
        ("截至2021年，达到95%", False),
        ("力争达到95%", True),
        ("立项建设虚拟仿真实训基地16个", False),
        ("三、下一步打算\n达到95%", True),
        ("三、下一步打算\n达到。\n四、成效\n达到95%", False),
        ("三、下一步打算\n达到。\n附件：清单\n达到95%", False),
    ],
)
def test_what_is_only_intended(text, intended):
    assert last(text).intended is intended


def test_the_year_before():
    assert last("去年达到95%").years_back == 1
    assert last("比去年增长5%").years_back == 0
    assert last("2021年比去年，去年达到95%").years_back == 0
