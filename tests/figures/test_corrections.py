"""A correction shows old and new value wherever the old one was shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.figures import figures_of
from indicators.figures.long_rows import before_corrections, place_of
from indicators.models import Indicator
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.proposal import confirm, previewed, propose
from indicators.recording.seen import digest_of_row
from indicators.recording.submission import approve, reopen, submit
from tests.cast import YEAR, enter


def corrected_from(user, unit, **more):
    found = {figure.code: figure.corrected_from for figure in figures_of(user, unit, YEAR, **more)}
    return found["children"].replace("\u2009", " ")


def test_until_something_else_stands_nothing_is_called_corrected(reopened, supervisor, north):
    assert corrected_from(supervisor, north) == ""


def test_both_tiers_show_what_was_approved_before(corrected, supervisor, officer, north):
    for user in (supervisor, officer):
        for tier in ("reported", "approved"):
            assert corrected_from(user, north, tier=tier) == "100 人"


def test_old_and_new_are_told_in_one_unit(corrected, children, supervisor, north):
    with changing_catalogue(actor=None) as change:
        Indicator.objects.filter(pk=children.pk).update(display_unit="wan_persons")
        change.indicators.add(children.pk)
    assert corrected_from(supervisor, north) == "0.01 万人"


def test_a_second_correction_shows_what_the_first_had_made_of_it(
    corrected, children, north, officer, lead, supervisor
):
    again = reopen(
        corrected,
        actor=supervisor,
        version=corrected.version,
        reason="再更正",
        until=timezone.localdate(),
        figures={"children": "仍有误"},
    )
    enter(children, north, "140", actor=officer, note="再更正")
    sent = submit(again, actor=lead, version=again.version)
    approve(sent, actor=supervisor, version=sent.version)
    assert corrected_from(supervisor, north) == "130 人"


@pytest.mark.parametrize("name", ["overview", "indicator", "figure"])
def test_the_pages_show_it(corrected, client, supervisor, north, name):
    url = {
        "overview": f"{reverse('dashboards:overview')}?jurisdiction={north.code}",
        "indicator": reverse("dashboards:indicator", args=["children"]),
        "figure": reverse("dashboards:figure", args=["children", north.code, YEAR]),
    }[name]
    client.force_login(supervisor)
    assert "更正前 100" in client.get(url).content.decode()


def test_what_a_confirmed_change_of_the_catalogue_moved_is_shown_too(
    published, children, city, editor, supervisor, north, officer
):
    children.aggregation = "max"
    stored = Indicator.objects.get(pk=children.pk)
    made = propose(children, act="save", actor=editor, reason="x", seen=digest_of_row(stored))
    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")

    assert corrected_from(supervisor, city, tier="approved") == "100 人"
    assert corrected_from(officer, city, tier="approved") == ""
    of_city = place_of("children", city.code, YEAR)
    assert before_corrections(supervisor)[of_city].says == "100"
    assert of_city not in before_corrections(officer)
