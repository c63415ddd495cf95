"""A submission of the northern district with two figures, before and after it was submitted."""

import pytest

from indicators.recording.submission import submit
from tests.cast import enter
from tests.round_cast import fresh, make_round


@pytest.fixture
def submission(city, north, supervisor, officer, lead, children, children_public):
    asked = make_round(city, supervisor, [children, children_public], [city, north])
    enter(children, north, "1000", actor=officer)
    enter(children_public, north, "3.62万", actor=officer, note="含民办普惠")
    return fresh(asked.submissions.get(jurisdiction=north))


@pytest.fixture
def submitted(submission, lead):
    submit(submission, actor=lead, version=submission.version)
    return fresh(submission)
