"""What is no figure, kind by kind; beside each, what of the same look is one."""

import pytest

from indicators.measures.running_text.check import read
from indicators.measures.running_text.kinds import REASONS


def reasons(text):
    return read(text).reasons


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021年投入", "time"),
        ("连续5年增长", "time"),
        ("前三年毛入园率", "time"),
        ("3岁幼儿", "age"),
        ("获一等奖", "order"),
        ("第37届大赛", "ordinal"),
        ("第三批基地", "ordinal"),
        ("办法第十二条", "ordinal"),
        ("第二，深化改革", "ordinal"),
        ("排名前1%学科", "band"),
        ("前10名学校", "band"),
        ("“5+2”服务", "name"),
        ("5G网络", "name"),
        ("接入G318所", "name"),
        ("“30个百日”行动", "name"),
        ("统一管理", "word"),
        ("一批学校", "word"),
        ("建成一所学校", "word"),
        ("一、措施", "word"),
        ("三五所", "word"),
        ("1．措施", "number"),
        ("电话12345转", "number"),
        ("1" * 30, "number"),
        ("每百名学生", "criterion"),
        ("56人以上大班额", "criterion"),
        ("56人及以上的班", "criterion"),
        ("8个方面", "rhetoric"),
        ("五大工程", "word"),
        ("三项措施并举", "rhetoric"),
        ("五项行动", "rhetoric"),
        ("数百名教师", "vague"),
        ("数十名教师", "vague"),
        ("千名教师下乡", "vague"),
        ("三、下一步打算\n对教材实行全覆盖", "intended"),
    ],
)
def test_no_figure(text, why):
    assert why in reasons(text)
    assert why in REASONS


@pytest.mark.parametrize(
    "text",
    [
        "目前10名学生",
        "位居全国第四。",
        "获得第二名",
        "达到12345。",
        "新建3所学校",
        "新增小学一所，",
        "选派两名教师",
        "评出先进三项。",
        "三十五项措施",
        "1000人以上参加",
        "近百所学校",
        "占三成。",
        "师生比1:15",
        "“实现805亿元投入的目标没有变，还要继续努力下去”",
        "（“双减”）48所",
        "党的工作全覆盖",
    ],
)
def test_a_figure(text):
    assert "" in reasons(text)


def test_of_an_old_text_small_numbers_are_figures():
    text = "小学三百二十一所，中学四十六所，评出先进{}三项先进。"
    assert reasons(text)[-1] == ""
    assert reasons(text.replace("三百二十一", "321").replace("四十六", "46"))[-1] == "rhetoric"
