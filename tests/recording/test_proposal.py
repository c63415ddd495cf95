"""What would move approved figures is proposed, looked at and confirmed; stale saves are told."""

from decimal import Decimal as D

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.models import (
    Correction,
    Definition,
    ProposalAct,
    Target,
)
from indicators.recording.catalogue import (
    delete,
    save_definition,
    save_indicator,
    save_target,
)
from indicators.recording.proposal import confirm, previewed, propose, withdraw
from indicators.recording.seen import digest_of_row
from indicators.results.rebuild import check
from tests.cast import YEAR, make_target, make_unit, make_user
from tests.recording.promises import (
    corrections,
    put,
    refused,
    says,
)

# --- Confirmed ------------------------------------------------------------------------------------


@pytest.fixture
def lit(share):
    """A target that was there before the year was approved."""
    return Target.objects.get(pk=make_target(share, "ge", D(40)).pk)


@pytest.fixture
def proposal(published, children, editor):
    children.aggregation = "max"
    return propose(
        children,
        act=ProposalAct.SAVE,
        actor=editor,
        reason="口径统一",
        seen=digest_of_row(type(children).objects.get(pk=children.pk)),
    )


def test_a_supervisor_confirms_the_list_and_corrections_are_kept(
    proposal, children, share, city, supervisor
):
    preview = previewed(proposal)
    assert says(children, city) == (D(100), "no_target")

    confirm(proposal, actor=supervisor, digest=preview.digest, reason="同意")

    proposal.refresh_from_db()
    assert says(children, city) == (D(60), "no_target")
    assert corrections() == [
        ("children", "山城", YEAR, D(100), D(60)),
        ("share", "山城", YEAR, D(50), D("83.3333")),
    ]
    change = Correction.objects.first().change
    assert (change, change.actor, change.reason) == (proposal.change, supervisor, "同意")
    assert check()[1] == []


def test_the_list_that_was_seen_is_the_one_that_is_confirmed(
    proposal, children, north, south, supervisor
):
    seen = previewed(proposal).digest
    for unit in (north, south):
        put(children, unit, "10", year=YEAR - 1)

    refusal = refused(confirm, proposal, actor=supervisor, digest=seen, reason="同意")
    assert refusal.code == "moved_meanwhile"
    assert Correction.objects.count() == 0


def test_a_proposal_over_an_older_row_is_refused(proposal, children, editor, supervisor):
    now = type(children).objects.get(pk=children.pk)
    now.name_zh = "另名"
    save_indicator(now, actor=editor)

    assert refused(previewed, proposal).code == "thing_moved"


def test_only_a_supervisor_of_the_city_confirms_and_says_why(proposal, editor, supervisor):
    digest = previewed(proposal).digest
    stranger = make_user("stranger", "supervisor", make_unit("510000", "他城", "city"))

    def code(actor, reason):
        return refused(confirm, proposal, actor=actor, digest=digest, reason=reason).code

    assert code(editor, "同意") == "not_a_supervisor"
    assert code(stranger, "同意") == "not_a_supervisor"
    assert code(supervisor, " ") == "act_reason_missing"


def test_what_is_withdrawn_or_confirmed_is_decided(proposal, editor, supervisor):
    digest = previewed(proposal).digest
    withdraw(proposal, actor=editor)

    again = refused(confirm, proposal, actor=supervisor, digest=digest, reason="同意")
    assert again.code == "proposal_decided"


def test_what_is_refused_to_be_deleted_is_as_it_was_and_can_be_proposed(
    lit, published, city, editor, supervisor
):
    with pytest.raises(ApprovedWouldMove):
        delete(lit, actor=editor)

    made = propose(lit, act=ProposalAct.DELETE, actor=editor, reason="x", seen=digest_of_row(lit))
    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")
    assert says(published, city) == (D(50), "no_target")


def test_a_mistaken_definition_is_withdrawn_by_a_confirmed_change(
    published, city, editor, supervisor
):
    mistaken = Definition(
        indicator=published, valid_from=2010, meaning_zh="误", formula="children / children * 100"
    )

    def confirmed(thing, act):
        made = propose(thing, act=act, actor=editor, reason="x", seen=digest_of_row(thing))
        confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")

    confirmed(mistaken, ProposalAct.SAVE)
    assert says(published, city)[0] == 100
    confirmed(published.definitions.latest("version"), ProposalAct.DELETE)

    assert says(published, city)[0] == 50
    assert published.definitions.count() == 1
    assert check()[1] == []


# --- Stale saves ----------------------------------------------------------------------------------


def test_the_later_of_two_editors_is_told_what_the_first_did(share, editor):
    target = make_target(share, "ge", D(50))
    first, second = (Target.objects.get(pk=target.pk) for _editor in range(2))
    seen = digest_of_row(first)
    first.value = D(55)
    save_target(first, actor=editor, seen=seen)
    second.note = "备注"

    refusal = refused(save_target, second, actor=editor, seen=seen)
    assert refusal.code == "thing_moved"
    assert "55" in refusal.params["fields"]
    assert Target.objects.get(pk=target.pk).value == 55


def test_a_new_thing_that_was_refused_has_no_key_that_another_row_may_get(
    published, share, children, editor, supervisor
):
    """Seen before: with the key of the row that was rolled back, the proposal was confirmed over
    whatever definition had that key by then, or could not be confirmed at all."""
    new = Definition(
        indicator=share,
        valid_from=YEAR,
        meaning_zh="新口径",
        formula="children_public / (children + children) * 100",
    )
    with pytest.raises(ApprovedWouldMove):
        save_definition(new, actor=editor)
    assert (new.pk, new._state.adding) == (None, True)
    made = propose(new, act=ProposalAct.SAVE, actor=editor, reason="口径调整", seen="")
    other = save_definition(
        Definition(indicator=children, valid_from=YEAR + 5, meaning_zh="另一口径"), actor=editor
    )

    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")

    other.refresh_from_db()
    assert (other.indicator, other.meaning_zh) == (children, "另一口径")
    assert share.definitions.latest("version").meaning_zh == "新口径"
