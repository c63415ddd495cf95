"""Works out what was typed behind `=` as in a spreadsheet: `=1200+340` is 1540. Numbers only.

The arithmetic is `formula`'s; full-width signs and groups of digits (`=1,200＋340`) are read too.
"""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.measures.characters import as_ascii
from indicators.measures.exact import DECIMALS, INTEGER_DIGITS, plain
from indicators.measures.formula import FormulaError, Missing, Reference, evaluate, parse
from indicators.measures.quantities import MAX_LENGTH, Quantity, Unreadable, refuse_unless_of
from indicators.measures.units import Unit

_LETTER = re.compile(r"[^\W\d]")
# A comma between a digit and a group of exactly three: it groups, it does not separate.
_GROUP = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")

# No name is left when the letters are gone.
_NO_NAMES: dict[Reference, Decimal | Missing] = {}


def is_sum(text: str) -> bool:
    """Whether the text asks to be worked out."""
    return text.lstrip().startswith(("=", "＝"))


def read_sum(text: str, unit: Unit) -> Quantity:
    """The number that the sum in `text` comes to, in `unit` (a base unit). Raises Unreadable.

    Its last place is that of its last decimal, whatever the places of the numbers added up.

    >>> from indicators.measures.units import YUAN
    >>> read_sum("=1200+340", YUAN)
    Quantity(number=Decimal('1540.0000'), last_place=0, qualifier='exact')
    >>> read_sum("＝（1,200＋340）×2", YUAN).number
    Decimal('3080.0000')
    >>> read_sum("=1200+children", YUAN)
    Traceback (most recent call last):
    indicators.measures.quantities.Unreadable: numbers_only
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable("too_long", limit=MAX_LENGTH)
    typed = as_ascii(text)
    if letter := _LETTER.search(typed):
        at = letter.start()
        raise Unreadable("numbers_only", character=text[at], position=at + 1)
    start = typed.index("=") + 1
    dropped = {match.start() for match in _GROUP.finditer(typed)}
    kept = [at for at in range(start, len(typed)) if at not in dropped]
    try:
        found = evaluate(parse("".join(typed[at] for at in kept)), _NO_NAMES.__getitem__)
    except FormulaError as error:
        at = kept[error.position - 1] if error.position <= len(kept) else len(text.rstrip())
        raise Unreadable("formula_unreadable", position=at + 1, fault=error.code) from error
    if isinstance(found, Missing):
        if found.code == "division_by_zero":
            raise Unreadable("division_by_zero")
        raise Unreadable("too_many_digits", limit=INTEGER_DIGITS)
    decimals = len(plain(found).partition(".")[2])
    refuse_unless_of(unit, found)
    return Quantity(found, -min(decimals, DECIMALS), "exact")
