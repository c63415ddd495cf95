"""A change of units on its page: the form, what it would do, and the deed or the proposal."""

import pytest
from django.urls import reverse

from indicators.models import CatalogueProposal, Jurisdiction, JurisdictionChange
from tests.cast import YEAR, enter
from tests.recording.promises import put
from tests.round_cast import move_days


def sent(kind, ended, *begun, **more):
    rows = {"begun-TOTAL_FORMS": 4, "begun-INITIAL_FORMS": 0}
    for row in range(4):
        code, name = begun[row] if row < len(begun) else ("", "")
        rows |= {
            f"begun-{row}-code": code,
            f"begun-{row}-name_zh": name,
            f"begun-{row}-name_en": "",
            f"begun-{row}-level": "district",
            f"begun-{row}-code_scheme": "gb2260",
        }
    given = {
        "kind": kind,
        "ended": [unit.pk for unit in ended],
        "day": f"{YEAR}-11-06",
        "legal_basis": "国函〔2021〕1号",
        "reason": "区划调整",
        "answered_by": 0,
        "act": "preview",
    }
    return {**given, **rows, **more}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_it_is_found_from_the_list_of_units(desk, north):
    for name in ("jurisdiction", "jurisdictionchange"):
        page = desk.get(reverse(f"admin:indicators_{name}_changelist"))
        assert reverse("catalogue:change_units") in page.content.decode()


def test_the_form_begins_with_the_unit_it_is_asked_for(desk, north):
    page = desk.get(reverse("catalogue:change_units"), {"unit": north.pk}).content.decode()
    assert 'value="500101"' in page


@pytest.mark.parametrize("unit", ["9" * 30, "9" * 5000, "x", "-1"])
def test_a_unit_that_there_cannot_be_is_none(desk, unit):
    assert desk.get(reverse("catalogue:change_units"), {"unit": unit}).status_code == 200


@pytest.mark.parametrize("name", ["officer", "supervisor", "auditor", "administrator"])
def test_only_an_editor_opens_it(client, name, request):
    client.force_login(request.getfixturevalue(name))
    assert client.get(reverse("catalogue:change_units")).status_code == 403


def test_it_is_shown_what_a_merger_does_before_it_is_done(desk, north, south, officer, asked):
    page = desk.post(
        reverse("catalogue:change_units"), sent("merge", [north, south], ("500110", "两江区"))
    )
    text = " ".join(page.content.decode().split())  # as a browser shows it

    assert page.status_code == 200
    for told in (
        "合并：北区、南区 → 两江区，自 2021 年起（国函〔2021〕1号）。",
        "北区（500101）自 2021 年起撤销。",
        "officer",
        "两江区列入填报。",
        "南区不再填报。",
    ):
        assert told in text
    assert not JurisdictionChange.objects.exists()


def test_it_is_shown_what_becomes_of_what_was_submitted_and_drafted(
    desk, north, south, children, children_public, other_officer, submitted
):
    enter(children, south, "5", actor=other_officer)
    page = desk.post(
        reverse("catalogue:change_units"), sent("merge", [north, south], ("500110", "两江区"))
    ).content.decode()
    for told in (
        "北区已报送：其以前年度的数据维持现状，其余数据由新单位重新报送。",
        "1 项数据由各原单位相加，作为新单位的草稿，待核对后报送。",
        "北区 2021 年及以后的 1 项数据不再计入，由新单位重新填报：",
        children_public.name_zh,
    ):
        assert told in page

    page = desk.post(
        reverse("catalogue:change_units"), sent("rename", [north], ("500101", "北城区"))
    ).content.decode()
    assert "原单位的填报随之转入，状态不变：已报送。" in page


def test_it_is_shown_that_the_days_are_over(desk, north, south, asked):
    move_days(asked, opens=-20, due=-10, closes=5)
    page = desk.post(
        reverse("catalogue:change_units"), sent("merge", [north, south], ("500110", "两江区"))
    ).content.decode()
    assert "填报期限已过：新单位须由市级延长期限后方可填报。" in page


def test_what_was_looked_at_is_done(desk, north):
    asked = sent("rename", [north], ("500101", "北城区"))
    page = desk.post(reverse("catalogue:change_units"), asked)
    kept = {}
    for name, value in page.context["sent"]:
        kept.setdefault(name, []).append(value)

    done = desk.post(reverse("catalogue:change_units"), kept | {"act": "confirm"})
    assert done.status_code == 302
    assert Jurisdiction.objects.valid_in(YEAR).get(code="500101").name_zh == "北城区"


def test_what_moves_approved_figures_is_proposed(desk, north, south, children):
    put(children, north, "7")
    put(children, south, "5")
    asked = sent("merge", [north, south], ("500110", "两江区"))
    page = desk.post(reverse("catalogue:change_units"), asked)
    assert (page.context["count"], len(page.context["figures"])) == (3, 1)
    assert b'value="confirm"' not in page.content

    again = desk.post(reverse("catalogue:change_units"), asked | {"act": "confirm"})
    assert again.status_code == 200
    assert not JurisdictionChange.objects.exists()

    made = desk.post(reverse("catalogue:change_units"), asked | {"act": "propose"})
    proposal = CatalogueProposal.objects.get()
    assert made.url == reverse("catalogue:proposal", args=[proposal.pk])
    page = desk.get(made.url).content.decode()
    assert "北区、南区 → 两江区" in page
    assert "北区（500101）自 2021 年起撤销。" in page


@pytest.mark.parametrize(
    ("changed", "box"),
    [
        ({"day": "1997-01-01"}, "day"),
        ({"ended": []}, "ended"),
        ({"kind": "merge"}, "ended"),
        ({"answered_by": 2}, "answered_by"),
        ({"begun-0-name_zh": ""}, None),
        ({"begun-0-code": "", "begun-0-name_zh": ""}, None),
    ],
)
def test_what_does_not_fit_comes_back_beside_its_box(desk, north, changed, box):
    asked = sent("rename", [north], ("500101", "北城区")) | changed
    page = desk.post(reverse("catalogue:change_units"), asked)

    assert page.status_code == 422
    if box:
        assert list(page.context["form"].errors) == [box]
    assert "区划调整" in page.content.decode()


def test_from_there_it_goes_back_with_all_that_was_typed(desk, north):
    asked = sent("rename", [north], ("500101", "北城区")) | {"act": "edit"}
    page = desk.post(reverse("catalogue:change_units"), asked)

    assert page.status_code == 200
    assert 'value="北城区"' in page.content.decode()
