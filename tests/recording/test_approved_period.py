"""What an approved figure says of its period is approved as its number is."""

import pytest

from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures import figures_at
from indicators.recording.catalogue import save_indicator
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
