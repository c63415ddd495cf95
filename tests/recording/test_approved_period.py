"""What an approved figure says of its period is approved as its number is."""

import pytest
from django.urls import reverse

from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures import figures_at
from indicators.figures.long_rows import before_corrections, place_of
from indicators.figures.moved import moved_figures
from indicators.models import Indicator, UnitOfMeasure
from indicators.recording.catalogue import delete, save_indicator
from indicators.recording.proposal import confirm, previewed, propose
from indicators.recording.seen import digest_of_row
from indicators.recording.unit_of_measure import save_unit_of_measure
from tests.cast import YEAR


def test_the_period_of_approved_figures_is_not_changed_in_silence(
    published, children, city, editor, supervisor
):
    """An editor chooses school year for calendar year: the approved 100 of 2021 are those of
    2021/22 at once, in all years, without a list, a reason or a correction."""

    def period():
        return figures_at(supervisor, [(children, city, YEAR)], tier="approved")[0].period

    assert period() == "2021 年"
    children.period_kind = "school_year"
    with pytest.raises((ApprovedWouldMove, Refusal)):
        save_indicator(children, actor=editor)


@pytest.fixture
def to_school_year(children, editor):
    stored = Indicator.objects.get(pk=children.pk)
    children.period_kind = "school_year"
    return propose(
        children, act="save", actor=editor, reason="口径调整", seen=digest_of_row(stored)
    )


def test_the_list_to_be_confirmed_says_both_periods(published, to_school_year, city):
    """It said "100 人 → 100 人": whoever confirms could not see what changes."""
    listed = [str(one) for one in moved_figures(previewed(to_school_year).moved)]
    of_city = next(line for line in listed if line.startswith(f"{city.name} {YEAR}"))
    assert "100 人（2021 年）" in of_city.partition("→")[0]
    assert "100 人（2021/22 学年）" in of_city.partition("→")[2]


def test_the_year_that_asks_it_is_listed_too(published, children, editor, city):
    stored = Indicator.objects.get(pk=children.pk)
    children.lag = -1
    made = propose(children, act="save", actor=editor, reason="x", seen=digest_of_row(stored))
    listed = [str(one) for one in moved_figures(previewed(made).moved)]
    of_city = next(line for line in listed if line.startswith(f"{city.name} {YEAR}"))
    assert f"{YEAR} 年度填报" in of_city.partition("→")[0]
    assert f"{YEAR + 1} 年度填报" in of_city.partition("→")[2]


def test_pages_and_csv_show_the_period_that_was_approved(
    published, to_school_year, children, city, supervisor, client
):
    digest = previewed(to_school_year).digest
    confirm(to_school_year, actor=supervisor, digest=digest, reason="同意")
    figure = figures_at(supervisor, [(children, city, YEAR)], tier="approved")[0]
    assert figure.corrected_from == "100 人（2021 年）"
    before = before_corrections(supervisor)[place_of("children", city.code, YEAR)]
    assert (before.says, before.in_words) == ("100", "100 人（2021 年）")
    client.force_login(supervisor)
    for header, said in (("names", ",100 人（2021 年）"), ("codes", ",100,")):
        asked = {"header": header, "tier": "approved"}
        file = b"".join(client.get(reverse("exchange:figures"), asked).streaming_content).decode()
        lines = [one for one in file.splitlines() if one.startswith("children,")]
        (line,) = [one for one in lines if city.code in one]
        assert said in line


def test_a_figure_counted_in_another_unit_shows_what_it_was_counted_in(
    published, children_public, city, editor, supervisor
):
    """A share becomes one of people per hundred: both are listed, and the old one is kept."""
    rate = published
    stored = Indicator.objects.get(pk=rate.pk)
    rate.unit = rate.display_unit = "persons_per_hundred_pupils"
    rate.quantity_kind = "average"
    made = propose(rate, act="save", actor=editor, reason="x", seen=digest_of_row(stored))
    preview = previewed(made)
    line = next(str(one) for one in moved_figures(preview.moved) if one.unit == city)
    assert "%" in line.partition("→")[0]
    assert "人/百名学生" in line.partition("→")[2]
    confirm(made, actor=supervisor, digest=preview.digest, reason="同意")
    after = figures_at(supervisor, [(rate, city, YEAR)], tier="approved")[0]
    assert after.corrected_from == "50%"


def test_the_unit_that_a_corrected_figure_was_counted_in_is_not_deleted(
    published, children_public, editor, supervisor
):
    """Pages and files that say it failed without it."""
    own = UnitOfMeasure(
        code="own_rate", name_zh="人/百人", base="own_rate", dimension="children / children * 100"
    )
    save_unit_of_measure(own, actor=editor)
    for unit, kind in (("own_rate", "average"), ("percent", "share")):
        rate = Indicator.objects.get(pk=published.pk)
        seen = digest_of_row(rate)
        rate.unit, rate.display_unit, rate.quantity_kind = unit, unit, kind
        made = propose(rate, act="save", actor=editor, reason="x", seen=seen)
        confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")
    with pytest.raises(Refusal) as refused:
        delete(UnitOfMeasure.objects.get(code="own_rate"), actor=editor)
    assert refused.value.code == "in_use"
