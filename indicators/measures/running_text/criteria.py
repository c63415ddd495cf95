"""Numbers by which something is told, and that count nothing: 56人以上大班额, 每班50人, 满分30分,
距主城18公里, 照片3张, 6人组成的检查组, ≥96%.

Goes in: the text and a quantity that has a unit; comes out: whether it is such a number.
"""

from __future__ import annotations

import re

from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.units import LENGTHS

# Officials write 超过 and 不低于 of figures; the sign is a target's.
_BOUND_SIGNS = tuple("≥≤＞＜><≧≦")
_CLAUSE = re.compile(r"[，,。；;！？!?\n:：]")
_BOUNDED = ("more_than", "at_least", "less_than", "at_most")
_LOOK_BACK, _LOOK_ON = 24, 24
_ENDED = re.compile(r"$|[，。；、！？!?,;)）”\n]")

_EACH = re.compile(
    "每[一个]?$|占?每$|每[一个]?(?:班|组|队|车|桌|室|间|节课|科)(?:不[超多]过|不少于|至少)?$"
)
_OFTEN = re.compile(
    r"每(?:学期|学年|季度|半?年|月|周|天|日|\d{1,3} ?[天日周月年])[^，,。；;、]{0,6}$"
)
_TIMES = ("次", "场", "场次", "轮", "课时", "节", "期次")
_INCLUDING = re.compile("及以[上下]")
_SIZED = re.compile("(?:及以[上下])?[的大超班规制]")
_NAMES_MORE = re.compile(r"[^，,。；;、！？\n\d]{1,10}\d")
_OF_SOME = re.compile(r"\d[个所家名][^，,。；;、\d]{0,4}$")
_RULE = re.compile(
    "[”」]?的?(?:[^，,。；;、\\d]{0,4})(?:规定|要求|标准(?!化)|底线|红线|原则|上限|下限)"
)
# What is to be done where something is so: 突破10%的，须重新报批.
_CASE = re.compile("的[，,]?(?:须|应|要|不得|按|由|予以|一律|可以|不予)")
_BY_LAW = re.compile("(?:法定|规定|要求)的?$")
_HELD_AGAINST = re.compile("相比|(?:的)?(?:标准|要求|比例|底线)")
_RECKONED = re.compile("按照?$")
_RECKONS = re.compile("拨付|核[定拨]|计[算取提]|测算|提取|配[备置]|执行|收取")
_BANDWIDTH = re.compile("光纤|宽带|带宽|网络|专线")
_DIVIDED = re.compile("分(?:成|为)?$")
_PARTIES = re.compile("小组|检查组|工作组|督导组|调研组|路|批次")
_QUOTED_RULE = re.compile("“[^”]{0,16}$")
_BY = re.compile(r"(?:按|依)照?[^，,。；;！？\n]*$")
_RULED = re.compile("[^，,。；;！？\n]{0,16}的?(?:标准|比例|比率|要求|定额)")
_EACH_MUST = re.compile(
    "每[一个]?[校班镇乡村县区级园室][^，,。；;、]{0,8}(?:至少|不少于|不低于|[应须要])[^，,。；;、]{0,6}$"
)
_RANGED = ("range_from", "range_to")
_OF_SIZE = re.compile("的?(?:超?大班|小班|班额)")
_CLASS = re.compile("(?:年级|[初高][一二三]) ?$")
_PRICE = re.compile("(?:单价|价值|单[台件笔项]|限额)[^，,。；;]{0,4}$")
_WORKS = re.compile(
    "建|铺|架设|敷设|改造|安装|硬化|绿化|修缮|维修|整修|拓宽|疏通|更换|总长|全长|里程|长(?:约|达|为)?$"
)
_PLACED = re.compile("距|离|宽|高|厚|深|半径|范围|行程|往返|路上|路程")
_TRACK = re.compile("(?:标准|环形|直道|塑胶|田径|跑)")
_SCORED = re.compile(
    "[得均评考]分|平均|[高低]分|成绩|分数线|得了?$|高[于出]|低于|提[高升]|增加|上升|下降"
)
_FULL = re.compile("满分|总分|计$|占$|由$|从$|至$|到$|不[低高]于")
_PAPERS = re.compile("(?:一式|照片?|复印件|原件|证件|证明|材料|报名表|登记表)(?:各|共|一式)?$")
_MEMBERS = re.compile(
    "[间座桌](?!学)|制|赛|组成|以[上下]的?[间组]|的?(?:专班|小组|工作组|专家组|检查组|督导组)"
)
_FORMED = re.compile(
    "[^，,。；;、\\d]{0,8}(?:组成|参加|参与)的?[^，,。；;、\\d]{0,8}(?:组|队|团|专班|委员会)"
)
_ADDRESS = re.compile(r"(?:路|街|巷|道|\d(?:号|栋|幢|单元|弄|楼|院|座)) ?$")


