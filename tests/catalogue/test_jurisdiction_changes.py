"""Changes of units as they are kept in the admin."""

import pytest
from django.urls import reverse

from indicators.models import JurisdictionChange
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_unit, result
from tests.catalogue.test_admin import boxes, codes, save
from tests.recording.promises import put
from tests.results.test_predecessors import change_of, growth  # noqa: F401


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def renamed(city):
    old = make_unit("500201", "旧县", parent=city, valid_to=YEAR)
    return old, make_unit("500202", "新区", parent=city, valid_from=YEAR)


def test_a_rename_that_is_added_later_brings_the_growth(desk, renamed, children, growth):  # noqa: F811
    old, new = renamed
    enter(children, old, "100", year=YEAR - 1)
    enter(children, new, "110")
    assert result(growth, new).number is None

    save(
        desk,
        "jurisdictionchange",
        year=YEAR,
        kind="rename",
        from_units=[old.pk],
        to_units=[new.pk],
    )

    assert result(growth, new).number == 10
    assert check()[1] == []


def test_approved_growth_keeps_the_unit_that_it_is_counted_from(desk, renamed, children, growth):  # noqa: F811
    old, new = renamed
    change = change_of("rename", [old], [new])
    put(children, old, "100", year=YEAR - 1)
    put(children, new, "110")
    page = reverse("admin:indicators_jurisdictionchange_change", args=[change.pk])

    answer = desk.post(page, boxes(desk, page, from_units=[new.pk]))

    assert codes(answer) == {"__all__": ["change_moves_approved"]}
    assert list(JurisdictionChange.objects.get().from_units.all()) == [old]
    assert result(growth, new, tier="approved").number == 10
