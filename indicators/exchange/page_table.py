"""A table as it stands on a page, sorted and filtered by its reader, as CSV or as a workbook.

Goes in: the cells that the page has sent, which its reader sees already. Comes out: rows for the
file. A cell is a text, or a number that says so: `{"number": "3.62"}`.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.figures.csv_stream import Cell

NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,10})?", re.ASCII)
COLUMNS_AT_MOST, ROWS_AT_MOST = 500, 20_000


class PageTableForm(forms.Form):
    """What the page sends: the table's name, and its rows as JSON, the header first."""

    name = forms.CharField(max_length=200)
    rows = forms.CharField(strip=False)

    def clean_rows(self) -> list[list[Cell]]:
        try:
            found = json.loads(self.cleaned_data["rows"])
            return [[_cell(cell) for cell in row] for row in _listed(found, ROWS_AT_MOST)]
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(
                _("This is no table of a page."), code="no_table"
            ) from error


def _listed(found: Any, most: int) -> list[Any]:
    if not isinstance(found, list) or not 0 < len(found) <= most:
        raise ValueError(found)
    for row in found:
        if not isinstance(row, list) or len(row) > COLUMNS_AT_MOST:
            raise ValueError(row)
    return found


def _cell(cell: Any) -> Cell:
    match cell:
        case str():
            return cell.encode("utf-8", "replace").decode()
        case {"number": str(digits)} if NUMBER.fullmatch(digits):
            return Decimal(digits)
    raise ValueError(cell)
