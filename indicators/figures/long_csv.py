"""The full long format written by PostgreSQL itself: byte for byte what `long_format` writes.

Goes in: the queryset with its scope, whose SQL becomes a subselect; psycopg fills in what it binds.
Comes out: the file in pieces. COPY quotes as `csv.writer` does, once an empty text is NULL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import connection

from indicators.figures.csv_stream import csv_chunks
from indicators.figures.long_format import SIGNS, in_words, made_up_mark, table, words_under
from indicators.figures.long_rows import (
    Asked,
    Before,
    Row,
    before_corrections,
    doubts,
    rows,
    standing_figures,
)
from indicators.models import Tier, User
from indicators.models.bulk import copy_out
from indicators.spreadsheets.formula_guard import FORMULA_STARTS, GUARD

Sql = tuple[str, list[Any]]


def csv_file(user: User | None, asked: Asked, *, header: str) -> Iterator[bytes]:
    """The whole file; a user of None, the operator, gets all."""
    before, doubted = before_corrections(user), doubts(user)
    if connection.vendor != "postgresql":
        found = table(rows(user, asked), header=header, before=before, doubts=doubted)
        return csv_chunks(found)
    heading = csv_chunks(islice(table((), header=header), 1))
    return _headed(heading, copy_out(*select(user, asked, before, doubted, header)))


def select(
    user: User | None,
    asked: Asked,
    before: Mapping[str, Before],
    doubted: Mapping[str, str],
    header: str = "codes",
) -> Sql:
    """The SELECT whose rows COPY writes: cells in the order of COLUMNS, guarded, NULL for empty."""
    found, bound = standing_figures(user, asked).query.sql_with_params()
    words = words_under(header)
    second, seconds = _word("computed_statement", words.get("statement"))
    qualifier, qualifiers = _word("qualifier", words.get("qualifier"))
    cells = [
        _guarded("indicator"),
        _guarded("name"),
        _guarded("jurisdiction"),
        _guarded("jurisdiction_name"),
        ("year", []),
        ("trim_scale(number)", []),
        (f"coalesce(trim_scale(computed)::text, {second})", seconds),
        _word("statement", words.get("statement")),
        _word("state", words.get("state")),
        (f"CASE WHEN number IS NOT NULL OR statement <> '' THEN {qualifier} END", qualifiers),
        _unit_named(),
        _guarded("as_entered"),
        _word("tier", words.get("tier")),
        _word("basis", words.get("basis")),
        _word("origin", words.get("origin")),
        _guarded("goal"),
        _word("status", words.get("status")),
        ("definition", []),
        _corrected_from(in_words(before, words)),
        ("reported", []),
        ("expected", []),
        _doubt(doubted, words.get("doubt", {})),
    ]
    goal, signs = _goal(words.get("comparator", {}), made_up_mark(words))
    written = ", ".join(sql for sql, _values in cells)
    values = [value for _sql, given in cells for value in given]
    return (
        f"SELECT {written} FROM (SELECT *, {goal} AS goal"
        f" FROM ({found}) AS found({', '.join(Row._fields)})) AS figures",
        [*values, *signs, *bound],
    )


def _headed(heading: Iterator[bytes], pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, the heading before the first: there is no piece before the database answers."""
    yield b"".join(heading) + next(pieces, b"")
    yield from pieces


def _word(column: str, words: Mapping[str, str] | None = None) -> Sql:
    """A code of ours, or what it says, neither of which begins a formula."""
    return (
        _chosen(column, words, f"nullif({column}, '')") if words else (f"nullif({column}, '')", [])
    )


def _guarded(column: str) -> Sql:
    """As `formula_guard.guard` does it."""
    starts = "".join(FORMULA_STARTS) + GUARD
    text = f"nullif({column}, '')"
    return (
        f"CASE WHEN position(left({text}, 1) IN %s) > 0 THEN %s || {column} ELSE {text} END",
        [starts, GUARD],
    )


def _unit_named() -> Sql:
    """The Chinese name of the unit of measure, by a table that is gathered once for the file."""
    name, guarding = _guarded("name_zh")
    return (
        f"(SELECT jsonb_object_agg(code, {name}) FROM indicators_unitofmeasure) ->> unit",
        guarding,
    )


def _chosen(column: str, words: Mapping[str, str], otherwise: str) -> Sql:
    """A word for each code."""
    whens = " WHEN %s THEN %s" * len(words)
    return (
        f"CASE {column}{whens} ELSE {otherwise} END",
        [text for pair in words.items() for text in pair],
    )


def _corrected_from(before: Mapping[str, Before]) -> Sql:
    """As `long_format.corrected_from` does it."""
    if not before:
        return "NULL", []
    was = "(%s::jsonb -> (indicator || ' ' || jurisdiction || ' ' || year))"
    known = json.dumps(before)
    return (
        f"CASE WHEN ({was} ->> 0)::bigint = 0 OR revision <> ({was} ->> 0)::bigint"
        f" THEN nullif({was} ->> 1, '') END",
        [known, known, known],
    )


def _doubt(doubted: Mapping[str, str], words: Mapping[str, str]) -> Sql:
    """As `long_format.doubt` does it."""
    if not doubted:
        return "NULL", []
    said = {place: words.get(mark, mark) for place, mark in doubted.items()}
    mark = "(%s::jsonb ->> (indicator || ' ' || jurisdiction || ' ' || year))"
    return f"CASE WHEN tier = %s THEN {mark} END", [Tier.REPORTED, json.dumps(said)]


def _goal(words: Mapping[str, str], made_up: str) -> Sql:
    """As `long_format.target` writes it."""
    alone, alones = _word("comparator", words)
    sign, signs = _chosen("comparator", {**words, **SIGNS}, "comparator")
    value, end = "trim_scale(target)", "trim_scale(target_to)"
    return (
        f"CASE WHEN target IS NULL THEN {alone}"
        f" WHEN target_to IS NOT NULL THEN {value} || '..' || {end}"
        f" ELSE {sign} || ' ' || {value} END"
        " || CASE WHEN target_is_made_up THEN %s ELSE '' END",
        [*alones, *signs, made_up],
    )
