"""The file in the browser: who gets what, and what is said when something cannot be."""

import csv
import io
from urllib.parse import unquote

import pytest
from django.db import connection
from django.urls import reverse

from indicators.exchange import forms
from indicators.figures.long_format import COLUMNS
from tests.cast import enter, make_indicator, make_unit


@pytest.fixture
def figures(children, city, north, south):
    """North and south each report one figure; the city has their sum."""
    enter(children, north, "1")
    enter(children, south, "2")


def download(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("exchange:figures"), asked)


def read(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def units(response) -> set[str]:
    """Codes of the units in the file."""
    return {line[2] for line in read(response)[1:]}


def test_the_file_is_chinese_in_the_browser_and_in_codes_by_choice(client, figures, officer):
    named, *lines = read(download(client, officer))
    coded, *same = read(download(client, officer, header="codes"))

    assert coded == list(COLUMNS)
    assert named != coded
    assert [line[:9] for line in lines] == [line[:9] for line in same]
    assert [line[12:15] for line in lines] == [["已报送", "填报", "填报"]]
    assert [line[12:15] for line in same] == [["reported", "entered", "entered"]]


def test_the_file_is_named_after_what_was_asked(client, figures, supervisor):
    response = download(client, supervisor, year=2021, jurisdiction="500101", tier="approved")

    assert 'filename="figures-500101-2021-approved.csv"' in response["Content-Disposition"]
    assert "北区_2021" in unquote(response["Content-Disposition"])


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("officer", {"500101"}),
        ("lead", {"500101"}),
        ("other_officer", {"500102"}),
        ("city_officer", {"500000", "500101", "500102"}),
        ("supervisor", {"500000", "500101", "500102"}),
        ("auditor", {"500000", "500101", "500102"}),
        ("editor", {"500000"}),
    ],
)
def test_each_role_gets_what_it_may_see_and_404_beyond(request, client, figures, reader, seen):
    user = request.getfixturevalue(reader)

    assert units(download(client, user)) == seen
    for code in ("500000", "500101", "500102"):
        response = download(client, user, jurisdiction=code)
        if code in seen:
            assert units(response) == {code}
        elif code == "500000":
            assert units(response) == set()  # the city's sum, not yet released
        else:
            assert response.status_code == 404


@pytest.mark.parametrize("place", ["exchange:export", "exchange:figures"])
def test_who_sees_no_figures_has_no_export(client, figures, administrator, superuser, place):
    for user in (administrator, superuser):
        client.force_login(user)
        assert client.get(reverse(place)).status_code == 403


@pytest.mark.parametrize("place", ["exchange:export", "exchange:figures"])
def test_a_visitor_signs_in_first(client, db, place):
    response = client.get(reverse(place))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:login"))


def test_the_page_offers_only_what_the_user_may_see(client, figures, officer, editor):
    for user, offered in ((officer, {"500000", "500101"}), (editor, {"500000"})):
        client.force_login(user)
        page = client.get(reverse("exchange:export"))

        choices = page.context["form"].fields["jurisdiction"].widget.choices
        assert {code for code, _name in choices} == {"", *offered}
        assert "南区" not in page.content.decode()


def test_a_long_list_of_units_begins_with_those_at_hand_and_leads_down(
    client, figures, supervisor, north, monkeypatch
):
    monkeypatch.setattr(forms, "LISTED_AT_MOST", 3)
    make_unit("5001011", "北一镇", parent=north)
    client.force_login(supervisor)

    def offered(**asked):
        page = client.get(reverse("exchange:export"), asked)
        form = page.context["form"]
        return [code for code, _name in form.fields["jurisdiction"].widget.choices][1:], [
            unit.code for unit in form.below
        ]

    assert offered() == (["500000", "500101", "500102"], ["500101"])
    assert offered(under="500101") == (["500000", "500101", "5001011", "500102"], ["500101"])


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"year": "abc"}, "year"),
        ({"year": "1e400"}, "year"),
        ({"year": "9" * 5000}, "year"),
        ({"year": "1899"}, "year"),
        ({"year": "-1"}, "year"),
        ({"area": "nowhere"}, "area"),
        ({"area": "x\x00"}, "area"),
        ({"jurisdiction": "50\x00"}, "jurisdiction"),
        ({"tier": "draft"}, "tier"),
        ({"header": "yaml"}, "header"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(client, figures, officer, asked, field):
    response = download(client, officer, **asked)

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]


def test_a_unit_that_does_not_exist_in_the_year_is_not_found(client, figures, city, supervisor):
    make_unit("500110", "旧区", parent=city, valid_to=2011)

    assert download(client, supervisor, jurisdiction="500110").status_code == 200
    assert download(client, supervisor, jurisdiction="500110", year=2010).status_code == 200
    assert download(client, supervisor, jurisdiction="500110", year=2011).status_code == 404
    assert download(client, supervisor, jurisdiction="999999").status_code == 404


def test_a_code_that_was_reused_means_the_unit_of_the_year(client, children, city, supervisor):
    old = make_unit("500110", "旧区", parent=city, valid_to=2011)
    new = make_unit("500110", "新区", parent=city, valid_from=2011)
    enter(children, old, "1", year=2010)
    enter(children, new, "2", year=2011)

    def names(**asked):
        lines = read(download(client, supervisor, jurisdiction="500110", **asked))
        return [line[3] for line in lines[1:]]

    assert names() == ["旧区", "新区"]
    assert names(year=2011) == ["新区"]


def test_texts_that_a_spreadsheet_would_compute_are_guarded(client, children, city, officer):
    children.name_zh = '=HYPERLINK("x")'
    children.save()
    enter(children, officer.memberships.get().jurisdiction, "5", actor=officer)

    [_header, line] = read(download(client, officer))
    assert line[1] == '\'=HYPERLINK("x")'


def test_a_negative_number_stays_a_number(client, north, officer):
    growth = make_indicator(
        "growth", unit="percent", display_unit="percent", quantity_kind="rate", lower_limit=None
    )
    enter(growth, north, "-5.50", actor=officer)

    assert [line[5] for line in read(download(client, officer))[1:]] == ["-5.5"]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, django_assert_num_queries, children, city, north, supervisor
):
    enter(children, north, "1")
    client.force_login(supervisor)
    for more, rows in ((0, 2), (30, 62)):
        for number in range(more):
            enter(make_indicator(f"i{number}"), north, "1")
        # session, user, memberships, their duty areas, that it is kept, corrections (two), doubts;
        # and the file with its units of measure, which PostgreSQL writes without Django's knowing
        with django_assert_num_queries(8 if connection.vendor == "postgresql" else 10):
            response = client.get(reverse("exchange:figures"))
            assert len(read(response)) == rows + 1
