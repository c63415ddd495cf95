"""Reads the own tables of a whole file, and tells what was passed over.

Goes in: a workbook whose head names no columns of ours. Comes out: its tables, and a sentence for
each sheet that is hidden or holds none, for hidden rows and columns, and for numbers that no figure
came of.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.imports.crosstab import Crosstab, crosstabs_of
from indicators.imports.layout import hidden_columns_told
from indicators.imports.totals import NAMED, sheets_said, totals_told
from indicators.spreadsheets import Workbook


def own_tables(workbook: Workbook) -> tuple[list[Crosstab], list[str]]:
    """The tables, and what the user is to know of them."""
    tables: list[Crosstab] = []
    remarks: list[str] = []
    for sheet in workbook.sheets:
        if not sheet.rows:
            continue
        if sheet.hidden:
            remarks.append(
                _("Sheet “%(sheet)s” is hidden and was not read.") % {"sheet": sheet.name}
            )
            continue
        found = crosstabs_of(sheet)
        tables += found
        if not found:
            remarks.append(
                _("Sheet “%(sheet)s” has no table of labels and figures; it was not read.")
                % {"sheet": sheet.name}
            )
        for table in found:
            remarks += _passed_over(table)
        columns = (one.column for table in found for one in table.figures)
        remarks += hidden_columns_told(sheet, columns)
    return tables, [*totals_told(tables), *_hidden(tables), *remarks]


def _passed_over(table: Crosstab) -> list[str]:
    found = []
    if table.unread:
        named = "、".join(table.unread[:NAMED])
        found.append(
            ngettext(
                "%(n)s number among the labels of “%(sheet)s” was not read as a figure: %(cells)s.",
                "%(n)s numbers among the labels of “%(sheet)s” were not read as figures: "
                "%(cells)s.",
                len(table.unread),
            )
            % {"n": len(table.unread), "sheet": table.sheet, "cells": named}
        )
    return found


def _hidden(tables: Sequence[Crosstab]) -> list[str]:
    """One sentence, as a workbook of a sheet for each unit hides the same row in each of them."""
    hiding = [table for table in tables if table.hidden]
    if not hiding:
        return []
    sheets = sheets_said([table.sheet for table in hiding])
    rows = sum(table.hidden for table in hiding)
    return [_("%(n)s hidden rows of %(sheets)s were read as well.") % {"n": rows, "sheets": sheets}]
