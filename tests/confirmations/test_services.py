"""The confirmation of a submission: what its number is of, and what it is worth later."""

import hashlib

import pytest

from indicators.confirmations.canonical import canonical_rows, digest_of
from indicators.confirmations.comparison import Changed, Comparison, compare
from indicators.confirmations.services import issue
from indicators.models import Confirmation, Jurisdiction, Round, Submission
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.submission import return_submission, submit
from tests.cast import YEAR, enter, make_unit
from tests.round_cast import fresh

PAGE = f"/confirmations/500101/{YEAR}/"


def test_the_number_is_the_sha256_of_lines_that_anyone_can_write(submitted):
    asked = submitted.round_id
    rows = canonical_rows(submitted)
    assert rows == [
        ["500101@1997", YEAR, asked],
        ["children", YEAR, "1000", "exact", "", "", "", ""],
        ["children_public", YEAR, "36200", "exact", "", "", "", "含民办普惠"],
    ]
    text = (
        f'["500101@1997",{YEAR},{asked}]\n'
        f'["children",{YEAR},"1000","exact","","","",""]\n'
        f'["children_public",{YEAR},"36200","exact","","","","含民办普惠"]\n'
    )
    assert digest_of(rows) == hashlib.sha256(text.encode()).hexdigest()


def test_the_paper_is_a_pdf_under_the_number_of_what_it_says(client, lead, submitted):
    client.force_login(lead)
    answer = client.post(PAGE)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert Confirmation.objects.get().digest == digest_of(canonical_rows(submitted))


def test_printed_again_it_is_the_same_paper(client, lead, submitted):
    client.force_login(lead)
    assert client.post(PAGE).content == client.post(PAGE).content
    assert Confirmation.objects.count() == 1


def test_what_was_not_submitted_is_not_confirmed(client, lead, submission):
    client.force_login(lead)
    answer = client.post(PAGE)
    assert answer.status_code == 409
    assert answer.context["error"] == "北区尚未报送，没有可确认的数据。"


def test_a_number_belongs_to_what_stands_until_that_changes(
    client, lead, officer, supervisor, north, children, submitted
):
    client.force_login(lead)
    client.post(PAGE)
    number = Confirmation.objects.get().number
    page = client.get("/confirmations/", {"number": number.lower()})
    assert page.context["compared"] == Comparison(is_same=True)
    assert "与现在的上报数据一致" in page.text

    ask_again(submitted, supervisor, officer, north, children)
    again = fresh(submitted)
    submit(again, actor=lead, version=again.version)
    page = client.get("/confirmations/", {"number": number})
    changed = [Changed(children.name, "1\u2009000 人", "1\u2009200 人")]
    assert page.context["compared"] == Comparison(is_same=False, changed=changed)
    assert "与现在的上报数据不一致，有 1 处不同" in page.text


def ask_again(submitted, supervisor, officer, north, children):
    """The city returns the figure, and a draft of another one is there."""
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "请核对"},
    )
    enter(children, north, "1200", actor=officer)


def test_a_draft_changes_nothing_about_the_paper(
    client, lead, officer, supervisor, north, children, submitted
):
    client.force_login(lead)
    client.post(PAGE)
    ask_again(submitted, supervisor, officer, north, children)
    page = client.get("/confirmations/", {"number": Confirmation.objects.get().number})
    assert page.context["compared"] == Comparison(is_same=True)


def test_the_city_reads_the_same_and_other_units_nothing(
    client, lead, supervisor, other_officer, submitted
):
    client.force_login(lead)
    client.post(PAGE)
    number = Confirmation.objects.get().number
    client.force_login(supervisor)
    assert client.get("/confirmations/", {"number": number}).context["found"] is not None
    client.force_login(other_officer)
    assert client.get("/confirmations/", {"number": number}).context["found"] is None
    assert client.post(PAGE).status_code == 404


def test_an_auditor_looks_numbers_up_and_issues_none(client, auditor, submitted):
    client.force_login(auditor)
    assert client.get("/confirmations/").status_code == 200
    assert client.post(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("role", "pages", "printed"),
    [
        ("officer", ["entry/500101/{}", "entry/500101/{}/sign-off"], 200),
        ("lead", ["entry/500101/{}", "entry/500101/{}/sign-off"], 200),
        ("city_officer", ["entry/500101/{}", "entry/500101/{}/sign-off", "review/{}/500101"], 403),
        ("supervisor", ["review/{}/500101"], 200),
        ("auditor", ["review/{}/500101"], 403),
    ],
)
def test_the_button_is_offered_to_whom_the_door_prints_it(
    client, submitted, role, pages, printed, request
):
    client.force_login(request.getfixturevalue(role))
    assert client.post(PAGE).status_code == printed
    for page in pages:
        text = client.get(f"/{page.format(YEAR)}/").content.decode()
        assert (f'action="{PAGE}"' in text) is (printed == 200)
        assert 'href="/confirmations/"' in text


@pytest.mark.parametrize("number", ["3F2A", "", "zz", "0" * 64, "' OR 1=1 --"])
def test_what_is_no_number_finds_nothing(client, lead, submitted, number):
    client.force_login(lead)
    assert client.get("/confirmations/", {"number": number}).context["found"] is None


def test_what_was_typed_is_never_read_as_typst(client, lead, officer, north, children, submission):
    enter(
        children, north, "1000", actor=officer, note='#panic("x") $ @ref <b> #image("/etc/passwd")'
    )
    submit(submission, actor=lead, version=fresh(submission).version)
    client.force_login(lead)
    assert client.post(PAGE).content.startswith(b"%PDF-")


# A number is of one submission: codes are used again, and a year may have a second round.


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