def is_criterion(text: str, quantity: Quantity) -> bool:
    """
    >>> from indicators.measures.running_text.check import read
    >>> read("每班50人，距县城18公里，满分30分，一行12人。").reasons
    ['criterion', 'criterion', 'criterion', 'word', 'criterion']
    >>> read("招生50人，新建管线18公里，平均得分30分。").reasons
    ['', '', '']
    """
    left = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    clause = _CLAUSE.split(left)[-1]
    right = text[quantity.end : quantity.end + _LOOK_ON]
    if text.startswith(_BOUND_SIGNS, quantity.start):
        return True
    if quantity.qualifier in _BOUNDED and _is_rule(text, quantity, clause, right):
        return True
    if quantity.sort != "money" and _RECKONED.search(clause) and _RECKONS.match(right):
        return True
    if _CASE.match(right) or (_BY_LAW.search(clause) and _HELD_AGAINST.match(right)):
        return True
    if _BY.search(left) and _RULED.match(right) and quantity.sort != "money":
        return True
    if quantity.sort == "ratio":
        return bool(re.match("的?比例", right))
    if quantity.sort == "share":
        return left.endswith(("×", "*")) or right[:1] == "×"
    if quantity.sort != "count":
        return False
    return (
        bool(_EACH.search(clause))
        or bool(_EACH_MUST.search(clause))
        or (quantity.qualifier in _RANGED and bool(_OF_SIZE.match(right)))
        or (quantity.word == "班" and bool(_CLASS.search(left)))
        or (quantity.word == "兆" and bool(_BANDWIDTH.match(right)))
        or bool(_DIVIDED.search(clause) and _PARTIES.match(right))
        or (quantity.word == "站" and clause.endswith(("坐", "乘")))
        or (quantity.word == "位" and right.startswith("小数"))
        or (quantity.word in _TIMES and bool(_OFTEN.search(clause)))
        or bool(_INCLUDING.match(right))
        or (quantity.word in LENGTHS and _is_length(clause, right))
        or (quantity.word == "分" and not _is_score(quantity, clause))
        or (quantity.word in ("份", "张", "套") and bool(_PAPERS.search(clause)))
        or (quantity.word in ("人", "名", "位") and _is_team(clause, right))
        or (quantity.word in ("栋", "幢", "座", "家", "组", "号") and bool(_ADDRESS.search(left)))
    )


def _is_rule(text: str, quantity: Quantity, clause: str, right: str) -> bool:
    """A bound that the text quotes, or by which it says which it counts."""
    if _RULE.match(right) or _QUOTED_RULE.search(clause):
        return True
    if quantity.sort == "share":
        return False
    if quantity.sort == "ratio":
        return right.startswith("的")
    if quantity.qualifier in ("at_least", "at_most") and _SIZED.match(right):
        return quantity.sort == "count" or (quantity.sort == "money" and right[0] == "的")
    if quantity.qualifier == "less_than" and quantity.sort == "count" and right[:1] == "的":
        return True
    if _PRICE.search(clause):
        return True
    if text[quantity.end - 1] in "上下内" and _NAMES_MORE.match(right):
        return True
    return bool(_OF_SOME.search(clause) and _ENDED.match(right))


def _is_length(clause: str, right: str) -> bool:
    """How far or how high something is, unless it was built."""
    if _PLACED.search(clause) or _TRACK.match(right):
        return True
    return not _WORKS.search(clause)


def _is_score(quantity: Quantity, clause: str) -> bool:
    """What somebody reached, not what there is to reach, nor how late it is."""
    if _FULL.search(clause):
        return False
    decimals = quantity.value is not None and quantity.place < 0
    return decimals or bool(_SCORED.search(clause))


def _is_team(clause: str, right: str) -> bool:
    return bool(
        clause.endswith(("一行", "一行共")) or _MEMBERS.match(right) or _FORMED.match(right)
    )
