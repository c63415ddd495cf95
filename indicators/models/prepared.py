"""Questions whose SQL Django makes once a process, and which are asked again with other values.

In: a function that builds a QuerySet from its parameters. Out: one that answers with its rows.

To build and compile a QuerySet takes Django several times as long as it takes PostgreSQL to answer
for one unit, and a row that is saved asks some twenty. So it is done once for all values, by Django
itself and in the same words. The compiler is kept, which goes on to make the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, update_wrapper
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", covariant=True)
Given = int | str | Collection[int]
Shape = tuple[tuple[str, int | None], ...]
SHAPES = 32  # kept of a question: by how many values there are of each parameter
MANY = 100  # values; to answer for more takes so long that they are asked for in the usual way


class Parameter(Value):
    """Stands in a question for what is given when it is asked: all of it, or one of several."""

    def __init__(self, name: str, place: int | None = None) -> None:
        super().__init__((name, place))
        self.name, self.place = name, place

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def of(self, given: dict[str, Any]) -> object:
        found = given[self.name]
        return found if self.place is None else found[self.place]


@dataclass(frozen=True)
class _Compiled:
    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[object, ...]

    def filled(self, given: dict[str, Any]) -> list[object]:
        return [one.of(given) if isinstance(one, Parameter) else one for one in self.params]

    def rows(self, given: dict[str, Any]) -> list[Any]:
        if self.queryset.query.select_for_update and connection.get_autocommit():
            raise transaction.TransactionManagementError("rows are locked in a transaction only")
        params = self.filled(given)
        # By a copy, as the connection is the thread's own.
        asking = copy(self.compiler)
        vars(asking).update(connection=connection, as_sql=lambda: (self.sql, params))
        queryset = self.queryset.all()
        vars(queryset.query)["get_compiler"] = lambda using: asking
        # A list: what else were asked of the QuerySet would be answered by the same SQL.
        return list(queryset)


class Prepared(Generic[Row]):
    """Called by name with whole numbers and codes: ids, years, a tier; with several numbers where
    the question has `__in`, which of a foreign key is that of its id (`indicator__id__in`)."""

    def __init__(self, question: Callable[..., QuerySet[Any, Row]]) -> None:
        self.question = question
        self._compiled = lru_cache(SHAPES)(self._compile)
        update_wrapper(self, question)

    def __call__(self, **given: Given) -> list[Row]:
        values, compiled = self._asked(given)
        return compiled.rows(values) if compiled else list(self.question(**values))

    def as_sql(self, **given: Given) -> tuple[str, Sequence[object]]:
        """The SQL and its values, to stand in other SQL."""
        values, compiled = self._asked(given)
        if compiled:
            return compiled.sql, compiled.filled(values)
        return self.question(**values).query.sql_with_params()

    def _asked(self, given: dict[str, Given]) -> tuple[dict[str, Any], _Compiled | None]:
        """The values, and the question compiled for as many, if it is."""
        values = {
            name: one if isinstance(one, int | str) else list(one) for name, one in given.items()
        }
        shape = tuple(
            (name, len(one) if isinstance(one, list) else None) for name, one in values.items()
        )
        counts = [1 if count is None else count for _name, count in shape]
        usual = 0 in counts or sum(counts) > MANY
        return values, None if usual else self._compiled(shape)

    def _compile(self, shape: Shape) -> _Compiled:
        queryset = self.question(**{name: _stand_in(name, count) for name, count in shape})
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        return _Compiled(queryset, compiler, sql, tuple(params))


def prepared(question: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """A question that is compiled once."""
    return Prepared(question)


def _stand_in(name: str, count: int | None) -> Parameter | list[Parameter]:
    if count is None:
        return Parameter(name)
    return [Parameter(name, place) for place in range(count)]
