"""An approved year, and questions about what of it stands and moved."""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Correction, Tier, YearlyResult
from indicators.recording import Entry, save_values
from tests.cast import YEAR, make_user, result

BOTH = (Tier.REPORTED, Tier.APPROVED)


def put(indicator, unit, text, *, year=YEAR):
    """Approved at once, as a published report has it."""
    entry = Entry(indicator, unit, year, version=0, text=text)
    save_values([entry], actor=None, reason="", tiers=BOTH)


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value


def says(indicator, unit, *, year=YEAR):
    found = result(indicator, unit, year=year, tier="approved")
    return found.number, found.status


def corrections():
    return [
        (one.indicator.code, one.jurisdiction.name_zh, one.year, one.number, one.new_number)
        for one in Correction.objects.order_by("indicator__code", "jurisdiction__code")
    ]


def approved_results():
    rows = YearlyResult.objects.filter(tier="approved").order_by("pk")
    return list(rows.values_list("pk", "number", "statement", "state", "status", "target"))


def today():
    return timezone.localdate()


@pytest.fixture
def published(children, children_public, share, city, north, south):
    """An approved year: 100 children of 60 + 40 in two units, 50 of 30 + 20 in public ones."""
    for unit, all_of_them, public in ((north, "60", "30"), (south, "40", "20")):
        put(children, unit, all_of_them)
        put(children_public, unit, public)
    return share


@pytest.fixture
def another_supervisor(city):
    return make_user("another", "supervisor", city)
