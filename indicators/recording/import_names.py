"""What the words of a file mean: which indicator, which unit, which year, which state."""

from __future__ import annotations

from collections import defaultdict

from indicators.collection import Refusal
from indicators.measures.words import plain_code, plain_word, year_of
from indicators.models import Import, ImportRow, Jurisdiction, State, Statement
from indicators.results import Key, Snapshot

# As offices answer in a table whether something was reached.
YES_AND_NO = {"是": Statement.MET.value, "√": Statement.MET.value, "否": Statement.NOT_MET.value}


class Names:
    """Finds by code or by name in either language; spaces and full-width forms do not count."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._indicators: dict[str, set[int]] = defaultdict(set)
        for one in snapshot.indicators.values():
            for word in (one.code, one.name_zh, one.name_en):
                self._indicators[plain_word(word)].add(one.pk)
        self._units: dict[str, set[int]] = defaultdict(set)
        for unit in snapshot.units.values():
            for word in (unit.code, unit.slug, unit.name_zh, unit.name_en):
                self._units[plain_word(word)].add(unit.pk)
        # A file says the same words many times.
        self._found: dict[str, int] = {}
        self._units_found: dict[tuple[str, int], int] = {}
        self._years_found: dict[str, int] = {}

    def place(self, row: ImportRow, of_import: Import) -> Key:
        """Find and put indicator, unit and year on the row. Refuses: indicator_not_found,
        indicator_not_clear, year_not_said, year_not_read, unit_not_said, unit_not_found,
        unit_not_clear."""
        row.indicator_id = row.jurisdiction_id = row.year = None
        row.indicator_id = indicator = self._indicator(row.indicator_said)
        row.year = year = self._year(row, indicator, of_import)
        row.jurisdiction_id = unit = self._unit(row, year, of_import)
        return Key(unit, year, indicator)

    def _indicator(self, said: str) -> int:
        found = self._found.get(said)
        if found is None:
            named = self._indicators.get(plain_word(said), set())
            if not named or not said.strip():
                raise Refusal("indicator_not_found", said=said)
            if len(named) > 1:
                codes = sorted(self._snapshot.indicators[pk].code for pk in named)
                raise Refusal("indicator_not_clear", said=said, codes="、".join(codes))
            (found,) = named
            self._found[said] = found
        return found

    def _year(self, row: ImportRow, indicator: int, of_import: Import) -> int:
        """The value's own year: as the file says it, else by the evaluation year."""
        if not row.year_said:
            if of_import.evaluation_year is None:
                raise Refusal("year_not_said")
            return self._snapshot.indicators[indicator].year_for(of_import.evaluation_year)
        year = self._years_found.get(row.year_said)
        if year is None:
            year = year_of(plain_code(row.year_said.strip()))
            if year is None:
                raise Refusal("year_not_read", said=row.year_said)
            self._years_found[row.year_said] = year
        return year

    def _unit(self, row: ImportRow, year: int, of_import: Import) -> int:
        if not row.unit_said:
            if of_import.jurisdiction_id is None:
                raise Refusal("unit_not_said")
            return of_import.jurisdiction_id
        found = self._units_found.get((row.unit_said, year))
        if found is not None:
            return found
        units = self._snapshot.units
        word = plain_code(plain_word(row.unit_said))
        named = [units[pk] for pk in self._units.get(word, ())]
        valid = [unit for unit in named if unit.valid_in(year)] or named
        if not valid:
            raise Refusal("unit_not_found", said=row.unit_said, year=year)
        if len(valid) > 1:
            raise Refusal("unit_not_clear", said=row.unit_said, codes=_slugs(valid))
        self._units_found[row.unit_said, year] = valid[0].pk
        return valid[0].pk


def state_of(said: str) -> str:
    """The code of State that a word of a file means; empty for a figure. Refuses:
    state_not_read."""
    word = said.strip()
    if not word:
        return ""
    words = {code: code for code in State.values} | {str(one.label): one.value for one in State}
    if word not in words:
        offered = "、".join(str(one.label) for one in State if one != State.BLANK)
        raise Refusal("state_not_read", said=word, words=offered)
    return "" if words[word] == State.BLANK else words[word]


def statement_of(text: str) -> str:
    """The code of Statement that a word of a file means, 是 and 否 included. Refuses:
    statement_not_read."""
    words = {code: code for code in Statement.values} | YES_AND_NO
    words |= {str(one.label): one.value for one in Statement}
    if text not in words:
        offered = "、".join(str(one.label) for one in Statement)
        raise Refusal("statement_not_read", said=text, words=offered)
    return words[text]


def _slugs(units: list[Jurisdiction]) -> str:
    return "、".join(sorted(unit.slug for unit in units))
