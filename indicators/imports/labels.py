"""What the labels of an office's own table mean: an indicator, a unit, a year, a unit of measure.

Decided: a label is understood where each of its parts is; with one word more (其中：女,
比2020年增减) it means another thing, so its indicator and unit are left open and its year is only
proposed, as is the indicator that its last part names (学生与教师 / 在校生). Titles propose; what
the user chose for the file goes before them. A name that several units had one after the other is
a unit by itself: the year of each figure tells which.

Goes in: a label, and the words by which things are called here. Comes out: its Meaning, as far as
it can be told without asking; what is left open somebody chooses on the page, and what was chosen
is kept under a name for the next file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from indicators.imports.crosstab import MEASURED_IN, Crosstab
from indicators.imports.label_words import BETWEEN
from indicators.measures.characters import as_ascii
from indicators.measures.words import plain_code, plain_word, year_of
from indicators.models import UNITS, Indicator, Jurisdiction

LEAVE_OUT = "-"
HARMLESS = frozenset(
    re.findall(
        r"\S+",
        """
        数 值 数值 数量 数据 指标 指标值 指标名称 填报值 名称 项目
        单位 单位名称 填报单位 区县 区县名称 区 县 地区
        年份 年度 年 年末 年底 末 底 合计 总计 小计 总数 共计
        """,
    )
)
# A year at the front or the end of a part; what is beside it must be a word by itself.
_DATED = re.compile(
    r"(?P<year>[0-9]{4}(?:/[0-9]{2,4}学年度?|学年度?|年度?)?)(?P<rest>\D.*)|"
    r"(?P<before>.*\D)(?P<last>[0-9]{4}(?:/[0-9]{2,4}学年度?|学年度?|年度?)?)"
)
# 1. and （一） in front of a part only count it; 3.5, 3、4岁 and 一、二年级 say more.
_NUMBERED = re.compile(
    r"[0-9]{1,2}[.、](?![0-9])|\([0-9一二三四五六七八九十]{1,3}\)|"
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
)
_BRACKET = re.compile(r"(?P<before>.*)\((?P<inside>[^()]*)\)")
# In a title the year has to be said to be one, and be neither part of a date nor of a span.
_IN_TITLE = re.compile(
    r"(?<![-0-9~至到—./年])((?:19|20|21)[0-9]{2})(?:学年|年)度?(?![0-9]|[-~至到—])"
)
_DATE = re.compile("日期|时间|填表|填报于|制表|印发")
YEARS = range(1900, 2200)
_OF_RATIOS = ("1:x", "1:n", "1:1")
_ENDINGS = ("自治县", "新区", "开发区", "区", "县", "市")


@dataclass(frozen=True)
class Meaning:
    """Codes; empty where the label does not say it. `indicator` is LEAVE_OUT for what is not to be
    read, `measure` a unit of measure as the file calls it. `is_open` of a label that holds words
    that are not understood: its figures are left out until somebody says what it is; `proposed` is
    an indicator that the page offers for it."""

    indicator: str = ""
    unit: str = ""
    year: str = ""
    measure: str = ""
    is_open: bool = False
    proposed: str = ""

    def or_else(self, other: Meaning) -> Meaning:
        """What this one says, and where it says nothing the other."""
        return Meaning(
            self.indicator or other.indicator,
            self.unit or other.unit,
            self.year or other.year,
            self.measure or other.measure,
            self.is_open or other.is_open,
        )

    def contradicts(self, other: Meaning) -> bool:
        """Whether both say something, and not the same."""
        mine, others = asdict(self), asdict(other)
        return any(mine[part] and others[part] and mine[part] != others[part] for part in SAID)

    @property
    def says_nothing(self) -> bool:
        return self == Meaning()

    def kept(self) -> dict[str, Any]:
        """As it is stored: what it says only."""
        return {name: said for name, said in asdict(self).items() if said}


def meaning_of(kept: Mapping[str, Any]) -> Meaning:
    """Of what was stored."""
    said = {name: str(kept[name]) for name in SAID if name in kept}
    proposed = str(kept.get("proposed", ""))
    return Meaning(**said, is_open=bool(kept.get("is_open")), proposed=proposed)


SAID = ("indicator", "unit", "year", "measure")


class Words:
    """Reads labels by the names of the catalogue, and by what was chosen for files before."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        units: Iterable[Jurisdiction],
        chosen: Mapping[str, Mapping[str, Any]],
        groups: Iterable[str] = (),
    ) -> None:
        """`groups` are words under which tables gather what they show, and which say no more."""
        self._harmless = HARMLESS | {plain_word(group) for group in groups}
        self._chosen = {label: meaning_of(kept) for label, kept in chosen.items()}
        indicators = list(indicators)
        self._indicators = _by_word(
            (word, one.code) for one in indicators for word in (one.code, one.name_zh, one.name_en)
        )
        self._in_unit = {one.code: one.unit for one in indicators}
        self._units = _by_word(said_of_units(units))
        self._measures = {
            plain_word(word): unit.zh for unit in UNITS.values() for word in (unit.zh, unit.code)
        }

    def read(self, label: str) -> Meaning:
        """What the label says; what was chosen for it before goes first."""
        whole = self._whole(label)
        chosen = self._chosen.get(label)
        if chosen is None:
            return whole
        return chosen if whole.is_open else chosen.or_else(whole)

    def _whole(self, label: str) -> Meaning:
        found, is_open, contradicts = Meaning(), False, False
        parts = [part for part in label.split(BETWEEN) if part]
        for part in parts:
            said = self._part(part) or self._own_measure(found.indicator, plain_word(part))
            if said is None and _is_within(part, parts[-1]):
                continue
            if said is None:
                is_open = True
                found = found.or_else(self._behind(part))
            elif found.contradicts(said):
                contradicts = True
            else:
                found = found.or_else(said)
        if contradicts:
            return Meaning(year=found.year, measure=found.measure, is_open=True)
        if is_open:
            last = self._part(parts[-1])
            proposed = last.indicator if last else ""
            return Meaning(year=found.year, measure=found.measure, is_open=True, proposed=proposed)
        return found

    def _behind(self, part: str) -> Meaning:
        """The unit of measure in brackets behind words that are not understood."""
        bracket = _BRACKET.fullmatch(plain_word(part))
        inside = bracket["inside"].removeprefix("单位:") if bracket else ""
        return Meaning(measure=self._measures.get(inside, ""))

    def _own_measure(self, indicator: str, word: str) -> Meaning | None:
        """What the word means as a unit of measure of the indicator: ㎡ of 平方米, 元 of 元/人."""
        unit = UNITS.get(self._in_unit.get(indicator, ""))
        if unit is None:
            return None
        words = (*unit.words, *_OF_RATIOS) if unit.is_ratio else unit.words
        return Meaning(measure=unit.zh) if word in map(plain_word, words) else None

    def measure_of(self, titles: Sequence[str]) -> str:
        """The one unit of measure that the titles give for the whole table (单位：万元)."""
        said = {
            self._measures[word]
            for title in titles
            for word in MEASURED_IN.findall(as_ascii(title))
            if word in self._measures
        }
        return said.pop() if len(said) == 1 else ""

    def _part(self, part: str) -> Meaning | None:
        """What a part of a path says; None where it holds anything that is not understood."""
        return self._word(plain_code(plain_word(part)))

    def _word(self, word: str) -> Meaning | None:
        named = Meaning(self._indicators.get(word, ""), self._units.get(word, ""))
        if not named.says_nothing:
            return named
        if not word or word in self._harmless:
            return Meaning()
        if word in self._measures:
            return Meaning(measure=self._measures[word])
        if (year := year_of(word)) in YEARS:
            return Meaning(year=str(year))
        if bracket := _BRACKET.fullmatch(word):
            inside = bracket["inside"].removeprefix("单位:")
            return self._both(bracket["before"], inside)
        if numbered := _NUMBERED.match(word):
            return self._word(word[numbered.end() :])
        if dated := _DATED.fullmatch(word):
            year_word = dated["year"] or dated["last"]
            if year_of(year_word) in YEARS:
                return self._both(dated["rest"] or dated["before"], year_word)
        return None

    def _both(self, one: str, other: str) -> Meaning | None:
        first = self._word(one)
        second = (first and self._own_measure(first.indicator, other)) or self._word(other)
        if first is None or second is None or first.contradicts(second):
            return None
        return first.or_else(second)


