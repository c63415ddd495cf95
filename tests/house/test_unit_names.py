"""Two units of one name are told apart wherever both are listed or can be chosen.

The two differ in English only. So each item of each list is read in both languages: items that say
the same in Chinese must not be of one unit here and of the other there.
"""

import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from django.conf import settings

from indicators.admin import site
from indicators.models import Jurisdiction, User
from indicators.recording.jurisdiction_change import NewUnit, record_jurisdiction_change
from tests.cast import (
    YEAR,
    enter,
    make_indicator,
    make_share,
    make_target,
    make_unit,
    make_user,
)
from tests.house.test_urls import BY_CODE, addresses
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import make_round

pytestmark = pytest.mark.page

LISTS = {"table", "select", "ul", "ol", "datalist", "form"}
ITEMS = {"td", "th", "option", "li", "label"}
NAMES = ("OldNorth", "NewNorth")


class Items(HTMLParser):
    """The texts of the items of each list of a page, in order; of a table its cells."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found, self.item = [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in LISTS:
            self.open.append((tag, []))
            self.found.append(self.open[-1][1])
        elif tag in ITEMS and self.open:
            self.item = tag, self.open[-1][1]
            self.item[1].append("")

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        elif self.item and tag == self.item[0]:
            self.item = None

    def handle_data(self, data):
        if self.item:
            self.item[1][-1] += " ".join(data.split())


def ambiguous(zh, en):
    """What the page says in Chinese of one unit and of the other, in one and the same list."""
    wrong = set()
    ours = [items for items in Items(zh).found if any("北区" in text for text in items)]
    theirs = [items for items in Items(en).found if any(one in "".join(items) for one in NAMES)]
    for items, meant in zip(ours, theirs, strict=True):
        said = defaultdict(set)
        for text, unit in zip(items, meant, strict=True):
            found = frozenset(name for name in NAMES if name in unit)
            if found:
                said[text].add(found)
        wrong |= {text for text, units in said.items() if len(units) > 1}
    return wrong


@pytest.fixture
def twins(city, supervisor, editor, auditor, city_officer, administrator, children):
    """北区 and 南区 were merged into another 北区, in a round that asks of all three; the first has
    figures and people of old."""
    north = make_unit("500101", "北区", parent=city, name_en="OldNorth")
    south = make_unit("500102", "南区", parent=city, name_en="South")
    lagged = make_indicator("lagged", lag=-1)
    make_share("share", "children / lagged * 100")
    officer = make_user("officer", "officer", north)
    make_user("lead", "lead", south)
    for unit, text in ((north, "7"), (south, "5")):
        for indicator in (lagged, children):
            enter(indicator, unit, text, year=YEAR - 1)
    make_target(children, "ge", 50, level="", jurisdiction=north)
    make_round(city, supervisor, [children, lagged], [city, north, south])
    enter(children, north, "8", actor=officer)
    enter(children, south, "8")
    new = NewUnit("500110", "北区", "district", name_en="NewNorth")
    record_jurisdiction_change(
        asked_for("merge", [north, south], begun=(new,)), actor=editor, reason="合并"
    )
    new = Jurisdiction.objects.get(code="500110")
    make_target(children, "ge", 50, level="", jurisdiction=new)
    make_user("of_old", "officer", north)
    return north, new


PLACES = [
    {"code": code, "unit": code, "year": str(year)}
    for code in ("500000", "500101@1997", "500110")
    for year in (YEAR, YEAR - 1)
]
FIXED = {
    "area": "funding",
    "indicator": "children",
    "pk": "1",
    "number": "1",
    "uidb64": "MQ",
    "token": "x",
}
QUERIES = ("", f"?year={YEAR}", f"?year={YEAR - 1}")


def pages():
    for pattern in addresses():
        for places in PLACES:
            named = {**places, **FIXED, **({"code": "children"} if pattern in BY_CODE else {})}
            if "<" in pattern:
                yield "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", pattern).format(**named)
        if "<" not in pattern and "csv" not in pattern:
            yield from (f"/{pattern}{query}" for query in QUERIES)
    for address in ("indicators/children/", "profile/", "heat-map/"):
        yield f"/{address}?year={YEAR - 1}&boundaries=now"
    for model in site._registry:
        at = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        # The list of the units themselves has years in columns of their own.
        if model is not Jurisdiction:
            yield at
        yield f"{at}add/"
        for one in model._default_manager.order_by("-pk")[:2]:
            yield f"{at}{one.pk}/change/"


@pytest.mark.thorough
@pytest.mark.parametrize("role", ["supervisor", "editor", "officer", "administrator"])
def test_two_units_of_one_name_are_told_apart(client, twins, role):
    client.force_login(User.objects.get(username=role))
    wrong, names = {}, set()
    for address in dict.fromkeys(pages()):
        texts = []
        for language in ("zh-hans", "en"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            answer = client.get(address)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                break
            texts.append(answer.content.decode())
        else:
            names |= {name for name in NAMES if name in texts[1]}
            if found := ambiguous(*texts):
                wrong[address] = found
    assert wrong == {}
    assert names == set(NAMES)
