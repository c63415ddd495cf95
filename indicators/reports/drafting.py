"""The first draft of a report: chapters in the official order, a sentence an approved figure.

A sentence comes of the indicator's pattern (`SentencePattern`), which editors keep, else of a plain
one for its kind of quantity. Where the year before is approved too, the change is said by what it
is: 增长 or 下降. What has no approved figure is not spoken of. Problems that are not solved, and
what is to be done about them, come from the ledger in its own words. Achievements that stand as
approved are cited by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import translation

from indicators.figures import Figure, figures_of
from indicators.figures.in_text import LANGUAGE, SAME, in_text
from indicators.models import (
    AchievementVersion,
    BoundFigure,
    Citation,
    DutyArea,
    FigureForm,
    Jurisdiction,
    Measure,
    Origin,
    Problem,
    QuantityKind,
    SentencePattern,
    Tier,
    User,
)
from indicators.models.report import Level
from indicators.recording.report import Draft

K = QuantityKind
PRACTICES, RESULTS = "主要做法", "主要成效"
CHAPTERS = ("主要做法和成效", "存在的主要问题", "下一步工作打算")
PATTERNS = {
    K.COUNT: "{stem}{value}",
    K.AMOUNT: "{name}{value}",
    K.STATEMENT: "{name}：{value}",
    K.RANK: "{stem}位居{value}",
    K.SHARE: "{name}达{value}",
    K.RATE: "{name}达{value}",
    K.AVERAGE: "{name}为{value}",
    K.GROWTH_RATE: "{name}为{value}",
    K.PERCENTAGE_POINTS: "{name}为{value}",
}
AGAINST, LIKE = "，较{year}年{change}", "，与{year}年{change}"
# What a name ends in says how its figure is spoken of: 比上年增长, 覆盖, 只增不减.
ENDS = (
    (re.compile("(?:增长|变动|增减)$"), FigureForm.CHANGE, "{stem}{value}"),
    (re.compile("覆盖$"), FigureForm.COVERAGE, "{stem}{value}"),
    (re.compile("达标$"), FigureForm.STANDARD, "{stem}{value}"),
    (re.compile("只增不减$"), FigureForm.RISING, "{stem}{value}"),
)
# What the counting word behind the number says again: 企业数20个, 讲课人次19人次, 位次.
COUNTED = re.compile("(?:人次|次数|场次|条数|人数|位次|(?<!分)数)$")
# A figure that says itself 超过 or 近 is not introduced by 达 or 为.
INTRODUCED = re.compile("[达为](?={value})")
QUALIFIED = ("超过", "近", "约", "不足", "至少")
# Of these no change is told: they state, or are one already.
CHANGELESS = (K.STATEMENT, K.GROWTH_RATE, K.PERCENTAGE_POINTS)
SEATED = (
    Jurisdiction.Level.PROVINCE,
    Jurisdiction.Level.CITY,
    Jurisdiction.Level.DISTRICT,
    Jurisdiction.Level.COUNTY,
    Jurisdiction.Level.AUTONOMOUS_COUNTY,
    Jurisdiction.Level.COUNTY_LEVEL_CITY,
)
_WORD = re.compile(r"\{(?:name|stem|year|value|change)\}")


class FirstDraft:
    """`paragraphs`, and the `figures` and `citations` that their marks name, numbered as they
    come."""

    def __init__(self, unit: Jurisdiction, evaluation_year: int, user: User) -> None:
        self.figures: list[BoundFigure] = []
        self._unit, self._year, self._user = unit, evaluation_year, user
        self.citations: list[Citation] = []
        self._approved = _by_area(
            AchievementVersion.objects.approved().of(unit, evaluation_year).in_order()
        )
        self._patterns = dict(SentencePattern.objects.values_list("indicator_id", "text_zh"))
        figures = figures_of(user, unit, evaluation_year, tier=Tier.APPROVED)
        with translation.override(LANGUAGE):
            self.title = _title(unit, evaluation_year)
            self.paragraphs = list(self._paragraphs(list(DutyArea.objects.all()), figures))

    def _paragraphs(self, areas: Sequence[DutyArea], figures: Sequence[Figure]) -> Iterator[Draft]:
        done, problems, next_steps = CHAPTERS
        yield Draft(Level.CHAPTER, done)
        for section, kind in ((PRACTICES, DutyArea.Kind.DUTY), (RESULTS, DutyArea.Kind.RESULT)):
            yield Draft(Level.SECTION, section)
            for area in areas:
                if area.kind == kind:
                    text = self._sentences(area, figures) + self._achievements(area)
                    yield Draft(Level.ITEM, area.name, text, area)
        groups = _groups(self._problems())
        yield Draft(Level.CHAPTER, problems)
        for group, several in groups.items():
            yield Draft(Level.SECTION, group, _sentences(_said(one) for one in several))
        yield Draft(Level.CHAPTER, next_steps)
        for group, several in groups.items():
            steps = [step for one in several for step in one.measures.all() if _is_ahead(step, one)]
            if steps:
                yield Draft(Level.SECTION, group, _sentences(_said(step) for step in steps))

    def _achievements(self, area: DutyArea) -> str:
        """One sentence that names what stands as approved of the unit in the year."""
        marks = []
        for version in self._approved.get(area.pk, ()):
            one = Citation(number=len(self.citations) + 1, achievement=version.achievement)
            one.as_cited = one.written(version)
            self.citations.append(one)
            marks.append(one.mark)
        return f"取得的成果有{'、'.join(marks)}。" if marks else ""

    def _problems(self) -> list[Problem]:
        """The unit's own that are not solved, raised in the year or before, with their measures."""
        found = Problem.objects.for_user(self._user).unsettled().filter(jurisdiction=self._unit)
        return list(found.filter(year__lte=self._year).prefetch_related("measures"))

    def _sentences(self, area: DutyArea, figures: Iterable[Figure]) -> str:
        return "".join(
            self._sentence(figure)
            for figure in figures
            if figure.indicator.duty_area_id == area.pk and _is_whole(figure)
        )

    def _sentence(self, figure: Figure) -> str:
        form, plain = _plain(figure)
        value = self._bound(figure, form)
        if value is None:
            return ""
        change = self._bound(figure, FigureForm.CHANGE) if _can_compare(figure) else None
        pattern = self._patterns.get(figure.indicator.pk, "")
        if not pattern or ("{change}" in pattern and change is None):
            pattern = plain
            if change is not None:
                pattern += LIKE if change.as_bound == SAME else AGAINST
        if value.as_bound.startswith(QUALIFIED):
            pattern = INTRODUCED.sub("", pattern)
        said = {
            "{name}": figure.name,
            "{stem}": _stem(figure.name),
            "{year}": str(figure.year - 1),
        }
        marked = {"{value}": value, "{change}": change}
        return (
            _WORD.sub(lambda word: said.get(word[0]) or self._mark(marked[word[0]]), pattern) + "。"
        )

    def _mark(self, bound: BoundFigure | None) -> str:
        if bound is None:
            return ""
        bound.number = len(self.figures) + 1
        self.figures.append(bound)
        return bound.mark

    def _bound(self, figure: Figure, form: FigureForm) -> BoundFigure | None:
        """None where the figure cannot be written in the form."""
        bound = BoundFigure(
            indicator=figure.indicator,
            jurisdiction=figure.jurisdiction,
            year=figure.year,
            form=form,
        )
        written = in_text(bound, figure, figure.before, is_approved=True)
        bound.as_bound = written.text
        return None if written.is_missing else bound


