"""Buttons that the door refuses. They fail."""

from tests.cast import YEAR, enter


def test_figures_of_a_round_are_not_offered_on_the_page_of_a_year_without_one(
    client, approved, supervisor
):
    """Expected: no boxes and no button, and no head that says that the year has no round. The
    door refuses each of them: year_has_round."""
    client.force_login(supervisor)
    page = client.get(f"/review/years/500101/{YEAR}/").content.decode()

    assert 'name="chosen"' not in page
    assert 'value="reopen"' not in page
    assert "未设填报轮次" not in page


def test_where_there_is_no_lead_nothing_is_handed_over(
    client, of_north, officer, children, children_public, north
):
    """Expected: said instead that the unit has none. The door refuses: no_lead."""
    enter(children, north, "7", actor=officer)
    enter(children_public, north, "5", actor=officer)
    client.force_login(officer)

    assert 'value="hand_over"' not in client.get(f"/entry/500101/{YEAR}/").content.decode()
