"""An approved light that waits for last year's figure is lit by that figure. The catalogue lights
it only as any approved figure moves: listed, confirmed with a reason, and kept as a correction."""

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.models import Correction, Definition, JurisdictionChange, ProposalAct
from indicators.recording.catalogue import save_definition, save_other, save_target
from indicators.recording.proposal import confirm, previewed, propose
from tests.cast import YEAR, make_target, make_unit
from tests.recording.promises import put, says


@pytest.fixture
def target(children):
    return make_target(children, "not_below_last_year", level="county")


@pytest.fixture
def waiting(target, children, north):
    put(children, north, "100")
    assert says(children, north)[1] == "no_data"


def test_last_years_figure_lights_it(waiting, children, north):
    put(children, north, "5000", year=YEAR - 1)

    assert says(children, north)[1] == "missed"
    assert not Correction.objects.exists()


def test_another_comparator_of_the_target_is_listed(waiting, target, children, north, editor):
    target.comparator, target.value = "ge", 1000
    with pytest.raises(ApprovedWouldMove) as refused:
        save_target(target, actor=editor)

    (moved,) = refused.value.moved
    assert (moved.before.status, moved.after.status) == ("no_data", "missed")
    assert says(children, north)[1] == "no_data"


def test_a_predecessor_that_is_written_down_later_is_listed(target, children, city, editor):
    old = make_unit("500190", "旧区", parent=city, valid_to=YEAR)
    new = make_unit("500191", "新区", parent=city, valid_from=YEAR)
    put(children, old, "5000", year=YEAR - 1)
    put(children, new, "100")
    change = JurisdictionChange(year=YEAR, kind="rename", legal_basis="国函")
    save_other(change, actor=editor)
    change.from_units.set([old])
    change.to_units.set([new])
    with pytest.raises(ApprovedWouldMove):
        save_other(JurisdictionChange.objects.get(pk=change.pk), actor=editor)

    assert says(children, new)[1] == "no_data"


def test_a_definition_that_is_withdrawn_is_listed_and_leaves_a_correction(
    target, children, north, editor, supervisor
):
    save_definition(Definition(indicator=children, valid_from=YEAR, meaning_zh="新"), actor=editor)
    put(children, north, "5000", year=YEAR - 1)
    put(children, north, "100")
    assert says(children, north)[1] == "no_data"
    latest = Definition.objects.filter(indicator=children).latest("version")
    made = propose(latest, act=ProposalAct.DELETE, actor=editor, reason="误建", seen="")
    listed = previewed(made)
    confirm(made, actor=supervisor, digest=listed.digest, reason="同意")

    assert [one.key.year for one in listed.moved] == [YEAR]
    (kept,) = Correction.objects.all()
    assert (kept.status, kept.new_status) == ("no_data", "missed")
