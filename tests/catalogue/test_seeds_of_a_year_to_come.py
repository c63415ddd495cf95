"""Nor does the operator load figures of a year that has not come."""

import pytest
from django.utils import timezone

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import YearlyValue
from tests.catalogue.files import add, all_rows

pytestmark = pytest.mark.django_db


def test_a_figure_of_next_year_is_refused_with_its_place(loaded):
    like = {name: all_rows("figures.csv")[0][name] for name in ("indicator", "year")}
    coming = timezone.localdate().year + 1
    add(loaded, "figures.csv", like, year=str(coming))

    with pytest.raises(SeedFault, match="is a year to come"):
        load_seeds(loaded)
    assert not YearlyValue.objects.filter(year=coming).exists()
