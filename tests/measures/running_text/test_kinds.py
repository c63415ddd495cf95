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
        ("发现一起查处一起。", "word"),
        ("成熟一个推进一个", "word"),
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
        ("“两个只增不减”情况", "name"),
        ("（P<0.01，95%CI）", "name"),
        ("最后1个问题", "band"),
        ("成绩十分优异", "word"),
        ("为同一人，", "word"),
        ("三个“更加”。", "rhetoric"),
        ("中央八项规定", "rhetoric"),
        ("2教师队伍建设", "number"),
        ("2022学生资助", "number"),
        ("截至2022，", "number"),
        ("每班50人", "criterion"),
        ("每校至少配备1名教师", "criterion"),
        ("每周开展2次", "criterion"),
        ("每10天调度1次", "criterion"),
        ("3—5人的大班额", "criterion"),
        ("三年级2班", "criterion"),
        ("坐6站公交", "criterion"),
        ("保留2位小数", "criterion"),
        ("200兆光纤", "criterion"),
        ("分3个小组", "criterion"),
        ("距主城18公里", "criterion"),
        ("400米标准田径场", "criterion"),
        ("围墙高度不足2米", "criterion"),
        ("满分30分", "criterion"),
        ("成绩不低于24分（满分30分）", "criterion"),
        ("照片3张", "criterion"),
        ("一式3份", "criterion"),
        ("一行12人", "criterion"),
        ("6人间", "criterion"),
        ("共13人参加的检查组", "criterion"),
        ("和平路36号2栋", "criterion"),
        ("高于不低于5%的规定", "criterion"),
        ("符合“不低于10%”要求", "criterion"),
        ("不足3:1的据实确定", "criterion"),
        ("按1:3的比例确定", "criterion"),
        ("人均1:3比例", "criterion"),
        ("按每千人36座的标准", "criterion"),
        ("单价50万元以上设备12台", "criterion"),
        ("400万元以上的施工", "criterion"),
        ("600分以上17人", "criterion"),
        ("不足100人的小规模学校", "criterion"),
        ("有5个班超过55人。", "criterion"),
        ("成绩×40%+", "criterion"),
        ("40%×成绩", "criterion"),
        ("按5%计取", "criterion"),
        ("突破10%的，须报批", "criterion"),
        ("与法定的50%相比", "criterion"),
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
        "户籍人口74.6万，",
        "拿出五千万支持",
        "全省第一，",
        "学校数：86；",
        "覆盖3000学生",
        "开展两次督查",
        "增长一倍，",
        "平均分46.3分",
        "得分93分",
        "新建围墙2300米",
        "连接路长0.8公里",
        "增加教师50人，按此计算",
        "按每生650元的标准拨付",
        "投入3亿元以上，",
        "超过50%的学校",
        "不足四成，",
        "九成以上的标准化学校",
        "发放问卷3份",
        "提出“保留29所、合并12所”的方案",
        "评出12个“双高”专业",
        "达到2000。",
    ],
)
def test_a_figure(text):
    assert "" in reasons(text)


def test_of_an_old_text_small_numbers_are_figures():
    text = "小学三百二十一所，中学四十六所，评出先进{}三项先进。"
    assert reasons(text)[-1] == ""
    assert reasons(text.replace("三百二十一", "321").replace("四十六", "46"))[-1] == "rhetoric"
