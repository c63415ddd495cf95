"""No button is offered that the door refuses."""

from indicators.collection import Refusal
from indicators.models import JurisdictionChange, Membership, User
from indicators.recording.submission import hand_over
from tests.cast import YEAR, enter, enter_approved, make_indicator
from tests.round_cast import fresh


def test_figures_of_a_round_are_not_offered_on_the_page_of_a_year_without_one(
    client, approved, supervisor
):
    """The door refuses each of them: year_has_round."""
    client.force_login(supervisor)
    page = client.get(f"/review/years/500101/{YEAR}/").content.decode()

    assert 'name="chosen"' not in page
    assert 'value="reopen"' not in page
    assert "未设填报轮次" not in page
    assert f'href="/review/{YEAR}/500101/"' in page


def test_what_the_round_does_not_ask_is_reopened_there(client, approved, supervisor, north):
    enter_approved(make_indicator("teachers"), north, "9")
    client.force_login(supervisor)
    page = client.get(f"/review/years/500101/{YEAR}/")

    assert [one.code for one in page.context["figures"]] == ["teachers"]
    assert 'value="reopen"' in page.content.decode()


def test_where_there_is_no_lead_nothing_is_handed_over(
    client, of_north, officer, children, children_public, north
):
    """It is said instead that the unit has none. The door refuses: no_lead."""
    enter(children, north, "7", actor=officer)
    enter(children_public, north, "5", actor=officer)
    client.force_login(officer)

    page = client.get(f"/entry/500101/{YEAR}/").content.decode()
    assert 'value="hand_over"' not in page
    assert Refusal("no_lead", unit="北区").message in page


def test_what_is_asked_of_a_unit_that_ended_is_handed_to_the_lead_who_reports_for_it(
    client, asked, of_north, officer, lead, city, south, north
):
    """Its people are those of the unit that came after it."""
    change = JurisdictionChange.objects.create(year=YEAR, kind="merge", answered_by=south)
    change.from_units.add(north)
    Membership.objects.filter(user__in=[officer, lead]).update(jurisdiction=south)
    north.valid_to = YEAR
    north.save()
    officer = User.objects.get(pk=officer.pk)

    told = hand_over(of_north, actor=officer, version=fresh(of_north).version)
    assert told.events.last().act == "hand_over"
