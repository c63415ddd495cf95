"""The words that may stand behind a number in running text, and what kind of thing they count.

Which units there are is the catalogue's; here is what tells a quantity from a date, an age or the
number of a paragraph, whatever the catalogue holds.
"""

from __future__ import annotations

import re

# Class of a word; `time`, `age` and `order` count nothing that is a figure.
_SHARES = {"%": "percent", "‰": "permille"}
_POINTS = ("个百分点", "百分点")
_MONEY = (
    "美元",
    "欧元",
    "元/生·年",
    "元/人·年",
    "元/生/年",
    "元/人/年",
    "元/生",
    "元/人",
    "元",
    "块钱",
)
_COUNTS = (
    "人次", "人月", "人", "名", "位", "个班", "个", "所", "家", "项次", "项目", "项", "条", "件",
    "次", "场次", "场", "间", "台套", "台", "套", "部", "册", "本", "班次", "班", "节课", "节",
    "课时", "学时", "学分", "平方米", "平方公里", "公里", "千米", "米", "亩", "公顷", "吨",
    "公斤", "千克", "户", "座", "处", "门次", "门", "支", "篇", "种", "类", "批次", "批", "对",
    "张", "辆", "枚", "块", "幅", "份", "只", "则", "例", "起", "宗", "笔", "站", "点位", "个点",
    "栋", "幢", "床", "粒", "组", "轮次", "轮", "倍", "倍数", "校", "校次", "生", "篇次", "期次",
    "单位", "m²", "㎡", "GB", "TB", "Mbps", "兆", "瓦", "千瓦时", "度电", "立方米", "株", "棵",
    "封", "万", "字", "片", "盏", "架", "首", "艘", "箱", "盒", "桶", "副", "席", "卷", "学位",
    "学生", "教师", "老师", "师生", "家长", "党员", "考生", "幼儿", "儿童", "孩子", "群众", "家庭",
    "学校", "幼儿园", "班级", "平米", "平方", "台次", "车次", "架次", "户次", "家次", "例次", "遍",
    "趟", "通", "床位", "座位", "岗位", "分", "厘米", "毫米", "课次", "阶段", "村", "街道", "乡镇",
    "区县", "省市", "市州", "县",
)  # fmt: skip
_TIME = (
    "年度", "年制", "年级", "周年", "学年", "年代", "年", "个月", "月份", "月", "日", "天",
    "个工作日", "工作日", "号", "小时", "个小时", "分钟", "秒", "个学期", "学期", "季度", "周",
    "个星期", "星期", "点钟", "时许", "个学年", "个年头", "世纪", "周末", "个周末",
    "个晚上", "个假期", "个寒暑假", "个春秋", "刻钟", "日内", "学段",
)  # fmt: skip
_AGE = ("周岁", "岁")
_ORDER = (
    "届",
    "期",
    "级",
    "等奖",
    "等",
    "流",
    "线",
    "股",
    "版",
    "楼",
    "路",
    "师",
    "页",
    "代",
    "度",
    "基点",
    "个基点",
)

CLASSES: dict[str, str] = (
    dict.fromkeys(_ORDER, "order")
    | dict.fromkeys(_AGE, "age")
    | dict.fromkeys(_TIME, "time")
    | dict.fromkeys(_COUNTS, "count")
    | dict.fromkeys(_MONEY, "money")
    | dict.fromkeys(_POINTS, "points")
    | dict.fromkeys(_SHARES, "share")
)
# Where the sign begins another word, it is no word of counting: 3片区, 2022本科, 10分钟.
_NOT_BEFORE = {
    "通": "过知报常道用信行",
    "支": "持付出援教部撑",
    "家": "长校园访委",
    "生": "均源活产态涯",
    "位": "于居列次置",
    "部": "门署分委",
    "只": "有要能是增",
    "起": "来点步草",
    "例": "如",
    "对": "于口标接照比",
    "组": "织建",
    "条": "件",
    "节": "约假日省能",
    "处": "理于室分长",
    "座": "谈落",
    "场": "所地馆",
    "门": "户票",
    "本": "科市省县区校年级届地人报公部期",
    "片": "区面段",
    "架": "构设",
    "首": "次先批位创席届都要",
    "副": "校主书县市区教处科局总省厅部高",
    "席": "卷",
    "箱": "包",
    "卷": "入面",
    "分": "钟之别类析布为级层批组期配校支队公享流管离段担部行明工开解散子数",
}
# Persons and places told without a word of counting: 3000学生; few of them are a title, 2教师队伍.
NOUNS = frozenset(
    ("学生", "教师", "老师", "师生", "家长", "党员", "考生", "幼儿", "儿童", "孩子", "群众", "家庭",
     "学校", "幼儿园", "班级")
)  # fmt: skip
LENGTHS = ("米", "公里", "千米", "厘米", "毫米")


def _pattern(word: str) -> str:
    behind = _NOT_BEFORE.get(word)
    return f"{re.escape(word)}(?![{behind}])" if behind else re.escape(word)


WORD = "|".join(_pattern(word) for word in sorted(CLASSES, key=len, reverse=True))
# Words of counting that also make names and headings: 三项, 四个; a small number before them is
# rhetoric more often than a figure.
LIGHT = frozenset(
    ("个", "项", "条", "类", "种", "次", "批", "批次", "轮", "对", "点位", "支", "门", "组", "则",
     "阶段", "站", "校", "生", "单位", "期次", "点", "件", "节", "班", "字")
)  # fmt: skip
_CODES = {"百分点": "percentage_points", "个百分点": "percentage_points", "元": "yuan"}


def code_of(word: str) -> str:
    """The code of what the word alone tells, else the word.

    >>> code_of("%"), code_of("元"), code_of("所")
    ('percent', 'yuan', '所')
    """
    return _SHARES.get(word) or _CODES.get(word, word)
