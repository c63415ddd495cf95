"""Every file of figures is kept: who took it, when, and what was asked for."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from indicators.models import Export, Indicator, Membership
from indicators.recording.submission import submit
from tests.cast import YEAR, enter, make_unit, make_user
from tests.round_cast import make_round


@pytest.fixture
def figures(children, city, north, south):
    enter(children, north, "1")
    enter(children, south, "2")


def take(client, user, place, *args, **asked):
    client.force_login(user)
    answer = client.get(reverse(place, args=args), asked)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def kept():
    told = ("actor__username", "jurisdiction__code", "kind", "format", "rows")
    return list(Export.objects.order_by("pk").values_list(*told))


def test_each_file_is_kept_with_who_took_it_and_what_was_asked(
    client, figures, officer, supervisor, city, north, children
):
    make_round(city, supervisor, [children], [north])
    take(client, officer, "exchange:figures", year=YEAR, header="codes")
    take(client, officer, "exchange:figures_xlsx")
    take(client, supervisor, "exchange:summary_xlsx", year=YEAR)
    take(client, supervisor, "dashboards:overview_csv")
    take(client, supervisor, "dashboards:overview_xlsx")
    take(client, supervisor, "rounds:progress_csv", YEAR)
    take(client, supervisor, "rounds:progress_xlsx", YEAR)
    assert kept() == [
        ("officer", "500101", "figures", "csv", None),
        ("officer", "500101", "figures", "xlsx", None),
        ("supervisor", "500000", "summary", "xlsx", 3),
        ("supervisor", "500000", "overview", "csv", 1),
        ("supervisor", "500000", "overview", "xlsx", 1),
        ("supervisor", "500000", "progress", "csv", 1),
        ("supervisor", "500000", "progress", "xlsx", 1),
    ]
    take(client, officer, "imports:template", year=YEAR, unit="500101")
    last = Export.objects.latest("pk")
    assert (last.kind, last.format, last.rows) == ("figures", "xlsx", 1)
    assert last.asked == {"template": True, "year": YEAR, "jurisdiction": "500101"}
    first = Export.objects.earliest("pk")
    assert first.asked == {"year": str(YEAR), "header": "codes"}
    assert first.name == f"数据_{YEAR}.csv"


def test_a_confirmation_is_kept_once_it_is_printed(client, figures, lead, supervisor, city, north):
    asked = make_round(city, supervisor, list(Indicator.objects.all()), [north])
    client.force_login(lead)
    paper = reverse("confirmations:paper", args=["500101", YEAR])
    assert client.post(paper).status_code == 409
    assert kept() == []
    submission = asked.submissions.get()
    submit(submission, actor=lead, version=submission.version)
    assert client.post(paper).status_code == 200
    assert kept() == [("lead", "500101", "confirmation", "pdf", None)]


def test_what_gives_nothing_out_is_not_kept(client, figures, officer, administrator):
    place = reverse("exchange:figures")
    client.force_login(officer)
    assert client.head(place).status_code == 200
    assert client.get(place, {"year": "abc"}).status_code == 400
    assert client.get(place, {"jurisdiction": "500102"}).status_code == 404
    client.force_login(administrator)
    assert client.get(place).status_code == 403
    client.logout()
    assert client.get(place).status_code == 302
    assert kept() == []


def test_a_page_is_no_export(client, figures, supervisor):
    take(client, supervisor, "exchange:summary")
    take(client, supervisor, "exchange:export")
    take(client, supervisor, "dashboards:overview")
    assert kept() == []


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_kept_is_not_given_out(client, figures, officer):
    """As with a role that may only read: said in a sentence, and no file."""
    client.force_login(officer)
    client.get(reverse("exchange:export"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET default_transaction_read_only = on")
        else:
            cursor.execute("PRAGMA query_only = 1")
    try:
        answer = client.get(reverse("exchange:figures"))
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET default_transaction_read_only = off")
            else:
                cursor.execute("PRAGMA query_only = 0")
    assert answer.status_code == 403
    assert "未能留下记录" in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE indicators_export SET name = 'x'",
        "DELETE FROM indicators_export",
    ],
)
def test_what_was_kept_stays(client, figures, officer, sql):
    take(client, officer, "exchange:figures")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert len(kept()) == 1


# --- The list ------------------------------------------------------------------------------------


def listed(client, reader, **asked):
    client.force_login(reader)
    page = client.get(reverse("exchange:kept"), asked)
    assert page.status_code == 200
    return [row.record.actor.username for row in page.context["table"].paginated_rows]


def test_supervisor_and_auditor_see_who_of_their_city_took_what(
    client, figures, officer, editor, supervisor, auditor
):
    elsewhere = make_user("elsewhere", "supervisor", make_unit("510000", "川城", "city"))
    for user in (officer, editor, elsewhere):
        take(client, user, "exchange:figures")
    for reader in (supervisor, auditor):
        assert listed(client, reader) == ["editor", "officer"]
    assert listed(client, elsewhere) == ["elsewhere"]


def test_what_somebody_took_stays_seen_when_the_role_ends(client, figures, officer, auditor):
    take(client, officer, "exchange:figures")
    Membership.objects.filter(user=officer).delete()
    assert listed(client, auditor) == ["officer"]


def test_the_list_is_filtered_by_person_and_kind(client, figures, officer, supervisor):
    officer.full_name = "王芳"
    officer.save()
    take(client, officer, "exchange:figures")
    take(client, supervisor, "exchange:summary_xlsx")
    assert listed(client, supervisor, person="王") == ["officer"]
    assert listed(client, supervisor, person="SUPER") == ["supervisor"]
    assert listed(client, supervisor, kind="summary") == ["supervisor"]
    assert listed(client, supervisor, kind="summary", person="王") == []
    client.force_login(supervisor)
    assert client.get(reverse("exchange:kept"), {"kind": "painting"}).status_code == 400
    assert client.get(reverse("exchange:kept"), {"person": "a\x00"}).status_code == 400


def test_the_list_has_pages_and_sorts(client, figures, officer, editor, supervisor):
    take(client, officer, "exchange:figures")
    take(client, editor, "exchange:summary_xlsx")
    first = Export.objects.earliest("pk")
    given = {
        name: getattr(first, name)
        for name in ("actor", "jurisdiction", "made_at", "kind", "format", "name")
    }
    Export.objects.bulk_create(Export(**given) for _n in range(60))
    assert len(listed(client, supervisor)) == 50
    assert len(listed(client, supervisor, page=2)) == 12
    assert listed(client, supervisor, sort="-kind")[0] == "editor"
    page = client.get(reverse("exchange:kept")).content.decode()
    assert "1 / 2" in page
    assert "下一页" in page


def test_a_name_that_looks_like_markup_is_shown_as_it_is(client, figures, officer, auditor):
    officer.full_name = "<b>王</b>"
    officer.save()
    take(client, officer, "exchange:figures")
    client.force_login(auditor)
    assert "&lt;b&gt;王&lt;/b&gt;" in client.get(reverse("exchange:kept")).content.decode()


def test_the_menu_leads_there_and_marks_one_place_only(client, figures, auditor, officer):
    client.force_login(auditor)
    menu = client.get(reverse("exchange:kept")).context["menu"]()
    assert [entry.label for entry in menu if entry.current] == ["导出记录"]
    client.force_login(officer)
    menu = client.get(reverse("exchange:summary")).context["menu"]()
    assert [entry.label for entry in menu if entry.current] == ["数据导出"]
    assert "导出记录" not in [entry.label for entry in menu]
