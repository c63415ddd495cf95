"""Which indicators the quantities of a text are about.

The words around a number vote: each pair of characters of an indicator's name that stands near, the
more the rarer it is and the nearer it stands. Within a sentence each indicator goes to one number,
the best first. The value decides nothing but ties.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from indicators.measures.running_text.catalogue import NOT_WORDS, Catalogue, fit, pairs
from indicators.measures.running_text.context import Context
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.votes import CROSSED, FAR, PIECE, Votes, Voting

LEAST = 0.42
# Of two as good as equal, the one whose value agrees.
TIE = 0.01
# A second one that the same word stands for has so much of what the first has.
BESIDE = 0.75
OWN = 0.5
_TOGETHER = re.compile("[均都皆]|分别")
_RESPECTIVELY = re.compile("分别")
_BETWEEN = re.compile(r"[、和与及，,以]{1,2}(?:[^，。；、\d]{0,6})?")
_LISTED = re.compile("[、和与及]")
OTHERS = 0.6
_LONGEST_LIST = 12
# What of the words right beside the number the name leaves unsaid, counts against it.
UNSAID = 0.65
UNKNOWN = 1.0


@dataclass(frozen=True)
class Match:
    """The indicators (by their place in the catalogue) of one quantity, and how sure it is."""

    subjects: tuple[int, ...]
    score: float


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
    voting = Voting(text, catalogue)
    for members in by_sentence.values():
        scores = _scores(text, members, found, told, catalogue, voting)
        for at, match in _assigned(text, members, found, told, scores, catalogue, agrees).items():
            results[at] = match
    return results


def _scores(
    text: str,
    members: list[int],
    found: list[Quantity],
    told: list[Context],
    catalogue: Catalogue,
    voting: Voting,
) -> dict[int, dict[int, float]]:
    """Of each quantity the indicators that are near enough, with their best name's score."""
    shared = _respectively(text, members, found, told, voting)
    scores: dict[int, dict[int, float]] = {}
    for position, at in enumerate(members):
        before = [found[other] for other in members[max(0, position - CROSSED) : position]]
        behind = found[members[position + 1]] if position + 1 < len(members) else None
        votes = shared.get(at) or voting.votes(found[at], told[at], before, behind)
        scores[at] = _of_votes(votes, found[at], told[at], catalogue)
    return scores


def _of_votes(
    votes: Votes, quantity: Quantity, context: Context, catalogue: Catalogue
) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for pair, vote in votes.near.items():
        weight = catalogue.weight[pair]
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


def _respectively(
    text: str,
    members: list[int],
    found: list[Quantity],
    told: list[Context],
    voting: Voting,
) -> dict[int, Votes]:
    """甲、乙的某率分别达 x、y: the first number is 甲's, the second 乙's."""
    shared: dict[int, Votes] = {}
    for position, at in enumerate(members):
        quantity, context = found[at], told[at]
        start = max(context.start, found[members[position - 1]].end if position else context.start)
        clause = re.split(PIECE, text[start : quantity.start])[-1]
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
        earlier = text[max(context.start, quantity.start - FAR) : quantity.start]
        for number, own in zip(run, items, strict=True):
            near: dict[str, float] = {}
            voting.add(near, earlier, OTHERS)
            # What stands behind the list belongs to all: 教授、副教授通过率.
            voting.add(near, own, 1.0)
            voting.add(near, NOT_WORDS.sub("", items[-1])[-4:], 1.0)
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
    return bool(_TOGETHER.search(PIECE.split(left)[-1]))


def _own_words_stand(
    other: int, first: int, quantity: Quantity, context: Context, text: str, catalogue: Catalogue
) -> bool:
    """Whether of what tells the second from the first enough stands in the sentence."""
    start, end = max(context.start, quantity.start - FAR), quantity.end + FAR
    here = set(pairs(NOT_WORDS.sub("", text[start : min(end, context.end)])))
    first_name = {pair for at, name in catalogue.names if at == first for pair in name}
    own = [name - first_name for at, name in catalogue.names if at == other]
    return any(words and len(words & here) >= OWN * len(words) for words in own)
