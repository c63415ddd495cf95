"""What offices and analysts open the files with reads every cell as it is stored."""

import csv
import io
import zipfile
from decimal import Decimal

import duckdb
import pandas
import pytest
from django.urls import reverse

from indicators.figures.long_format import table
from indicators.figures.long_rows import Asked, rows
from indicators.measures.exact import plain
from indicators.models import YearlyResult
from tests.cast import YEAR, enter, make_indicator, make_statement
from tests.office import CSV, needs_libreoffice, saved_again

TEXTS = ("0", "36,215", "3.62万", "约120", "=3+4", "12345678901234")


@pytest.fixture
def figures(city, north, south, children):
    """Figures of every kind, with names that tempt: commas, quotes, line breaks, formulas."""
    children.name_zh = '在园，"幼儿"\n=1+1'
    children.save()
    rate = make_indicator(
        "rate", unit="percent", display_unit="percent", quantity_kind="rate", lower_limit=None
    )
    done = make_statement("done", name_zh="=HYPERLINK(1)", reporting_level="units")
    for year, text in enumerate(TEXTS, start=YEAR - len(TEXTS) + 1):
        enter(children, north, text, year=year)
        enter(children, south, "7", year=year)
        enter(rate, north, f"-{year - 2000}.0625", year=year)
    enter(done, south, statement="not_met")
    enter(rate, south, state="not_applicable", state_reason="没有")


@pytest.fixture
def stored(figures, supervisor):
    """Every cell as it is stored, a dict a row; numbers are Decimals."""
    head, *lines = table(rows(supervisor, Asked()), header="codes")
    return [dict(zip(head, line, strict=True)) for line in lines]


def file_of(client, user, place, **asked):
    client.force_login(user)
    return b"".join(client.get(reverse(place), asked).streaming_content)


def as_text(rows_stored, *, guarded):
    """The cells as texts; in CSV a text that begins like a formula has an apostrophe."""

    def said(cell):
        if cell is None:
            return ""
        if isinstance(cell, Decimal):
            return plain(cell)
        text = str(cell)
        return f"'{text}" if guarded and isinstance(cell, str) and text[:1] in "=-+@'" else text

    return [
        {name: said(cell) if cell != "" else "" for name, cell in row.items()}
        for row in rows_stored
    ]


def test_pandas_reads_the_csv(client, supervisor, stored):
    content = file_of(client, supervisor, "exchange:figures", header="codes")
    frame = pandas.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == as_text(stored, guarded=True)
    guessed = pandas.read_csv(io.BytesIO(content))
    assert guessed["value"].dtype.kind == "f"
    assert guessed["year"].dtype.kind == "i"


def test_pandas_reads_the_workbook(client, supervisor, stored):
    content = file_of(client, supervisor, "exchange:figures_xlsx", header="codes")
    frame = pandas.read_excel(
        io.BytesIO(content), engine="openpyxl", dtype=object, keep_default_na=False
    )
    found = frame.to_dict("records")
    assert [[*row] for row in found] == [[*row] for row in stored]
    for row, wanted in zip(found, stored, strict=True):
        for name, cell in wanted.items():
            if isinstance(cell, Decimal | int):
                assert isinstance(row[name], int | float), name
                assert Decimal(repr(row[name])) == cell, name
            else:
                assert row[name] == (cell or ""), name


def test_duckdb_reads_the_csv_exactly(client, supervisor, stored, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_bytes(file_of(client, supervisor, "exchange:figures", header="codes"))
    with duckdb.connect() as database:
        found = database.execute(
            "SELECT indicator, jurisdiction, year, value FROM read_csv(?, header = true,"
            " types = {'value': 'DECIMAL(18,4)', 'jurisdiction': 'VARCHAR', 'year': 'INTEGER'})",
            [str(file)],
        ).fetchall()
        every = database.execute(
            "SELECT * FROM read_csv(?, header = true, all_varchar = true)", [str(file)]
        )
        heads = [column[0] for column in every.description]
        cells = [dict(zip(heads, row, strict=True)) for row in every.fetchall()]
    assert found == [
        (row["indicator"], row["jurisdiction"], row["year"], row["value"]) for row in stored
    ]
    assert [{name: cell or "" for name, cell in row.items()} for row in cells] == as_text(
        stored, guarded=True
    )


def test_pandas_and_duckdb_read_the_package(client, supervisor, stored, tmp_path):
    content = file_of(client, supervisor, "exchange:package")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        with package.open("figures-reported.csv") as file:
            frame = pandas.read_csv(file, dtype=str, keep_default_na=False)
        package.extractall(tmp_path)
    assert frame.to_dict("records") == as_text(stored, guarded=True)
    with duckdb.connect() as database:
        summed = database.execute(
            "SELECT i.code, sum(f.value) FROM read_csv(?, types = {'value': 'DECIMAL(18,4)'}) f"
            " JOIN read_csv(?) i ON i.code = f.indicator"
            " WHERE f.value IS NOT NULL GROUP BY ALL ORDER BY ALL",
            [str(tmp_path / "figures-reported.csv"), str(tmp_path / "indicators.csv")],
        ).fetchall()
    totals = {}
    for one in YearlyResult.objects.in_tier("reported").select_related("indicator"):
        if one.number is not None:
            code = one.indicator.code
            totals[code] = totals.get(code, 0) + one.number
    assert dict(summed) == totals


@pytest.mark.thorough
@needs_libreoffice
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_reads_both_files(client, supervisor, stored, tmp_path, kind):
    place = "exchange:figures" if kind == "csv" else "exchange:figures_xlsx"
    (tmp_path / f"figures.{kind}").write_bytes(file_of(client, supervisor, place, header="codes"))
    found = saved_by_libreoffice(tmp_path, f"figures.{kind}")
    wanted = as_text(stored, guarded=kind == "csv")
    read = list(csv.DictReader(io.StringIO(found, newline="")))
    assert [worths(row) for row in read] == [worths(row) for row in wanted]


def worths(row):
    """LibreOffice writes 12345678901241.0, and takes the text 36,215 for a number."""
    return {name: worth(text) for name, text in row.items()}


def worth(text):
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError:
        return text


@pytest.mark.thorough
@needs_libreoffice
def test_libreoffice_shows_the_summary_as_the_page_does(client, supervisor, stored, tmp_path):
    client.force_login(supervisor)
    page = client.get(reverse("exchange:summary"), {"year": YEAR})
    [shown] = page.context["summaries"]
    answer = client.get(reverse("exchange:summary_xlsx"), {"year": YEAR})
    (tmp_path / "summary.xlsx").write_bytes(answer.content)
    found = list(csv.reader(io.StringIO(saved_by_libreoffice(tmp_path, "summary.xlsx"))))
    by_name = {line[0]: line[1:] for line in found}
    for row in (*shown.rows, shown.total):
        texts = [cell.text.replace("\u2009", ",").replace("−", "-") for cell in row.cells]
        assert by_name[row.name] == texts


def saved_by_libreoffice(folder, name):
    """The first sheet as it shows it, in UTF-8, texts in quotes."""
    inside = ":44,34,76,1,,0,false,true,false" if name.endswith("csv") else ""
    reading = [f"--infilter=CSV{inside}"] if inside else []
    return saved_again(folder / name, CSV, *reading).decode("utf-8-sig")
