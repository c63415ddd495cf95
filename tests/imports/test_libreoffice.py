"""LibreOffice opens the template, re-saves it, and the import still takes it: in each format."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.models import YearlyValue
from tests.cast import enter
from tests.imports.workbooks import confirm, fill, outcomes, template_of, upload
from tests.office import needs_libreoffice, saved_again

pytestmark = [pytest.mark.thorough, needs_libreoffice]
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls", "ods": "ods"}


@pytest.fixture
def office(tmp_path):
    """Saves a file in another format, as LibreOffice does it."""

    def save(content: bytes, kind: str) -> bytes:
        (tmp_path / "filled.xlsx").write_bytes(content)
        return saved_again(tmp_path / "filled.xlsx", FORMATS[kind])

    return save


@pytest.mark.parametrize("kind", FORMATS)
def test_what_libreoffice_saves_is_imported(
    client, officer, north, children, children_public, office, kind
):
    enter(children, north, "1000", actor=officer)
    client.force_login(officer)
    book = template_of(client)
    fill(book, {"children": 1200, "children_public": "3.62万"})
    file = io.BytesIO()
    book.save(file)
    again = office(file.getvalue(), kind)

    of_import = upload(client, SimpleUploadedFile(f"again.{kind}", again))
    assert outcomes(of_import) == {"children": "changed", "children_public": "new"}
    confirm(client, of_import)
    found = {one.indicator.code: one.as_entered for one in YearlyValue.objects.all()}
    assert found == {"children": "1200", "children_public": "3.62万"}


def test_libreoffice_keeps_what_the_template_promises(client, officer, children, office):
    client.force_login(officer)
    book = template_of(client)
    file = io.BytesIO()
    book.save(file)
    page = openpyxl.load_workbook(io.BytesIO(office(file.getvalue(), "xlsx"))).worksheets[0]
    unlocked = [
        cell for row in page.iter_rows(min_row=4) for cell in row if not cell.protection.locked
    ]
    assert page.protection.sheet
    assert {cell.column_letter for cell in unlocked} == {"I", "J", "K"}
    assert page.data_validations.count == 2
