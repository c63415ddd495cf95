"""An approved figure that goes back through a unit which has none itself.

A change of the unit between that cuts the way back is listed and refused unless it is confirmed, as
where that unit has figures.
"""

import pytest
from django.urls import reverse

from indicators.collection import ApprovedWouldMove
from indicators.models import Jurisdiction, JurisdictionChange
from indicators.recording.catalogue import save_jurisdiction
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results.rebuild import check
from tests.cast import YEAR, make_share, make_unit, result
from tests.recording.promises import put


@pytest.fixture
def middle(city, children):
    """一区 became 二区, of which no figure is kept, and that 三区."""
    first = make_unit("500201", "一区", parent=city, valid_to=2019)
    middle = make_unit("500202", "二区", parent=city, valid_from=2019, valid_to=YEAR)
    last = make_unit("500203", "三区", parent=city, valid_from=YEAR)
    with changing_catalogue(actor=None):
        for before, after in ((first, middle), (middle, last)):
            change = JurisdictionChange.objects.create(kind="rename", year=after.valid_from)
            change.from_units.set([before])
            change.to_units.set([after])
    since = make_share("since", "children / base_year(children, 2018) * 100")
    put(children, first, "50", year=2018)
    put(children, last, "75")
    assert result(since, last, tier="approved").number == 150
    return Jurisdiction.objects.get(pk=middle.pk)


def test_the_way_back_is_not_cut_in_silence(middle, editor):
    middle.valid_from = 2020
    with pytest.raises(ApprovedWouldMove) as caught:
        save_jurisdiction(middle, actor=editor)

    moved = {(one.key.unit_id, one.before.number) for one in caught.value.moved}
    assert (Jurisdiction.objects.get(name_zh="三区").pk, 150) in moved
    assert check()[1] == []


def test_nor_by_a_part_that_is_said_to_have_moved(client, south, middle, editor):
    """A transfer is written down of the year in which 一区 became 二区, so that nothing goes on."""
    client.force_login(editor)
    sent = {"year": 2019, "kind": "transfer", "from_units": [south.pk], "to_units": [middle.pk]}
    client.post(reverse("admin:indicators_jurisdictionchange_add"), sent)

    assert check()[1] == []
