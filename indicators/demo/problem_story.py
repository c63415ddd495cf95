"""What became of the city's problems, day by day: who does what, and why. No database here.

Days are those of `round_story`. What a visitor finds:

- accepted: after-school service is more than minding, and rules for textbooks are there; their
  figures show it.
- waiting for the supervisor: what is done about the gaps in the supervision of textbooks.
- under way: large classes, passed down to four districts. 渝中's part is accepted, 合川's was sent
  back; 沙坪坝 has not answered and 南川 has not ended, both past the day.
- relapsed: 巴南's expenditure per pupil, accepted while the year before showed it solved, fell when
  the round's figure was approved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.demo.accounts import CITY
from indicators.demo.story import BANAN, HECHUAN, NANCHUAN, SHAPINGBA, YUZHONG
from indicators.models import ProblemAct, Role


@dataclass(frozen=True)
class Raised:
    """A problem of a unit, solved once its figure is not below what it was in `year`."""

    day: int
    code: str
    unit: str
    indicator: str
    year: int
    title: str
    description: str


@dataclass(frozen=True)
class PassedDown:
    """A measure of the city becomes a task of districts, until the day `due`."""

    day: int
    code: str
    measure: int
    units: tuple[str, ...]
    due: int
    reason: str


@dataclass(frozen=True)
class Deed:
    """What somebody of a unit does with a problem; with one of its measures, by number; with the
    task that `of` has from it."""

    day: int
    code: str
    act: ProblemAct
    role: Role
    reason: str = ""
    measure: int | None = None
    of: str = ""
    unit: str = CITY


StoryEvent = Raised | PassedDown | Deed

A = ProblemAct
OFFICER, LEAD, SUPERVISOR = Role.OFFICER, Role.LEAD, Role.SUPERVISOR
SERVICE, CLASSES = "W2022403", "W2022103"
TEXTBOOK_RULES, TEXTBOOK_CHECKS = "W2022601", "W2022604"
BANAN_PUPILS = "W2021001"


def _solved(code: str, day: int, done: str, proved: str) -> tuple[StoryEvent, ...]:
    """One measure, then the problem itself: handed in by the city's lead, accepted."""
    return (
        Deed(day, code, A.START, OFFICER, "已列入年度工作要点", 1),
        Deed(day + 9, code, A.HAND_IN, LEAD, done, 1),
        Deed(day + 11, code, A.ACCEPT, SUPERVISOR, "", 1),
        Deed(day + 12, code, A.HAND_IN, LEAD, proved),
        Deed(day + 14, code, A.ACCEPT, SUPERVISOR),
    )


_BANAN: Sequence[StoryEvent] = (
    Raised(
        -39,
        BANAN_PUPILS,
        BANAN,
        "per_pupil_general_public_budget_expenditure",
        2020,
        "生均教育经费偏低",
        "生均一般公共预算教育经费排在主城各区之后，应当逐年提高。",
    ),
    Deed(-38, BANAN_PUPILS, A.START, LEAD, "已报区政府常务会研究", unit=BANAN),
    Deed(-37, BANAN_PUPILS, A.HAND_IN, LEAD, "预算已追加，决算数已核定", unit=BANAN),
    Deed(-36, BANAN_PUPILS, A.ACCEPT, SUPERVISOR, "追加后达到要求，继续跟踪"),
)
_CLASSES: Sequence[StoryEvent] = (
    Deed(-20, CLASSES, A.START, OFFICER, "已建立大班额台账，逐校核对班数和人数", 1),
    PassedDown(
        -12,
        CLASSES,
        1,
        (YUZHONG, SHAPINGBA, HECHUAN, NANCHUAN),
        -6,
        "请制定逐校消除计划，按期报进展",
    ),
    Deed(-11, CLASSES, A.START, OFFICER, "两所小学已分班，秋季学期起消除", 1, YUZHONG, YUZHONG),
    Deed(-9, CLASSES, A.HAND_IN, LEAD, "全区已无大班额，附分班名册", 1, YUZHONG, YUZHONG),
    Deed(-8, CLASSES, A.ACCEPT, SUPERVISOR, "已抽查两校，属实", 1, YUZHONG),
    Deed(-11, CLASSES, A.START, LEAD, "新校区建设中，明年春季投用", 1, NANCHUAN, NANCHUAN),
    Deed(-11, CLASSES, A.START, OFFICER, "已调整学区划分", 1, HECHUAN, HECHUAN),
    Deed(-9, CLASSES, A.HAND_IN, LEAD, "调整学区后各校班额均已达标", 1, HECHUAN, HECHUAN),
    Deed(-7, CLASSES, A.SEND_BACK, SUPERVISOR, "两所中学起始年级仍超班额，请核实", 1, HECHUAN),
)
_TEXTBOOKS: Sequence[StoryEvent] = (
    Deed(-30, TEXTBOOK_CHECKS, A.START, OFFICER, "已开展地方课程教材排查", 1),
    Deed(-21, TEXTBOOK_CHECKS, A.HAND_IN, LEAD, "编写人员资格审查全部完成", 1),
)


def told() -> list[StoryEvent]:
    """In the order of days; of one day in the order in which they follow each other."""
    every = (
        *_BANAN,
        *_CLASSES,
        *_TEXTBOOKS,
        *_solved(SERVICE, -32, "各校开出文体和科技课程清单", "参与率和覆盖面均已达到要求"),
        *_solved(TEXTBOOK_RULES, -27, "全流程审核办法已印发", "已完成三轮教材审核"),
    )
    return sorted(every, key=lambda one: one.day)
