"""The words of labels: how a path of heads is cut, and which rows sum up or average others."""

from __future__ import annotations

import re

from indicators.measures.characters import as_ascii

BETWEEN = " / "
SPACES = re.compile(r"\s+")
_TOTALS = re.compile(
    r"合计|总计|小计|总数|共计|[全本][省市区县]|total|sum|.*(?:合计|总计|小计|共计)", re.IGNORECASE
)
_MEANS = re.compile(r"平均(?:值|数|水平)?|均值|average|mean", re.IGNORECASE)
_WHOLE = re.compile(r"^全[省市区县](?=.)")
_BEHIND = re.compile(r"\([^()]*\)$")


def bare(text: str) -> str:
    """The text without what says nothing more in front of other words."""
    return _WHOLE.sub("", as_ascii(SPACES.sub("", text)))


def is_total(label: str) -> bool:
    """Whether a row of the label sums up others, or averages them.

    >>> is_total("全市合计"), is_total("合 计"), is_total("13区县合计"), is_total("渝中区")
    (True, True, True, False)
    """
    return any(map(_TOTALS.fullmatch, _parts(label))) or is_mean(label)


def is_mean(label: str) -> bool:
    """Whether a row of the label averages others, and no sum of theirs is to be found in it.

    >>> is_mean("全市平均"), is_mean("平均班额")
    (True, False)
    """
    return any(map(_MEANS.fullmatch, _parts(label)))


def _parts(label: str) -> list[str]:
    return [_BEHIND.sub("", bare(part)) for part in label.split(BETWEEN)]
