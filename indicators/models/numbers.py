"""The one field class for exact numbers: 14 integer digits, 4 decimals, the same on both databases.

Decided: `numeric(18,4)` on PostgreSQL, an integer of ten-thousandths on SQLite, where Django's
own DecimalField is a REAL and changes numbers of 16 digits. The field extends `models.Field`, so
that arithmetic with other types raises FieldError instead of being ten thousand times off.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from indicators.measures.exact import DECIMALS, INTEGER_DIGITS, TooLong, exact

SCALE = 10**DECIMALS


def from_sqlite(stored: int | None) -> Decimal | None:
    """The number behind a stored integer of ten-thousandths; for raw SQL on SQLite.

    >>> from_sqlite(956700)
    Decimal('95.6700')
    """
    return None if stored is None else Decimal(stored).scaleb(-DECIMALS)


class ExactNumberField(models.Field):
    """A decimal number kept exactly: |x| < 10^14, at most four decimals; in Python a Decimal."""

    description = "Exact number with 14 integer digits and 4 decimals"
    empty_strings_allowed = False

    def get_internal_type(self) -> str:
        return "ExactNumberField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        if connection.vendor == "postgresql":
            return f"numeric({INTEGER_DIGITS + DECIMALS}, {DECIMALS})"
        return "bigint"

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return None
        column = connection.ops.quote_name(str(self.column))
        bound = 10 ** (INTEGER_DIGITS + DECIMALS) - 1
        return (
            f"{column} IS NULL OR"
            f" (typeof({column}) = 'integer' AND {column} BETWEEN -{bound} AND {bound})"
        )

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        return {"type": self.db_type(connection), "check": self.db_check(connection)}

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        # psycopg makes a Decimal itself: a page need not ask about each of its hundreds of numbers.
        return [] if connection.vendor == "postgresql" else super().get_db_converters(connection)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return from_sqlite(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        try:
            return exact(value)
        except (TooLong, TypeError, ValueError) as error:
            raise ValidationError(
                _("At most 14 digits before and 4 after the decimal point."), code="number_too_long"
            ) from error

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return exact(value)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        if isinstance(value, Decimal) and connection.vendor != "postgresql":
            return int(value.scaleb(DECIMALS))
        return value

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{
                "form_class": forms.DecimalField,
                "max_digits": INTEGER_DIGITS + DECIMALS,
                "decimal_places": DECIMALS,
                **kwargs,
            }
        )
