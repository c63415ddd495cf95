"""The words before and behind a number that say how exactly it is meant: 约, 超过, 以上, 出头.

Those that an entered figure may have (`measures.quantities`), and those of running text alone.
"""

from __future__ import annotations

import re

from indicators.measures.quantities import BEFORE

_BEFORE = {code: list(words) for code, words in BEFORE.items()}
_BEFORE["more_than"] += ["突破", "不止", "过"]
_BEFORE["at_least"] += ["最少", "起码"]
_BEFORE["less_than"] += ["未达", "未到", "不及"]
_BEFORE["about"] += ["差不多", "几乎", "几近", "大致"]
_BEFORE["at_most"] = ["不超过", "不高于", "不多于", "不大于", "至多", "最多", "≤"]
_BEFORE["at_least"].append("≥")
_BEFORE["more_than"].append(">")
_BEFORE["less_than"].append("<")
_SAYS = {word: code for code, words in _BEFORE.items() for word in words}
# 节约, 最近, 高超 and 通过 are words of their own.
_NOT_BEHIND = {
    "约": "节签预制契条违缔集履",
    "近": "最附远靠亲临邻",
    "超": "赶反高",
    "过": "通超经不越路胜",
}
_WORDS = "|".join(
    f"(?<![{_NOT_BEHIND[word]}]){word}" if word in _NOT_BEHIND else word
    for word in sorted(_SAYS, key=len, reverse=True)
)
_QUALIFIER = re.compile(rf"(?P<word>{_WORDS})(?:了|为|达到?|有|占|在|于){{0,2}} ?$")
_LOOK_BACK = 9
# 约占总数的一成 is about a tenth.
_OF_WHOLE = re.compile(rf"(?P<word>{_WORDS})占[^，,。；;、\d]{{1,10}}的$")
_LOOK_FURTHER = 18
_BEHIND = re.compile(
    "(?P<word>以上|以下|以内|之内|左右|上下|之多|出头|不到(?=$|[，。；、！？,;)）\n]))"
)
_AFTER = {
    "以上": "at_least",
    "左右": "about",
    "上下": "about",
    "之多": "exact",
    "出头": "remainder",
    "不到": "less_than",
}


def said_before(text: str, start: int, *, large: bool) -> tuple[int, str]:
    """Where the words begin, and their code; of none `start` and exact. 过 is 超过 of a share or
    of a `large` number only: 去过3次 says that somebody went.

    >>> said_before("约占三成", 2, large=True), said_before("去过3次", 2, large=False)
    ((0, 'about'), (2, 'exact'))
    """
    said = _QUALIFIER.search(text[max(0, start - _LOOK_BACK) : start])
    if not said:
        of_whole = _OF_WHOLE.search(text[max(0, start - _LOOK_FURTHER) : start])
        return start, _SAYS[of_whole["word"]] if of_whole else "exact"
    if said["word"] == "过" and not large:
        return start, "exact"
    return start - len(said[0]), _SAYS[said["word"]]


def said_behind(text: str, end: int) -> tuple[int, str]:
    """Where the words end, and their code; of none `end` and exact.

    >>> said_behind("95%以上", 3), said_behind("三成不到。", 2)
    ((5, 'at_least'), (4, 'less_than'))
    """
    behind = _BEHIND.match(text, end)
    if not behind:
        return end, "exact"
    return behind.end(), _AFTER.get(behind["word"], "at_most")
