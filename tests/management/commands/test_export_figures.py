"""`manage.py export_figures`: the same file, of all units, on stdout."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from indicators.figures.long_format import COLUMNS
from tests.cast import enter


@pytest.fixture
def figures(children, city, north, south):
    enter(children, north, "1")
    enter(children, south, "2", year=2022)


def export(*arguments, encoding="ascii") -> bytes:
    """What the command writes to a stdout of that encoding, as in locale C."""
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding=encoding)
    call_command("export_figures", *arguments, stdout=stdout)
    stdout.detach()
    return raw.getvalue()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_operator_gets_every_unit_under_codes(figures):
    header, *lines = read(export())

    assert header == list(COLUMNS)
    assert {line[2] for line in lines} == {"500000", "500101", "500102"}


def test_it_is_utf8_with_a_mark_whatever_stdout_would_write(figures):
    content = export(encoding="gbk")

    assert content.startswith(b"\xef\xbb\xbfindicator,name,")
    assert content == export(encoding="ascii")
    assert "北区".encode() in content


def test_a_stdout_of_text_gets_the_same(figures):
    told = io.StringIO(newline="")
    call_command("export_figures", stdout=told)

    assert told.getvalue().encode() == export()


def test_it_is_the_browsers_file(figures, client, supervisor):
    client.force_login(supervisor)
    response = client.get("/export/figures.csv", {"header": "codes"})

    assert export() == b"".join(response.streaming_content)


def test_year_unit_and_area_choose(figures):
    assert {line[4] for line in read(export("--year", "2022"))[1:]} == {"2022"}
    assert {line[2] for line in read(export("--jurisdiction", "500101"))[1:]} == {"500101"}
    assert len(read(export("--area", "funding"))) == 5
    assert read(export("--approved")) == [list(COLUMNS)]


def test_names_by_choice(figures):
    with translation.override("en"):
        assert read(export("--header", "names"))[0][0] == "Indicator code"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--year", "1899"], "--year: Year 1899 is outside 1990 to"),
        (["--year", "soon"], "--year: Enter a whole number."),
        (["--jurisdiction", "999"], "--jurisdiction: There is no unit “999”."),
        (["--jurisdiction", "500101", "--year", "1996"], "--jurisdiction: There is no unit"),
        (["--area", "x"], "--area: There is no duty area “x”."),
    ],
)
def test_what_cannot_be_is_one_clear_line(figures, arguments, told):
    with pytest.raises(CommandError) as error:
        export(*arguments)

    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value)
