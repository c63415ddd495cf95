"""Where units are chosen, two of one name are told apart."""

from django.urls import reverse

from tests.cast import make_unit


def test_units_of_one_name_are_told_apart_where_they_are_chosen(client, administrator, city):
    make_unit("500201", "上城区", parent=city, valid_to=2021)
    make_unit("500202", "上城区", parent=city, valid_from=2021)
    client.force_login(administrator)

    page = client.get(reverse("admin:indicators_membership_add")).content.decode()
    assert "上城区（至 2020 年）" in page
    assert "上城区（2021 年起）" in page
    assert "山城（" not in page
