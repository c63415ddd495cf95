"""Which units a list begins with, and in which order."""

import pytest

from indicators.figures import units_near
from tests.cast import YEAR, make_unit, make_user


@pytest.fixture
def nation(db):
    """With a code that stands behind those of its provinces."""
    nation = make_unit("900000", "全国", level="nation")
    for code, name in (("120000", "乙省"), ("110000", "甲省")):
        province = make_unit(code, name, level="province", parent=nation)
        make_unit(f"{code[:2]}0100", f"{name}县", level="county", parent=province)
    return nation


def test_the_topmost_comes_first_whatever_its_code(nation, client):
    user = make_user("of_nation", "supervisor", nation)
    assert [unit.name for unit in units_near(user, YEAR)] == ["全国", "甲省", "乙省"]

    client.force_login(user)
    assert client.get("/overview/").context["form"].unit == nation
