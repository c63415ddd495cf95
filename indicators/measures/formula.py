"""The formula language of derived indicators: parsed once, walked as a tree, never `eval`ed.

    expression := term (("+" | "-") term)*
    term       := factor (("*" | "/") factor)*           (× and ÷ as well)
    factor     := "-" factor | number | code | call | "(" expression ")"
    call       := "prev(" code ")" | "base_year(" code "," year ")"
                | ("min" | "max") "(" expression ("," expression)* ")" | "abs(" expression ")"

`prev(x)` is x of the year before, `base_year(x, 2020)` x of 2020. A missing input makes the result
missing with the reason, never 0; so does a division by zero. The result is rounded once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from indicators.measures.exact import CONTEXT, fits, round_once

MAX_LENGTH = 1000
MAX_DEPTH = 40
FUNCTIONS = {"prev", "base_year", "min", "max", "abs"}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>[-+*/(),×÷−])|(?P<other>\S))",
    re.ASCII,
)
_SAME = {"×": "*", "÷": "/", "−": "-"}


class FormulaError(ValueError):
    """The formula cannot be read. `code` is stable, `position` counts characters from 1."""

    def __init__(self, code: str, position: int, found: str = "") -> None:
        super().__init__(f"{code} at {position}: {found}" if found else f"{code} at {position}")
        self.code = code
        self.position = position
        self.found = found


@dataclass(frozen=True)
class Reference:
    """An input: an indicator's code in the same year, `shift` years on, or in a fixed `year`."""

    code: str
    shift: int = 0
    year: int | None = None

    def year_at(self, year: int) -> int:
        return self.year if self.year is not None else year + self.shift


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Operation:
    sign: str
    parts: tuple[Node, ...]
    position: int


Node = Number | Reference | Operation


@dataclass(frozen=True)
class Missing:
    """Why there is no number: a stable code and what it names."""

    code: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    text: str
    root: Node
    references: tuple[Reference, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(reference.code for reference in self.references)


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """The formula's tree. Raises FormulaError with the position of the fault.

    >>> parse("a / b * 100").references
    (Reference(code='a', shift=0, year=None), Reference(code='b', shift=0, year=None))
    >>> parse("a / ")
    Traceback (most recent call last):
    indicators.measures.formula.FormulaError: ends_early at 5
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", MAX_LENGTH)
    reader = _Reader(text)
    root = reader.expression(0)
    reader.finish()
    return Formula(text, root, tuple(dict.fromkeys(_references(root))))


def evaluate(
    formula: Formula, figure: Callable[[Reference], Decimal | Missing]
) -> Decimal | Missing:
    """The formula's number, rounded once to four places, or why there is none.

    All missing inputs are named, so that an officer sees the whole list at once.

    >>> evaluate(parse("a / b"), lambda r: Decimal(1) if r.code == "a" else Decimal(0))
    Missing(code='division_by_zero', names=())
    """
    found = {reference: figure(reference) for reference in formula.references}
    gaps = [gap for gap in found.values() if isinstance(gap, Missing)]
    if gaps:
        first = gaps[0].code
        same = [gap for gap in gaps if gap.code == first]
        return Missing(first, tuple(dict.fromkeys(name for gap in same for name in gap.names)))
    with localcontext(CONTEXT):
        value = _value(formula.root, found)
        if isinstance(value, Missing):
            return value
        return round_once(value) if fits(value) else Missing("too_large")


def _value(node: Node, found: dict[Reference, Decimal | Missing]) -> Decimal | Missing:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Reference):
        return found[node]
    parts = []
    for part in node.parts:
        value = _value(part, found)
        if isinstance(value, Missing):
            return value
        parts.append(value)
    match node.sign:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            return parts[0] / parts[1] if parts[1] else Missing("division_by_zero")
        case "negative":
            return -parts[0]
        case "min":
            return min(parts)
        case "max":
            return max(parts)
        case _:
            return abs(parts[0])


def _references(node: Node) -> Iterator[Reference]:
    if isinstance(node, Reference):
        yield node
    elif isinstance(node, Operation):
        for part in node.parts:
            yield from _references(part)


class _Reader:
    """Recursive descent over the tokens; each method reads one rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while match := _TOKEN.match(text, at):
            kind = match.lastgroup or "other"
            word = match[kind]
            if kind == "other":
                raise FormulaError("unknown_sign", match.start(kind) + 1, word)
            self.tokens.append((kind, _SAME.get(word, word), match.start(kind) + 1))
            at = match.end()
        self.next = 0

    @property
    def position(self) -> int:
        if self.next < len(self.tokens):
            return self.tokens[self.next][2]
        return len(self.text) + 1

    def peek(self) -> str:
        return self.tokens[self.next][1] if self.next < len(self.tokens) else ""

    def take(self) -> tuple[str, str, int]:
        if self.next >= len(self.tokens):
            raise FormulaError("ends_early", self.position)
        self.next += 1
        return self.tokens[self.next - 1]

    def expect(self, sign: str) -> None:
        position, found = self.position, self.peek()
        if self.take()[1] != sign:
            raise FormulaError(
                "expected_" + {"(": "open", ")": "close"}.get(sign, "comma"), position, found
            )

    def finish(self) -> None:
        if self.next < len(self.tokens):
            raise FormulaError("unexpected", self.position, self.peek())

    def expression(self, depth: int) -> Node:
        return self._chain("+-", self.term, depth)

    def term(self, depth: int) -> Node:
        return self._chain("*/", self.factor, depth)

    def _chain(self, signs: str, rule: Callable[[int], Node], depth: int) -> Node:
        node = rule(depth)
        while self.peek() and self.peek() in signs:
            _, sign, position = self.take()
            node = Operation(sign, (node, rule(depth)), position)
        return node

    def factor(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise FormulaError("too_deep", self.position)
        kind, word, position = self.take()
        if kind == "number":
            return Number(Decimal(word))
        if word == "-":
            return Operation("negative", (self.factor(depth + 1),), position)
        if word == "(":
            node = self.expression(depth + 1)
            self.expect(")")
            return node
        if kind != "name":
            raise FormulaError("unexpected", position, word)
        if self.peek() == "(":
            return self.call(word, position, depth)
        return self.code(word, position)

    def call(self, name: str, position: int, depth: int) -> Node:
        if name not in FUNCTIONS:
            raise FormulaError("unknown_function", position, name)
        self.expect("(")
        if name == "prev":
            node: Node = Reference(self.code(*self.take()[1:]).code, shift=-1)
        elif name == "base_year":
            code = self.code(*self.take()[1:]).code
            self.expect(",")
            _, word, at = self.take()
            if not re.fullmatch(r"\d{4}", word):
                raise FormulaError("expected_year", at, word)
            node = Reference(code, year=int(word))
        else:
            parts = [self.expression(depth + 1)]
            while name != "abs" and self.peek() == ",":
                self.take()
                parts.append(self.expression(depth + 1))
            node = Operation(name, tuple(parts), position)
        self.expect(")")
        return node

    def code(self, word: str, position: int) -> Reference:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", word) or word in FUNCTIONS:
            raise FormulaError("expected_code", position, word)
        return Reference(word)
