"""What a check number is the SHA-256 of.

One line for the place, `["unit code@first year", evaluation year, round number]`, then one line for
each figure that the round asks, by code:
`["indicator code", year, number, qualifier, statement, state, reason, note]`.
The first line stands at the foot of the paper. A code is used again and a year may have a second
round; with first year and round number no two submissions have the same line, and none has another
one once its unit has ended.
Each line is JSON (RFC 8259) in UTF-8 without spaces and escapes of what is no control character;
lines end with a line feed. A number is in the base unit, without zeros at its end; what is not said
is an empty text.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence

from indicators.measures.exact import plain
from indicators.models import Standing, State, Submission, Tier
from indicators.models.confirmation import SHORT

Line = list[str | int]

_DASHES = r"\s\-\u2010-\u2015\u2212"
_BETWEEN = re.compile(f"[{_DASHES}]+")
_NOTHING_ELSE = re.compile(f"[0-9a-f{_DASHES}]*")
# Four groups of four with what a person puts between them, then the rest of a number in full. The
# "256 " and "de " before it ("SHA-256 …", "code …") are no group.
_IN_A_LINE = re.compile(f"(?<![0-9a-z])[0-9a-f]{{4}}(?:[{_DASHES}]*[0-9a-f]{{4}}){{3}}[0-9a-f]*")


def canonical_rows(submission: Submission) -> list[Line]:
    """What stands as reported of the submission; two queries."""
    unit, year = submission.jurisdiction, submission.round.evaluation_year
    asked = {one.pk: one for one in submission.round.indicators.all()}
    standing = (
        Standing.objects.current()
        .filter(tier=Tier.REPORTED, value__jurisdiction=unit, value__indicator__in=asked)
        .select_related("revision", "value")
    )
    lines: list[Line] = []
    for one in standing:
        indicator, said = asked[one.value.indicator_id], one.revision
        if one.value.year != indicator.year_for(year) or said.state == State.BLANK:
            continue
        number = "" if said.number is None else plain(said.number)
        words = [said.qualifier if number else "", said.statement, said.state]
        lines.append([indicator.code, one.value.year, number, *words, said.state_reason, said.note])
    place: Line = [f"{unit.code}@{unit.valid_from}", year, submission.round_id]
    return [place, *sorted(lines)]


def digest_of(rows: Sequence[Line]) -> str:
    """The check number of the rows, in full: 64 hexadecimal digits.

    >>> digest_of([["500106@1997", 2022, 3]])[:16]
    'b1e31fc56069af0b'
    """
    return hashlib.sha256("".join(f"{written(row)}\n" for row in rows).encode()).hexdigest()


def written(row: Line) -> str:
    """The line as it is counted, without its line feed."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def digits_in(number: str) -> str:
    """What somebody has typed or pasted of a number, as it is looked up; empty where it is too
    short. Of a whole line of the paper it is the last number: letters of words are none of it.

    >>> digits_in("Check number 3F2A-90C1-77DE-0B14")
    '3f2a90c177de0b14'
    >>> digits_in("3F2A")
    ''
    """
    typed = unicodedata.normalize("NFKC", number).casefold()
    if not _NOTHING_ELSE.fullmatch(typed):
        typed = (_IN_A_LINE.findall(typed) or [""])[-1]
    digits = _BETWEEN.sub("", typed)
    return digits if len(digits) >= SHORT else ""
