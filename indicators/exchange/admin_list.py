"""A list of the administration as a file: all its pages, as it is filtered and sorted.

Goes in: the list, as the administration makes it for who asks. Comes out: its rows, the header
first, each cell as the list shows it; numbers are numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import display_for_field, label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from indicators.figures.csv_stream import Cell, csv_response
from indicators.figures.downloads import xlsx_response
from indicators.models import ExportKind, User
from indicators.recording.export import keep_export

ROWS_AT_ONCE = 500


def list_file(
    request: HttpRequest, admin: ModelAdmin[Any], listed: ChangeList, kind: str
) -> HttpResponseBase:
    """The list as csv or xlsx; kept, but for who has no role and so no unit to be kept under."""
    name = str(capfirst(listed.opts.verbose_name_plural))
    if isinstance(request.user, User) and request.user.scope.paths:
        asked = {"list": listed.opts.model_name} | dict(request.GET.items())
        keep_export(request, kind=ExportKind.TABLE, format=kind, name=name, asked=asked)
    rows = _rows(admin, listed)
    fallback = str(listed.opts.model_name)
    return (xlsx_response if kind == "xlsx" else csv_response)(rows, name, fallback)


def _rows(admin: ModelAdmin[Any], listed: ChangeList) -> Iterator[list[Cell]]:
    names = [name for name in listed.list_display if name != "action_checkbox"]
    yield [capfirst(str(label_for_field(name, listed.model, admin))) for name in names]
    for row in listed.queryset.iterator(chunk_size=ROWS_AT_ONCE):
        yield [_cell(name, row, admin) for name in names]


def _cell(name: Any, row: Any, admin: ModelAdmin[Any]) -> Cell:
    try:
        field, _attribute, value = lookup_field(name, row, admin)
    except ObjectDoesNotExist:
        return ""
    if field is not None and field.is_relation and value is not None:
        value = getattr(row, field.name)
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case int() | Decimal() if not (field and field.choices):
            return value
        case datetime.datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        case datetime.date():
            return value.isoformat()
        case SafeString():
            return strip_tags(value)
    if field is not None and field.choices:
        return str(display_for_field(value, field, ""))
    return str(value)
