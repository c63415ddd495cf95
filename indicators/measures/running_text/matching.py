"""Which indicators the quantities of a text are about.

The words around a number vote: each pair of characters of an indicator's name that stands near, the
more the rarer it is and the nearer it stands. Within a sentence each indicator goes to one number,
the best first. The value decides nothing but ties.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.measures.running_text.catalogue import NOT_WORDS, Catalogue, fit, pairs
from indicators.measures.running_text.context import Context
from indicators.measures.running_text.reading import Quantity

LEAST = 0.42
# Of two as good as equal, the one whose value agrees.
TIE = 0.01
# A second one that the same word stands for has so much of what the first has.
BESIDE = 0.75
OWN = 0.5
_REACH_LEFT, _REACH_RIGHT = 45.0, 25.0
_ACROSS_NUMBER, _ACROSS_COMMA, _ACROSS_SEMICOLON = 0.75, 0.92, 0.6
_RIGHT_CLAUSE = 0.95
_FAR = 160
_CROSSED = 6  # so many numbers further, nothing is told of one any more
_PIECE = re.compile(r"[，,；;：:。]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LAST_ITEM = re.compile("[、和及与]")
_SOFT = re.compile(
    "(?:达到?|[为是占有共计至到了]|实现|累计|分别|其中|超过|比例|增长|增加|提高|上升|下降|减少|降低|增幅|增)+$|^(?:[较比](?:上年|去年)?(?:同期)?|同比|其中|全[市省县区]|我[市省县区]|累计|共)+"
)
_TOGETHER = re.compile("[均都皆]|分别")
_RESPECTIVELY = re.compile("分别")
_BETWEEN = re.compile(r"[、和与及，,以]{1,2}(?:[^，。；、\d]{0,6})?")
_LISTED = re.compile("[、和与及]")
OTHERS = 0.6
_LONGEST_LIST = 12
# What of the words right beside the number the name leaves unsaid, counts against it.
UNSAID = 0.65
UNKNOWN = 1.0
_BESIDE_NUMBER = 12
# A statement is made of all that its clause names.
_REACH_STATEMENT = 200.0


@dataclass(frozen=True)
class Match:
    """The indicators (by their place in the catalogue) of one quantity, and how sure it is."""

    subjects: tuple[int, ...]
    score: float


@dataclass(frozen=True)
class Votes:
    """How near each pair of characters stands, and the words right beside the number: on its left,
    on its right."""

    near: dict[str, float]
    beside: tuple[list[str], ...]


Near = dict[str, float]
Agrees = Callable[[int, int], bool]


def matches(
    text: str,
    found: list[Quantity],
    told: list[Context],
    figures: list[bool],
    catalogue: Catalogue,
    agrees: Agrees,
) -> list[Match | None]:
    """For each quantity what it is about, or None. `agrees(quantity, subject)` breaks ties.

    >>> from indicators.measures.running_text.catalogue import Subject
    >>> from indicators.measures.running_text.check import read
    >>> from indicators.measures.units import PERCENT
    >>> names = Catalogue([Subject("retention", ("巩固率",), "rate", PERCENT)])
    >>> found = read("巩固率95%，满意率90%。")
    >>> matches(found.plain.text, found.quantities, found.contexts, [True, True], names,
    ...         lambda quantity, subject: False)
    [Match(subjects=(0,), score=0.99), None]
    """
    results: list[Match | None] = [None] * len(found)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for at, context in enumerate(told):
        if figures[at]:
            by_sentence[context.sentence].append(at)
    for members in by_sentence.values():
        scores = _scores(text, members, found, told, catalogue)
        for at, match in _assigned(text, members, found, told, scores, catalogue, agrees).items():
            results[at] = match
    return results


def _scores(
    text: str, members: list[int], found: list[Quantity], told: list[Context], catalogue: Catalogue
) -> dict[int, dict[int, float]]:
    """Of each quantity the indicators that are near enough, with their best name's score."""
    shared = _respectively(text, members, found, told)
    scores: dict[int, dict[int, float]] = {}
    for position, at in enumerate(members):
        before = [found[other] for other in members[max(0, position - _CROSSED) : position]]
        behind = found[members[position + 1]] if position + 1 < len(members) else None
        votes = shared.get(at) or _votes(text, found[at], told[at], before, behind)
        scores[at] = _of_votes(votes, found[at], told[at], catalogue)
    return scores


