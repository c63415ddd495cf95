"""A unit that is renamed, two that are merged, with an answer to a round under way."""

import pytest

from indicators.models import (
    Submission,
    User,
)
from indicators.recording.jurisdiction_change import (
    preview_jurisdiction_change,
    propose_jurisdiction_change,
    record_jurisdiction_change,
)
from indicators.recording.proposal import confirm, previewed
from tests.recording.test_jurisdiction_change import asked_for, unit


def again(user):
    return User.objects.get(pk=user.pk)


def of(new):
    """The answer that is asked of the unit."""
    return Submission.objects.asked().select_related("round", "jurisdiction").get(jurisdiction=new)


@pytest.fixture
def rename_north(north, editor, supervisor):
    """North becomes 北城区; where approved figures would move, as a supervisor confirms it."""

    def do():
        asked = asked_for("rename", [north], ("500101", "北城区"))
        if preview_jurisdiction_change(asked, actor=editor, reason="更名").moved:
            proposal = propose_jurisdiction_change(asked, actor=editor, reason="更名")
            confirm(
                proposal, actor=supervisor, digest=previewed(proposal).digest, reason="同意更名"
            )
        else:
            record_jurisdiction_change(asked, actor=editor, reason="更名")
        return unit("500101")

    return do


@pytest.fixture
def merge_both(north, south, editor):
    def do():
        asked = asked_for("merge", [north, south], ("500110", "两江区"))
        return record_jurisdiction_change(asked, actor=editor, reason="合并")

    return do
