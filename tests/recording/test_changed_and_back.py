"""A returned figure that is changed and changed back. It fails.

Expected: it says what it said when it was returned, so it wants an answer
(returned_not_answered). Instead two saves count as a change, and it is submitted without a word.
"""

import pytest

from indicators.collection import Refusal
from indicators.recording.submission import return_submission, submit
from tests.cast import enter
from tests.round_cast import fresh


def test_it_is_answered_before_the_next_submission(
    submitted, children, north, officer, lead, supervisor
):
    returned = return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="请核实",
        figures={"children": "与上年不符"},
    )
    enter(children, north, "101", actor=officer)
    enter(children, north, "100", actor=officer)

    with pytest.raises(Refusal) as refused:
        submit(returned, actor=lead, version=fresh(returned).version)
    assert refused.value.code == "returned_not_answered"