def _of_votes(
    votes: Votes, quantity: Quantity, context: Context, catalogue: Catalogue
) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for pair, vote in votes.near.items():
        weight = catalogue.weight.get(pair)
        if weight:
            for name in catalogue.of_pair[pair]:
                sums[name] += vote * weight
    best: dict[int, float] = {}
    for name, total in sums.items():
        share = total / catalogue.whole[name]
        if share < LEAST:
            continue
        subject = catalogue.names[name][0]
        fits = fit(quantity, context.movement, catalogue.subjects[subject])
        said = max(_said(beside, catalogue.names[name][1], catalogue) for beside in votes.beside)
        score = share * fits * (1 - UNSAID * (1 - said))
        if score >= LEAST and score > best.get(subject, 0):
            best[subject] = score
    return best


def _said(beside: list[str], name: frozenset[str], catalogue: Catalogue) -> float:
    """How much of the words beside the number the name says; of no words, most."""
    weights = [(pair in name, catalogue.weight.get(pair, UNKNOWN)) for pair in beside]
    whole = sum(weight for _said, weight in weights)
    return sum(weight for said, weight in weights if said) / whole if whole else 0.7


def _votes(
    text: str,
    quantity: Quantity,
    context: Context,
    before: list[Quantity],
    behind: Quantity | None,
) -> Votes:
    """Each pair of characters near the quantity, and how near."""
    near: dict[str, float] = {}
    left = _vote_left(text, quantity, context, before, near)
    right = _vote_right(text, quantity, context, behind, near)
    return Votes(near, (left, right))


def _vote_left(
    text: str, quantity: Quantity, context: Context, before: list[Quantity], near: Near
) -> list[str]:
    """Votes on what stands before the number, and gives back what stands right before it."""
    reach = _REACH_STATEMENT if quantity.sort == "statement" else _REACH_LEFT
    beside: list[str] = []
    start = max(context.start, quantity.start - _FAR)
    factor, distance = 1.0, 0
    for crossed, (first, last) in enumerate(_between_numbers(start, quantity, before)):
        if crossed > 1 or (crossed and not context.movement):
            factor *= _ACROSS_NUMBER  # but a change is told of what the number before it tells
        for piece, sign in _pieces_back(_clear(text[first:last], quantity)):
            words = NOT_WORDS.sub("", piece)
            _add(near, words, factor, distance, reach, backwards=True)
            if not beside:
                own = _SOFT.sub("", _LAST_ITEM.split(piece)[-1])
                beside = pairs(NOT_WORDS.sub("", own)[-_BESIDE_NUMBER:])
            distance += len(words) + 1
            factor *= _ACROSS_SEMICOLON if sign == ";" else _ACROSS_COMMA if sign else 1
    return beside


def _between_numbers(
    start: int, quantity: Quantity, before: list[Quantity]
) -> Iterator[tuple[int, int]]:
    """What lies between the numbers from this one back to `start`, the nearest first."""
    end = quantity.start
    for other in reversed(before):
        if other.end <= start:
            break
        yield other.end, end
        end = other.start
    if start < end:
        yield start, end


def _clear(text: str, quantity: Quantity) -> str:
    """Without what stands in brackets, which says what else is meant; a statement may be told in
    them."""
    return text if quantity.sort == "statement" else _BRACKETS.sub("", text)


def _pieces_back(text: str) -> list[tuple[str, str]]:
    """The clauses from the last to the first, each with the sign before it."""
    found, end = [], len(text)
    for sign in reversed(list(_PIECE.finditer(text))):
        found.append((text[sign.end() : end], sign[0]))
        end = sign.start()
    found.append((text[:end], ""))
    return found


