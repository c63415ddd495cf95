"""The list, the page of each, and what is typed there: nothing of it is lost."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from indicators.models import Achievement, AchievementVersion, Export
from indicators.recording.achievement import edit_achievement, remove_achievement
from indicators.recording.submission import submit
from tests.achievement_cast import add, said
from tests.cast import YEAR, enter, make_user
from tests.round_cast import fresh

pytestmark = pytest.mark.django_db
LIST = "/achievements/"
TYPED = {
    "unit": "500101",
    "year": str(YEAR),
    "area": "funding",
    "kind": "honour",
    "title": "全国优秀案例",
    "issued_by": "教育部",
    "level": "national",
    "number": "",
    "issued_on": "2021-11-05",
    "proof": "证书原件存档案室",
    "description": "三所学校参加。",
    "version": "0",
    "reason": "",
}


@pytest.fixture
def entered(north, officer, area):
    return add(north, officer, area, issued_by="市教委", description="一句话说明")


def typed(**other):
    return {name: it for name, it in TYPED.items() if name not in ("unit", "year", "area")} | other


def test_an_officer_enters_one_and_finds_it(client, officer, north, area):
    client.force_login(officer)
    page = client.get(f"{LIST}new/?unit=500101&year={YEAR}&area=funding").content.decode()
    assert f'value="{YEAR}"' in page

    answer = client.post(f"{LIST}new/", TYPED)
    one = AchievementVersion.objects.get()
    assert answer.url == f"{LIST}{one.achievement_id}/"
    assert (one.title, str(one.issued_on)) == ("全国优秀案例", "2021-11-05")

    page = client.get(answer.url).content.decode()
    for text in (
        "全国优秀案例",
        "国家级",
        "教育部",
        "证书原件存档案室",
        "三所学校参加。",
        "已报送",
    ):
        assert text in page
    assert "全国优秀案例" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "必填项"),
        ({"issued_on": "去年"}, "有效的日期"),
        ({"issued_on": "2999-01-01"}, "还没有到"),
        ({"unit": "500102"}, "没有这个单位"),
        ({"issued_by": "甲\u202e"}, "U+202E"),
        ({"title": "甲\n乙"}, "U+000A"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client, officer, north, south, area, change, sentence
):
    client.force_login(officer)
    answer = client.post(f"{LIST}new/", TYPED | change)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "三所学校参加。" in page
    assert "证书原件存档案室" in page
    assert not Achievement.objects.exists()


def test_two_people_at_one_achievement_conflict(client, officer, north, entered, area):
    client.force_login(officer)
    colleague = make_user("colleague", "officer", north, full_name="罗敏")
    edit_achievement(entered, said(title="他的名称"), actor=colleague, version=1)

    address = f"{LIST}{entered.pk}/edit/"
    answer = client.post(address, typed(version="1", title="我的名称"))
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("罗敏", "他的名称", "优秀案例", 'value="我的名称"', 'name="version" value="2"'):
        assert text in page

    assert client.post(address, typed(version="2", title="我的名称")).status_code == 302
    assert [one.title for one in entered.versions.all()] == ["优秀案例", "他的名称", "我的名称"]
    past = client.get(f"{LIST}{entered.pk}/").content.decode()
    assert "罗敏" in past
    assert "改动：" in past


def test_what_is_saved_over_one_that_was_taken_out_is_not_lost(client, officer, north, entered):
    colleague = make_user("colleague", "officer", north, full_name="罗敏")
    remove_achievement(entered, actor=colleague, version=1)
    client.force_login(officer)
    address = f"{LIST}{entered.pk}/edit/"

    answer = client.post(address, typed(version="1", title="我的名称"))
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("罗敏", 'value="我的名称"', 'name="version" value="2"', "恢复"):
        assert text in page
    assert f'href="{LIST}{entered.pk}/"' not in page, "there is no such page"
    assert client.post(address, typed(version="2", title="我的名称")).status_code == 302
    assert "我的名称" in client.get(LIST).content.decode()


def test_of_what_was_taken_out_others_are_told_nothing(
    client, officer, other_officer, supervisor, entered
):
    remove_achievement(entered, actor=officer, version=1)
    for person in (other_officer, supervisor):
        client.force_login(person)
        answer = client.post(f"{LIST}{entered.pk}/edit/", typed(version="1"))
        assert answer.status_code == 404


def test_a_number_that_no_database_holds_is_no_achievement(client, officer, entered):
    client.force_login(officer)
    assert client.get(f"{LIST}{'9' * 30}/").status_code == 404
    assert client.get(f"{LIST}{'9' * 30}/edit/").status_code == 404


def test_what_was_said_between_two_submissions_is_the_units_own(
    client, officer, lead, supervisor, auditor, north, of_north, area, children, children_public
):
    entered = add(north, officer, area, title="第一稿")
    for version, title in ((1, "第二稿"), (2, "第三稿")):
        edit_achievement(
            entered, said(title=title), actor=officer, version=version, reason=f"因为{title}"
        )
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    submit(of_north, actor=lead, version=fresh(of_north).version)

    told = {}
    for person in (officer, auditor, supervisor):
        client.force_login(person)
        page = client.get(f"{LIST}{entered.pk}/").content.decode()
        told[person.username] = ["因为第二稿" in page, "因为第三稿" in page]
    assert told == {"officer": [True] * 2, "auditor": [True] * 2, "supervisor": [False, True]}


def test_it_is_taken_out_over_the_version_that_was_seen(client, officer, entered):
    client.force_login(officer)
    address = f"{LIST}{entered.pk}/remove/"
    for version in ("7", "", "x", "9" * 5000):
        answer = client.post(address, {"version": version, "reason": "重复"})
        assert answer.status_code == 409
        assert "重复" in answer.content.decode()
    assert client.post(address, {"version": "1"}).url == LIST
    assert client.get(f"{LIST}{entered.pk}/").status_code == 404
    assert client.post(address, {"version": "1"}).url == LIST, "the second of two clicks"
    assert entered.versions.count() == 2


def test_markup_is_text(client, officer, north, area):
    client.force_login(officer)
    hostile = "<script>alert(1)</script>{{ user }}"
    client.post(f"{LIST}new/", TYPED | {"title": hostile, "description": hostile})
    one = Achievement.objects.get()
    for address in (LIST, f"{LIST}{one.pk}/", f"{LIST}{one.pk}/edit/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ user }}" in page


def test_another_unit_sees_nothing_of_it(client, other_officer, entered):
    client.force_login(other_officer)
    assert "优秀案例" not in client.get(LIST).content.decode()
    for place in ("", "edit/"):
        assert client.get(f"{LIST}{entered.pk}/{place}").status_code == 404
    assert client.post(f"{LIST}{entered.pk}/remove/", {"version": "1"}).status_code == 404


def test_a_supervisor_finds_from_it_where_it_is_approved(client, supervisor, auditor, entered):
    for person, finds in ((supervisor, True), (auditor, False)):
        client.force_login(person)
        page = client.get(f"{LIST}{entered.pk}/").content.decode()
        assert (f"/review/years/500101/{YEAR}/" in page) is finds


def test_who_reads_it_does_not_change_it(client, supervisor, entered):
    client.force_login(supervisor)
    assert client.get(f"{LIST}{entered.pk}/").status_code == 200
    assert client.get(f"{LIST}{entered.pk}/edit/").status_code == 403
    assert client.post(f"{LIST}{entered.pk}/remove/", {"version": "1"}).status_code == 422
    assert entered.versions.count() == 1


def test_filters_and_files(client, officer, north, supervisor, entered, area, safety):
    add(north, officer, safety, title="=安全文件", kind="document", number="〔2021〕3号")
    client.force_login(supervisor)
    asked = f"?year={YEAR}&unit=500101&area=safety&kind=document&level=city"
    page = client.get(LIST + asked).content.decode()
    assert "《=安全文件》（〔2021〕3号）" in page
    assert "优秀案例" not in page
    assert client.get(f"{LIST}?unit=500999").content.decode().count("没有符合条件的成果") == 1
    assert client.get(f"{LIST}?year=abc").status_code == 400

    found = client.get(f"{LIST}table.csv{asked}")
    text = b"".join(found.streaming_content).decode("utf-8-sig")
    heading, row = csv.reader(StringIO(text))
    assert dict(zip(heading, row, strict=True))["名称"] == "'=安全文件"
    book = load_workbook(BytesIO(b"".join(client.get(f"{LIST}table.xlsx").streaming_content)))
    assert book.active.max_row == 3
    assert list(Export.objects.values_list("kind", "rows")) == [
        ("achievements", 2),
        ("achievements", 1),
    ]
    up, down = (
        client.get(f"{LIST}?sort={order}").content.decode() for order in ("title", "-title")
    )
    is_first = [page.index("优秀案例") < page.index("=安全文件") for page in (up, down)]
    assert sorted(is_first) == [False, True]


def test_it_stands_on_the_pages_of_its_submission(
    client, officer, lead, supervisor, north, of_north, area
):
    add(north, officer, area, description="一句话说明")
    client.force_login(officer)
    page = client.get(f"/entry/500101/{YEAR}/").content.decode()
    assert "优秀案例" in page
    assert f"/achievements/new/?unit=500101&amp;year={YEAR}" in page
    sheet = client.get(f"/entry/500101/{YEAR}/funding/").content.decode()
    assert f"/achievements/new/?unit=500101&amp;year={YEAR}&amp;area=funding" in sheet

    client.force_login(lead)
    assert "一句话说明" in client.get(f"/entry/500101/{YEAR}/sign-off/").content.decode()
    client.force_login(supervisor)
    assert "优秀案例" not in client.get(f"/review/{YEAR}/500101/").content.decode()


def test_a_year_without_a_round_is_approved_with_its_achievements(
    client, officer, supervisor, entered
):
    client.force_login(supervisor)
    address = f"/review/years/500101/{YEAR}/"
    page = client.get(address)
    assert "优秀案例" in page.content.decode()
    seen = page.context["seen"]
    edit_achievement(entered, said(title="改过"), actor=officer, version=1)
    assert client.post(address, {"act": "approve", "seen": seen}).status_code == 409

    seen = client.get(address).context["seen"]
    assert client.post(address, {"act": "approve", "seen": seen}).status_code == 302
    assert Achievement.objects.get().approved_version == 2

    remove_achievement(entered, actor=officer, version=2)
    assert "已删去" in client.get(address).content.decode()