def _by_area(versions: QuerySet[AchievementVersion]) -> Mapping[int, list[AchievementVersion]]:
    found: dict[int, list[AchievementVersion]] = defaultdict(list)
    for one in versions:
        found[one.achievement.duty_area_id].append(one)
    return found


def _groups(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """By the heading that they stand under; one without a group stands under its own title."""
    groups: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        groups[one.group_title or one.title].append(one)
    return groups


def _is_ahead(measure: Measure, problem: Problem) -> bool:
    """Whether it is still to be done, and by the unit itself, not passed down."""
    return not measure.is_settled and measure.unit_id == problem.jurisdiction_id


def _said(one: Problem | Measure) -> str:
    """What is written of it; what looks like a mark there names nothing of the report."""
    return (one.description.strip() or one.title).replace("{F", "｛F").replace("{C", "｛C")


def _sentences(said: Iterable[str]) -> str:
    return "".join(text if text[-1] in "。！？；" else f"{text}。" for text in said)


def _title(unit: Jurisdiction, evaluation_year: int) -> str:
    seat = "人民政府" if unit.level in SEATED else ""
    return f"{unit.name}{seat}{evaluation_year}年履行教育职责情况自查自评报告"


def _is_whole(figure: Figure) -> bool:
    return figure.has_figure and not figure.is_partial


def _can_compare(figure: Figure) -> bool:
    """Whether a change is told at all: not of what states, or is a change, and never between what
    is real and what is made up for demonstration."""
    if figure.indicator.quantity_kind in CHANGELESS or figure.result is None:
        return False
    before = figure.before
    if before is None or figure.result.part_of_year != before.part_of_year:
        return False
    made_up = [one.origin == Origin.DEMONSTRATION for one in (figure.result, before)]
    return made_up[0] == made_up[1]


def _plain(figure: Figure) -> tuple[FigureForm, str]:
    """The form and the sentence for a figure without a pattern of its own."""
    kind = QuantityKind(figure.indicator.quantity_kind)
    if kind in CHANGELESS:
        for end, form, pattern in ENDS:
            is_change = form == FigureForm.CHANGE
            if end.search(figure.name) and is_change != figure.indicator.is_statement:
                return form, pattern
    return FigureForm.VALUE, PATTERNS[kind]


def _stem(name: str) -> str:
    for end, _form, _pattern in ENDS:
        name = end.sub("", name)
    return COUNTED.sub("", name)
