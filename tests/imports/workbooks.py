"""Files as people bring them, and what tests do with them over and over."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.models import Import
from tests.cast import YEAR

HEAD = ["指标编码", "计量单位", "年份", "填报值", "状态", "说明"]


def csv_file(lines: str, name: str = "表.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, lines.encode(encoding))


def table(*rows: list[Any], head: list[str] = HEAD, name: str = "表.xlsx") -> SimpleUploadedFile:
    """A workbook of one sheet, with the head and the rows."""
    book = openpyxl.Workbook()
    page = book.active
    for row in [head, *rows]:
        page.append(row)
    return saved(book, name)


def saved(book: openpyxl.Workbook, name: str = "表.xlsx") -> SimpleUploadedFile:
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def template_of(client: Any, unit: str = "500101", year: int = YEAR) -> openpyxl.Workbook:
    answer = client.get(f"/imports/template.xlsx?unit={unit}&year={year}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def fill(book: openpyxl.Workbook, figures: Mapping[str, Any], column: str = "数值") -> None:
    """Type into the cells of the indicators (codes)."""
    for page in book.worksheets:
        heads = {cell.value: cell.column for cell in page[3]}
        if column not in heads:
            continue
        for row in range(4, page.max_row + 1):
            code = page.cell(row, heads["指标编码"]).value
            if code in figures:
                page.cell(row, heads[column]).value = figures[code]


def upload(client: Any, file: SimpleUploadedFile, **fields: Any) -> Import:
    """Bring a file; the import that comes of it."""
    answer = client.post("/imports/", {"file": file, **fields})
    assert answer.status_code == 302, answer.context["error"] or answer.context["form"].errors
    return Import.objects.get(pk=int(answer.url.split("/")[2]))


def outcomes(of_import: Import) -> dict[str, str]:
    """What becomes of each row, by what the file calls the indicator."""
    return dict(of_import.rows.values_list("indicator_said", "outcome"))


def said(of_import: Import) -> str:
    """All that is told of the rows."""
    return " ".join(one for row in of_import.rows.all() for one in row.sentences)


def answer_rows(client: Any, of_import: Import, said: Mapping[str, str]) -> Any:
    """Answer rows, by the names of the boxes, as from the page that shows the list as it is."""
    of_import.refresh_from_db()
    sent = {**said, "seen": of_import.list_digest}
    return client.post(f"/imports/{of_import.pk}/choose/", sent)


def confirm(client: Any, of_import: Import, act: str = "all") -> Any:
    """As from the page that shows the list as it is."""
    of_import.refresh_from_db()
    sent = {"act": act, "seen": of_import.list_digest}
    return client.post(f"/imports/{of_import.pk}/confirm/", sent)
