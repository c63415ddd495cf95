"""A number is of one submission: codes are used again, and a year may have a second round."""

from indicators.confirmations.canonical import canonical_rows, digest_of
from indicators.confirmations.comparison import Comparison, compare
from indicators.confirmations.services import issue
from indicators.models import Confirmation, Jurisdiction, Round, Submission
from indicators.recording.catalogue_change import changing_catalogue
from tests.cast import YEAR, make_unit


def test_two_submissions_with_the_same_figures_have_two_numbers(submitted, lead):
    """The first round of the year was withdrawn, and the same was planned anew."""
    Round.objects.filter(pk=submitted.round_id).update(withdrawn_at=submitted.submitted_at)
    anew = Round.objects.create(
        **{
            name: getattr(submitted.round, name)
            for name in ("city", "evaluation_year", "title", "opens_on", "due_on", "closes_on")
        }
    )
    anew.indicators.set(submitted.round.indicators.all())
    again = Submission.objects.create(
        round=anew, jurisdiction=submitted.jurisdiction, times_submitted=1
    )
    first, second = issue(submitted, actor=lead), issue(again, actor=lead)
    assert canonical_rows(again)[1:] == canonical_rows(submitted)[1:]
    assert (first.submission, second.submission) == (submitted, again)
    assert first.digest != second.digest


def test_a_unit_that_has_the_code_of_one_that_ended_has_another_first_line(submitted, city):
    with changing_catalogue(actor=None):
        Jurisdiction.objects.filter(pk=submitted.jurisdiction_id).update(valid_to=YEAR)
    now = make_unit("500101", "新北区", valid_from=YEAR, parent=city)
    other = Submission(round=submitted.round, jurisdiction=now)
    assert canonical_rows(other)[0] == [f"500101@{YEAR}", YEAR, submitted.round_id]
    assert canonical_rows(submitted)[0] == ["500101@1997", YEAR, submitted.round_id]


def test_a_paper_is_true_yet_after_its_unit_has_ended(submitted, lead):
    paper = issue(submitted, actor=lead)
    with changing_catalogue(actor=None):
        Jurisdiction.objects.filter(pk=submitted.jurisdiction_id).update(valid_to=YEAR + 1)
    kept = Confirmation.objects.get(pk=paper.pk)
    assert kept.digest == digest_of(canonical_rows(kept.submission))
    assert compare(kept) == Comparison(is_same=True)
