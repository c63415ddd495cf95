"""What well-known libraries need for the same acts: CPU seconds of this process alone.

They come with what the tests need.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from django.db import transaction
from django.utils import timezone

from indicators.benchmark.city import City, entries
from indicators.benchmark.paired import timed
from indicators.models import Change, Indicator, Jurisdiction, YearlyValue

HEAD = ["indicator", "jurisdiction", "year", "number", "as_entered"]


def import_export(city: City) -> float:
    """django-import-export, in bulk, of all the city's figures: without preview, rules, standings
    and results. It knows no units of measure, so it gets numbers. What it writes is rolled back."""
    import tablib
    from import_export import fields, resources, widgets

    change = Change.objects.create(at=timezone.now(), reason="benchmark")

    def by_code(name: str, model: type) -> fields.Field:
        return fields.Field(name, name, widgets.ForeignKeyWidget(model, "code"))

    class Values(resources.ModelResource):
        indicator = by_code("indicator", Indicator)
        jurisdiction = by_code("jurisdiction", Jurisdiction)

        class Meta:
            model = YearlyValue
            use_bulk = True
            batch_size = 1000
            fields = tuple(HEAD)
            import_id_fields = tuple(HEAD[:3])

        def after_init_instance(self, instance: YearlyValue, *_: Any, **__: Any) -> None:
            instance.change, instance.version, instance.last_place = change, 1, 0

    rows = [
        [one.indicator.code, one.jurisdiction.code, one.year, _in_digits(one.text), one.text]
        for one in entries(city)
    ]
    data = tablib.Dataset(*rows, headers=HEAD)
    with transaction.atomic():
        seconds = timed(lambda: Values().import_data(data, raise_errors=True), process_time)
        if YearlyValue.objects.count() != len(rows):
            raise RuntimeError("django-import-export did not save all values")
        transaction.set_rollback(True)
    return seconds


def writes_xlsx(rows: Sequence[Sequence[Any]]) -> Callable[[], object]:
    """tablib, which writes by openpyxl; the first row is the head."""
    import tablib

    data = tablib.Dataset(*rows[1:], headers=rows[0])
    return lambda: data.export("xlsx")


def reads_xlsx(content: bytes) -> Callable[[], object]:
    """openpyxl in its full mode, every cell looked at."""
    import openpyxl

    def read() -> int:
        book = openpyxl.load_workbook(io.BytesIO(content))
        return sum(cell is not None for page in book for row in page.values for cell in row)

    return read


def _in_digits(text: str) -> str:
    """`35.32万` in full."""
    whole, _point, part = text.removesuffix("万").partition(".")
    return whole + part.ljust(4, "0") if text.endswith("万") else whole
