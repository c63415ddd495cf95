"""Which role a unit may have: who reports has officers and leads, the others are the city's."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from indicators.models import Membership, Role
from tests.cast import make_unit, make_user

OVER_OTHERS = ["supervisor", "editor", "auditor", "administrator"]


@pytest.mark.parametrize("role", OVER_OTHERS)
def test_a_district_has_no_role_over_others(client, administrator, officer, north, role):
    client.force_login(administrator)
    given = {"user": officer.pk, "jurisdiction": north.pk, "role": role}

    shown = client.post(reverse("admin:indicators_membership_add"), given)

    said = shown.context["adminform"].form.errors["role"]
    assert said == [f"“{Role(role).label}”是市级角色，不能在北区任职。"]
    assert officer.memberships.get().role == "officer"


@pytest.mark.parametrize("role", list(Role))
def test_the_city_has_every_role(client, administrator, officer, city, role):
    client.force_login(administrator)
    given = {"user": officer.pk, "jurisdiction": city.pk, "role": role}

    client.post(reverse("admin:indicators_membership_add"), given)

    assert officer.memberships.filter(jurisdiction=city, role=role).exists()


def test_a_county_at_the_top_has_every_role_and_its_townships_do_not(db):
    county = make_unit("990000", "某县", "county")
    township = make_unit("990101", "某镇", "township", parent=county)
    user = make_user("li", "officer", township)

    Membership(user=user, jurisdiction=county, role="supervisor").full_clean()
    with pytest.raises(ValidationError, match="某镇"):
        Membership(user=user, jurisdiction=township, role="supervisor").full_clean()


@pytest.mark.parametrize("role", OVER_OTHERS)
def test_a_table_of_accounts_is_refused_the_same(client, administrator, north, role):
    client.force_login(administrator)
    table = f"用户名\t姓名\t单位\t角色\nli\t李四\t北区\t{role}"

    (row,) = client.post("/accounts/table/", {"table": table}).context["rows"]

    assert row.faults == [f"“{Role(role).label}”是市级角色，不能在北区任职。"]