def _vote_right(
    text: str, quantity: Quantity, context: Context, behind: Quantity | None, near: Near
) -> list[str]:
    """The same of what stands behind it."""
    end = min(context.end, quantity.end + _FAR // 2)
    clause = re.compile(r"[，,；;：:。、！？\n]").search(text, quantity.end, end)
    stop = clause.start() if clause else end
    if behind and behind.start < stop:
        stop = behind.start
    words = NOT_WORDS.sub("", text[quantity.end : stop])
    reach = _REACH_STATEMENT if quantity.sort == "statement" else _REACH_RIGHT
    _add(near, words, _RIGHT_CLAUSE, 0, reach, backwards=False)
    return pairs(words[:_BESIDE_NUMBER])


def _add(
    near: Near, words: str, factor: float, distance: int, reach: float, *, backwards: bool
) -> None:
    last = len(words) - 2
    for at, pair in enumerate(pairs(words)):
        far = distance + (last - at if backwards else at)
        vote = factor * math.exp(-far / reach)
        if vote > near.get(pair, 0):
            near[pair] = vote


def _respectively(
    text: str, members: list[int], found: list[Quantity], told: list[Context]
) -> dict[int, Votes]:
    """甲、乙的某率分别达 x、y: the first number is 甲's, the second 乙's."""
    shared: dict[int, Votes] = {}
    for position, at in enumerate(members):
        quantity, context = found[at], told[at]
        start = max(context.start, found[members[position - 1]].end if position else context.start)
        clause = re.split(_PIECE, text[start : quantity.start])[-1]
        head, said, rest = clause.partition("分别")
        if not said or len(rest) > 8:
            continue
        run = [at]
        for other in members[position + 1 : position + _LONGEST_LIST]:
            if not _BETWEEN.fullmatch(text[found[run[-1]].end : found[other].start]):
                break
            run.append(other)
        items = [item for item in _LISTED.split(head) if item]
        if len(items) < len(run) or len(run) < 2:
            continue
        items = items[len(items) - len(run) :]
        earlier = text[max(context.start, quantity.start - _FAR) : quantity.start]
        for number, own in zip(run, items, strict=True):
            near: Near = {}
            _add(near, NOT_WORDS.sub("", earlier), OTHERS, 0, 1000, backwards=True)
            # What stands behind the list belongs to all: 教授、副教授通过率.
            _add(near, NOT_WORDS.sub("", own), 1.0, 0, 1000, backwards=True)
            _add(near, NOT_WORDS.sub("", items[-1])[-4:], 1.0, 0, 1000, backwards=True)
            shared[number] = Votes(near, (pairs(NOT_WORDS.sub("", own)),))
    return shared


def _assigned(
    text: str,
    members: list[int],
    found: list[Quantity],
    told: list[Context],
    scores: dict[int, dict[int, float]],
    catalogue: Catalogue,
    agrees: Agrees,
) -> dict[int, Match]:
    """One to one, the best first; then what else the same word stands for."""
    ranked = sorted(
        (
            (score + TIE * agrees(at, subject), -at, subject)
            for at, of_quantity in scores.items()
            for subject, score in of_quantity.items()
        ),
        reverse=True,
    )
    chosen: dict[int, tuple[int, float]] = {}
    taken: set[tuple[object, ...]] = set()
    for score, minus_at, subject in ranked:
        key = _once(subject, told[-minus_at])
        if -minus_at not in chosen and key not in taken:
            chosen[-minus_at] = (subject, min(score, 1.0))
            taken.add(key)
    results = {}
    for at, (subject, score) in chosen.items():
        beside: tuple[int, ...] = ()
        if found[at].sort in ("rank", "statement") or _stands_for_more(text, found[at], told[at]):
            beside = tuple(
                other
                for other, its in scores[at].items()
                if _once(other, told[at]) not in taken and its >= BESIDE * score
                and _own_words_stand(other, subject, found[at], told[at], text, catalogue)
            )  # fmt: skip
            taken.update(_once(other, told[at]) for other in beside)
        results[at] = Match((subject, *sorted(beside)), round(min(score, 1.0), 2))
    return results


def _once(subject: int, context: Context) -> tuple[object, ...]:
    """An indicator goes to one number, but of each year to another."""
    past = context.movement if context.movement in ("from", "earlier") else ""
    return subject, context.year, context.years_back, past


def _stands_for_more(text: str, quantity: Quantity, context: Context) -> bool:
    left = text[max(context.start, quantity.start - 12) : quantity.start]
    return bool(_TOGETHER.search(_PIECE.split(left)[-1]))


def _own_words_stand(
    other: int, first: int, quantity: Quantity, context: Context, text: str, catalogue: Catalogue
) -> bool:
    """Whether of what tells the second from the first enough stands in the sentence."""
    start, end = max(context.start, quantity.start - _FAR), quantity.end + _FAR
    here = set(pairs(NOT_WORDS.sub("", text[start : min(end, context.end)])))
    first_name = {pair for at, name in catalogue.names if at == first for pair in name}
    own = [name - first_name for at, name in catalogue.names if at == other]
    return any(words and len(words & here) >= OWN * len(words) for words in own)