def sheet_says(words: Words, table: Crosstab) -> Meaning:
    """What the name of the sheet says of all its figures: nothing but where all of it is known."""
    found = words.read(table.sheet)
    return Meaning() if found.is_open else found


def titles_say(words: Words, table: Crosstab) -> Meaning:
    """What the titles above the head propose for all figures; nothing where they differ."""
    years = {
        found
        for title in table.titles
        if not _DATE.search(title)
        for found in _IN_TITLE.findall(plain_word(title))
    }
    found = Meaning(year=years.pop()) if len(years) == 1 else Meaning()
    for title in table.titles:
        said = words.read(title)
        if not said.is_open and not found.contradicts(said):
            found = found.or_else(said)
    return replace(found, measure=words.measure_of(table.titles))


def said_of_units(units: Iterable[Jurisdiction]) -> Iterator[tuple[str, str]]:
    """Each word for a unit, and what is said by it: its slug, or the name itself that several
    units have had, never two in one year."""
    named: dict[str, list[Jurisdiction]] = defaultdict(list)
    for unit in units:
        for word in {unit.code, unit.name_zh, unit.name_en, _short(unit.name_zh)} - {""}:
            named[word].append(unit)
    for word, several in named.items():
        one_name = {unit.name_zh for unit in several}
        if len(several) > 1 and len(one_name) == 1 and _one_after_the_other(several):
            yield word, one_name.pop()
        else:
            yield from ((word, unit.slug) for unit in several)


def _one_after_the_other(units: Iterable[Jurisdiction]) -> bool:
    ordered = sorted(units, key=lambda unit: unit.valid_from)
    return all(
        one.valid_to is not None and one.valid_to <= after.valid_from
        for one, after in pairwise(ordered)
    )


def _by_word(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each word means; nothing where it means two things."""
    found: dict[str, str] = {}
    several = set()
    for word, meant in pairs:
        plain = plain_word(word)
        if plain and found.setdefault(plain, meant) != meant:
            several.add(plain)
    return {word: meant for word, meant in found.items() if word not in several}


def _is_within(group: str, leaf: str) -> bool:
    """Whether the head of a group is a piece of what stands below it: 校园占地 of 校园占地面积."""
    word, whole = plain_word(group), plain_word(leaf)
    return len(word) > 1 and word != whole and word in whole


def _short(name: str) -> str:
    """渝中 for 渝中区, as tables have it."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return ""
