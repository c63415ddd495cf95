"""Seeds that cannot be are told with their place, and nothing of them is loaded."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import (
    DutyArea,
    Indicator,
    Jurisdiction,
    SeedRecord,
    YearlyResult,
    YearlyValue,
)
from tests.catalogue.files import edit, path_with, rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("file", "key", "cells", "said"),
    [
        (
            "indicators.csv",
            {"code": "preschool_total"},
            {"duty_area": "nowhere"},
            "column duty_area: there is no 'nowhere'; add it to duty_areas.csv or correct the cell",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public_share"},
            {"formula": "preschool_public / nowhere"},
            "column formula: v1: The formula names nowhere at character 20, which is no indicator",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public"},
            {"formula": "prev(preschool_public)"},
            "column formula: preschool_public is computed by a formula, so it cannot add up over"
            " units; choose “Does not add up”",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public_share"},
            {"formula": "preschool_public / preschool_total"},
            "column formula: v1: The units do not fit: the formula gives a ratio, % is needed",
        ),
        (
            "jurisdictions.csv",
            {"code": "500103"},
            {"parent": "599999"},
            "column parent: no unit '599999' exists in 1997 that could hold this one;"
            " add it, or correct the cell",
        ),
        (
            "jurisdictions.csv",
            {"code": "500101", "valid_from": "1997"},
            {"valid_to": "2000"},
            "column code: Code 500101 already means 万县区 in some of these years",
        ),
        (
            "jurisdiction_changes.csv",
            {"year": "1998"},
            {"to_units": "500101@1999"},
            "column to_units: there is no 500101@1999;"
            " add it to jurisdictions.csv or correct the cell",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"jurisdiction": "500999"},
            "column jurisdiction: no unit has the code '500999' in 2021;"
            " add it to jurisdictions.csv or correct the cell",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"value": "54.46"},
            "column value: '54.45%' means another value; correct one",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"as_entered": "很多"},
            "column as_entered: '很多' cannot be read in percent (not_a_number);"
            " write digits and unit",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"value": "154.45", "as_entered": "154.45%"},
            "column as_entered: At most 100."
            " If a share above it is right, ask the catalogue editor",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"unit": "persons"},
            "column unit: of the indicator it is percent; write the same",
        ),
        (
            "figures.csv",
            {"indicator": "security_guards_coverage"},
            {"statement": "", "value": "1"},
            "column statement: this indicator takes a statement; give one",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place_and_nothing_is_loaded(
    folder, file, key, cells, said
):
    edit(folder, file, key, **cells)
    path = path_with(folder, file, {**key, **cells})
    row = next(row for row in rows(path) if {**key, **cells}.items() <= row.items())
    line = rows(path).index(row) + 2
    if cells.get("valid_to") == "2000":
        line += 1  # the later of the two rows is named

    with pytest.raises(CommandError) as caught:
        call_command("load_seeds", "--from", str(folder), stdout=StringIO())

    assert (
        str(caught.value) == f"{path.relative_to(folder)}, line {line}, {said}. Nothing was loaded."
    )
    for model in (DutyArea, Indicator, Jurisdiction, YearlyValue, YearlyResult):
        assert model.objects.count() == 0
    assert not SeedRecord.objects.exclude(table="units_of_measure").exists()


def test_a_cycle_that_the_seeds_would_close_is_refused(loaded):
    edit(
        loaded,
        "definitions.csv",
        {"indicator": "education_share_of_public_expenditure"},
        formula="education_share_of_public_expenditure_change",
    )

    with translation.override("en"), pytest.raises(SeedFault) as caught:
        load_seeds(loaded)

    assert "the formula gives percentage points, % is needed" in str(caught.value)
    edit(
        loaded,
        "definitions.csv",
        {"indicator": "education_share_of_public_expenditure"},
        formula="prev(education_share_of_public_expenditure)",
    )
    with translation.override("en"), pytest.raises(SeedFault) as caught:
        load_seeds(loaded)
    assert "the formula leads back to itself" in str(caught.value)
