"""PostgreSQL writes the file as Python does, to the byte, and for each reader alone."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.utils import translation

from indicators.figures.csv_stream import csv_chunks
from indicators.figures.long_csv import csv_file
from indicators.figures.long_format import table
from indicators.figures.long_rows import Asked, before_corrections, doubts, rows
from indicators.models import YearlyResult
from indicators.recording.examination import examine_due
from indicators.spreadsheets.formula_guard import FORMULA_STARTS
from tests.cast import YEAR, enter, make_indicator, make_statement, make_target

HOSTILE = [
    "'",
    "''x",
    'a "b", c',
    "two\nlines",
    "two\r\nlines\n",
    "\\.",
    "%s %",
    " ",
    "山,城",
    "é—😀",
]


@pytest.fixture
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("COPY is PostgreSQL's")


@pytest.fixture
def figures(postgresql, children, share, children_public, city, north, south):
    """Every kind of cell: names that are no names, stated beside computed, targets of each kind."""
    for number, text in enumerate([*HOSTILE, *(f"{start}1+1" for start in FORMULA_STARTS)]):
        odd = make_indicator(f"odd_{number}", name_zh=text, name_en=text if number % 2 else "")
        enter(odd, north, f"{number}.0万")
    for unit, text in ((north, "200"), (south, "300余"), (city, "0")):
        enter(children, unit, text)
        enter(children_public, unit, "100")
    enter(share, city, "33.30%")
    for comparator, goal in (("eq", {"value": 96}), ("range", {"value": -5, "value_to": D("5.5")})):
        aimed = make_indicator(f"aimed_{comparator}", lower_limit=None)
        make_target(aimed, comparator, **goal)
        enter(aimed, city, "-80500000000000")
    make_target(children, "not_below_last_year")
    made_up = make_indicator("made_up")
    make_target(made_up, "ge", 5, basis="demonstration")
    enter(made_up, city, "5")
    met = make_statement("met")
    make_target(met, "all")
    enter(met, north, '=“words”,\n"quoted"', statement="met")
    enter(met, south, state="not_applicable", state_reason="none here")
    YearlyResult.objects.filter(jurisdiction=north).update(origin="imported")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("reader", ["supervisor", "officer", "editor", None])
def test_the_file_is_the_same_as_written_in_python(request, figures, reader, language):
    user = request.getfixturevalue(reader) if reader else None
    with translation.override(language):
        copied = b"".join(csv_file(user, Asked(), header="names"))
        written = b"".join(csv_chunks(table(rows(user, Asked()), header="names")))

    assert copied == written
    assert copied.count(b"\r\n") > 3


def test_one_unit_and_one_year_are_the_same_too(figures, north, children, supervisor):
    for asked in (
        Asked(units=(north,), year=2021),
        Asked(area=children.duty_area),
        Asked(tier="approved"),
    ):
        copied = b"".join(csv_file(supervisor, asked, header="codes"))
        assert copied == b"".join(csv_chunks(table(rows(supervisor, asked), header="codes")))


def test_what_was_corrected_is_told_the_same_way(postgresql, corrected, supervisor, officer):
    for reader in (supervisor, officer):
        for asked in (Asked(), Asked(tier="approved")):
            copied = b"".join(csv_file(reader, asked, header="codes"))
            known = table(rows(reader, asked), header="codes", before=before_corrections(reader))
            assert copied == b"".join(csv_chunks(known))
            assert copied.count(b",100,,,\r\n") == 1


@pytest.mark.usefixtures("usual_rules")
def test_what_is_in_doubt_is_told_the_same_way(
    postgresql, figures, north, children, supervisor, officer
):
    enter(children, north, "100", year=YEAR - 1)
    enter(children, north, "100000")
    examine_due()
    for header in ("codes", "names"):
        for reader in (supervisor, officer):
            for asked in (Asked(), Asked(tier="approved")):
                copied = b"".join(csv_file(reader, asked, header=header))
                known = table(rows(reader, asked), header=header, doubts=doubts(reader))
                assert copied == b"".join(csv_chunks(known))
                marked = b",own\r\n" in copied or ",待核\r\n".encode() in copied
                assert marked == (asked.tier == "reported")
