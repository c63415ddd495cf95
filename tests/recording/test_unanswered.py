"""A returned figure that is changed and changed back says what it said: it wants an answer."""

import pytest

from indicators.collection import Refusal
from indicators.figures.review import review_of
from indicators.recording.submission import remark, return_submission, submit
from tests.cast import enter
from tests.round_cast import fresh


@pytest.fixture
def returned(submitted, supervisor):
    figures = {"children": "与上年不符"}
    version = submitted.version
    return return_submission(
        submitted, actor=supervisor, version=version, reason="请核实", figures=figures
    )


def test_it_is_answered_before_the_next_submission(
    returned, children, north, officer, lead, supervisor
):
    enter(children, north, "101", actor=officer)
    enter(children, north, "100", actor=officer)

    with pytest.raises(Refusal) as refused:
        submit(returned, actor=lead, version=fresh(returned).version)
    assert refused.value.code == "returned_not_answered"

    remark(returned, children, actor=officer, text="经核实无误")
    again = submit(returned, actor=lead, version=fresh(returned).version)
    # Nor is it told to the review as one that was changed.
    (row,) = [one for one in review_of(supervisor, fresh(again)) if one.code == "children"]
    assert (row.returned, row.was_changed) == ("与上年不符", False)


def test_words_beside_it_are_an_answer(returned, children, north, officer, lead):
    enter(children, north, "100", actor=officer, note="新建两所学校")

    submit(returned, actor=lead, version=fresh(returned).version)
