"""Who has reported least is named only where nobody has reported as little."""

from django.urls import reverse

from tests.cast import enter, make_unit


def test_of_several_with_nothing_none_is_named(client, supervisor, city, north, south, children):
    """One of four districts has reported, three nothing. It said 其中北区最少, of whichever came
    first."""
    enter(children, make_unit("500103", "西区", parent=city), "5")
    make_unit("500104", "东区", parent=city)
    client.force_login(supervisor)
    page = client.get(reverse("home:home")).content.decode()

    assert "尚未报齐的单位" in page
    assert "最少" not in page
