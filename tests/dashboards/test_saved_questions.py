"""The custom table's questions: saved under a name, opened, shared, pinned to the first page."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import strip_tags

from indicators.models import SavedQuestion, User
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.saved_question import pin_question, rename_question, save_question
from tests.cast import PASSWORD, YEAR
from tests.dashboards.views.test_custom_table import ALL, PAGE, drawn, told  # noqa: F401
from tests.house.test_queries import queries_of

HOME = reverse("home:home")
pytestmark = pytest.mark.usefixtures("told")


def query_of(asked):
    query = QueryDict(mutable=True)
    for name, said in asked.items():
        query.setlist(name, said if isinstance(said, list) else [said])
    return query.urlencode()


WHOLE = query_of(ALL | {"rows": "units", "columns": "indicators", "tier": "reported"})
CANONICAL = query_of(
    ALL
    | {"year": [str(YEAR - 1), str(YEAR)]}
    | {"rows": "units", "columns": "indicators", "tier": "reported"}
)


@pytest.fixture
def browser(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def saved(supervisor):
    return save_question(actor=supervisor, name="在园幼儿", query=CANONICAL)


def save(browser, query, name, **given):
    return browser.post(f"{PAGE}?{query}", {"act": "save", "name": name} | given)


def act_on(question, browser, act, query="", **given):
    form = {"act": act, "question": question.pk, "version": question.version}
    return browser.post(f"{PAGE}?{query}" if query else PAGE, form | given)


def words(answer):
    return answer.content.decode()


def test_what_is_on_the_page_is_saved_and_opened_again(browser, supervisor):
    assert "将此表保存为" in words(browser.get(PAGE, ALL))
    answer = save(browser, WHOLE, "在园幼儿")

    kept = SavedQuestion.objects.get()
    assert (kept.owner, kept.name, kept.query) == (supervisor, "在园幼儿", CANONICAL)
    assert answer["Location"] == f"{PAGE}?{CANONICAL}"
    shown = browser.get(answer["Location"])
    assert drawn(shown) == drawn(browser.get(PAGE, ALL))
    assert "已保存为“在园幼儿”" in words(shown)


def test_one_question_has_one_query_however_it_was_asked(browser):
    turned = {name: said[::-1] * 2 for name, said in ALL.items()}
    save(browser, query_of(turned) + "&name=x&page=5", "表")

    assert SavedQuestion.objects.get().query == CANONICAL


def test_nothing_is_offered_for_saving_before_a_table_is_shown(browser):
    page = words(browser.get(PAGE))

    assert "将此表保存为" not in page
    assert "还没有。先选定表的内容" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "请填写名称"),
        ("长" * 10_000, "最多 100 个字"),
        ("a\u202eb", "不得含有控制字符或文字方向标记：U+202E"),
        ("a\x00b", "含有不可见字符"),
    ],
)
def test_a_name_that_is_refused_is_kept_with_the_table(browser, name, said):
    answer = save(browser, WHOLE, name)

    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{name}"' in words(answer)
    assert drawn(answer) == drawn(browser.get(PAGE, ALL))
    assert not SavedQuestion.objects.exists()


def test_a_name_that_is_taken_is_told_and_may_be_replaced(browser, saved):
    other = query_of(ALL | {"unit": ["500101"]})
    refused = save(browser, other, "在园幼儿")
    assert refused.status_code == 422
    assert "您已保存过“在园幼儿”" in words(refused)
    assert '<button name="act" value="replace">替换“在园幼儿”</button>' in words(refused)
    assert f'name="question" value="{saved.pk}"' in words(refused)

    form = {"act": "replace", "question": saved.pk, "version": saved.version}
    done = browser.post(f"{PAGE}?{other}", form)
    saved.refresh_from_db()
    assert done["Location"] == saved.get_absolute_url()
    assert list(drawn(browser.get(done["Location"]))[str(YEAR)]) == ["北区"]

    stale = browser.post(f"{PAGE}?{WHOLE}", form | {"name": "在园幼儿"})
    assert stale.status_code == 409
    assert "刚才在别处改动过" in words(stale)
    assert QueryDict(SavedQuestion.objects.get().query).getlist("unit") == ["500101"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "请先选择指标、单位和年度"),
        ("nonsense=1", "请先选择指标、单位和年度"),
        ("indicator=children", "这个字段是必填项"),
        ("indicator=%00&unit=%FF&year=2021", "这一选项，请重新选择"),
        (query_of(ALL | {"rows": "columns"}), "这一选项，请重新选择"),
    ],
)
def test_what_is_no_question_is_not_saved_and_the_name_is_kept(browser, query, said):
    answer = save(browser, query, "幼儿表")

    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="幼儿表"' in words(answer)
    assert not SavedQuestion.objects.exists()


def test_of_anothers_link_what_one_sees_is_saved(client, officer):
    client.force_login(officer)
    save(client, WHOLE, "表")

    kept = QueryDict(SavedQuestion.objects.get().query)
    assert kept.getlist("unit") == ["500101"]


def test_so_many_indicators_as_no_address_carries_are_refused_in_words(browser, monkeypatch):
    monkeypatch.setattr("indicators.recording.saved_question.QUERY_LENGTH", 80)
    answer = save(browser, WHOLE, "表")

    assert answer.status_code == 422
    assert "网址放不下" in words(answer)


def test_a_link_shows_others_only_what_is_theirs_to_see(client, officer, saved):
    """The address is passed on, not the row: the table is made for whoever looks."""
    client.force_login(officer)
    answer = client.get(saved.get_absolute_url())

    assert drawn(answer) == {
        str(YEAR - 1): {"北区": ["99 人", "49 人"]},
        str(YEAR): {"北区": ["100 人", "50 人"]},
    }
    page = words(answer)
    assert "不存在或您无权查看" in page
    assert "<code>500102</code>" in page
    said = strip_tags(page)  # the attributes' tokens may hold any digits
    assert [hidden for hidden in ("南区", "200", "199", "在园幼儿") if hidden in said] == []
    assert "北区" in said


def test_what_is_left_out_looks_the_same_whether_or_not_there_is_such_a_unit(client, officer):
    client.force_login(officer)
    pages = [
        words(client.get(PAGE, ALL | {"unit": ["500101", code]})).split("<form", 1)[1]
        for code in ("500102", "500199")
    ]

    notices = [page[page.index("未列入表中") :][:120] for page in pages]
    assert notices[0].replace("500102", "500199") == notices[1]


def test_what_is_gone_is_named_and_the_rest_is_shown(browser, children_public, saved):
    with changing_catalogue(actor=None):
        type(children_public).objects.filter(pk=children_public.pk).update(code="renamed")
    answer = browser.get(saved.get_absolute_url())

    assert answer.status_code == 200
    assert "<code>children_public</code>" in words(answer)
    assert drawn(answer)[str(YEAR)] == {"北区": ["100 人"], "南区": ["200 人"]}


def test_where_all_of_it_is_gone_the_page_says_so(browser, supervisor):
    gone = query_of(ALL | {"indicator": ["gone"]})
    saved = save_question(actor=supervisor, name="旧表", query=gone)
    answer = browser.get(saved.get_absolute_url())

    assert answer.status_code == 400
    assert "gone" in words(answer)
    assert "旧表" in words(answer)


def test_hostile_codes_are_named_short_and_without_marks(browser):
    many = ["500101", *(f"x{number}" for number in range(30)), "y\u202e" * 5000, "<b>z</b>"]
    page = words(browser.get(PAGE, ALL | {"unit": many}))

    assert "另有 22 项" in page
    assert "\u202e" not in page
    assert "<b>z</b>" not in page


def test_the_list_says_how_much_each_asks_for(browser, saved):
    assert "2 项指标、2 个单位、2 个年度" in words(browser.get(PAGE))


def test_it_is_pinned_to_the_first_page_and_taken_off(browser, saved):
    assert "在园幼儿" not in words(browser.get(HOME))

    done = act_on(saved, browser, "pin", query=WHOLE)
    assert done["Location"] == f"{PAGE}?{WHOLE}"
    address = saved.get_absolute_url().replace("&", "&amp;")
    assert f'<a href="{address}">在园幼儿</a>' in words(browser.get(HOME))

    act_on(saved, browser, "unpin")
    browser.get(PAGE)  # where the message is told
    assert "在园幼儿" not in words(browser.get(HOME))


@pytest.mark.parametrize(
    "role", ["officer", "lead", "city_officer", "supervisor", "editor", "auditor"]
)
def test_everybody_who_opens_the_table_has_pinned_ones(request, client, role):
    person = request.getfixturevalue(role)
    client.force_login(person)
    query = query_of(
        ALL | {"unit": [client.get(PAGE).context["form"].fields["unit"].choices[0][0]]}
    )
    save(client, query, "在园幼儿")
    act_on(SavedQuestion.objects.get(), client, "pin")
    client.get(PAGE)

    assert "在园幼儿" in words(client.get(HOME))


def test_who_lost_every_role_has_none_on_the_first_page(client, supervisor, saved):
    pin_question(saved.pk, actor=supervisor, pinned=True)
    supervisor.memberships.all().delete()
    client.force_login(User.objects.get(pk=supervisor.pk))

    assert "在园幼儿" not in words(client.get(HOME))


def test_it_is_renamed_and_deleted_and_the_page_stays_at_its_table(browser, saved):
    done = act_on(saved, browser, "rename", name="幼儿", query=WHOLE)
    assert done["Location"] == f"{PAGE}?{WHOLE}"
    saved.refresh_from_db()
    assert saved.name == "幼儿"

    done = act_on(saved, browser, "delete")
    assert done["Location"] == PAGE
    assert not SavedQuestion.objects.exists()
    assert "“幼儿”已删除" in words(browser.get(PAGE))


def test_a_rename_that_is_refused_keeps_what_was_typed(browser, saved, supervisor):
    save_question(actor=supervisor, name="另一张", query=CANONICAL)
    answer = act_on(saved, browser, "rename", name="另一张", query=WHOLE)

    assert answer.status_code == 422
    assert "您已保存过“另一张”" in words(answer)
    assert f'id="name-{saved.pk}" name="name" maxlength="100" value="另一张"' in words(answer)
    assert "<details open>" in words(answer)
    assert drawn(answer) == drawn(browser.get(PAGE, ALL))


def test_a_stale_act_is_refused_in_words(browser, saved, supervisor):
    rename_question(saved.pk, actor=supervisor, version=1, name="新名")
    for act in ("rename", "delete"):
        answer = act_on(saved, browser, act, name="旧窗口的名")
        assert answer.status_code == 409
        assert "“新名”刚才在别处改动过" in words(answer)
        assert "旧窗口的名" in words(answer)
    assert SavedQuestion.objects.get().name == "新名"


@pytest.mark.parametrize("act", ["pin", "unpin", "rename", "delete"])
def test_anothers_is_not_there_for_who_guesses_its_number(client, officer, saved, act):
    client.force_login(officer)
    answer = act_on(saved, client, act, name="我的名")

    assert answer.status_code == 404
    assert "您保存的表中已没有这一张" in words(answer)
    assert "在园幼儿" not in words(answer)
    assert "我的名" in words(answer)
    replacing = {"act": "replace", "question": saved.pk, "version": 1}
    assert client.post(f"{PAGE}?{WHOLE}", replacing).status_code == 404
    saved.refresh_from_db()
    assert (saved.name, saved.query, saved.is_pinned) == ("在园幼儿", CANONICAL, False)


@pytest.mark.parametrize("act", ["", "publish", "\x00"])
def test_an_act_that_there_is_not_is_refused(browser, saved, act):
    assert act_on(saved, browser, act).status_code == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "９", "9" * 30])
def test_a_version_that_is_none_is_stale(browser, saved, version):
    assert act_on(saved, browser, "delete", version=version).status_code == 409


@pytest.mark.parametrize(
    "query", ["a=1%0D%0AX-Bad:%201", "//evil.example/", "%00", "x=" + "y" * 9000, "你=好"]
)
def test_the_way_back_leads_to_the_table_whatever_is_asked(browser, saved, query):
    done = act_on(saved, browser, "pin", query=query)

    assert done.status_code == 302
    assert done["Location"].startswith(PAGE)
    assert len(done["Location"]) < 4000


def test_what_was_refused_can_be_read_in_another_language_and_tier(browser):
    """The page that refuses is at the address of the table: links and forms on it lead there."""
    page = words(save(browser, WHOLE, ""))

    assert f'name="next" value="{PAGE}?{WHOLE}"'.replace("&", "&amp;") in page


def test_an_account_without_figures_is_turned_away(client, administrator, saved):
    client.force_login(administrator)

    assert save(client, WHOLE, "表").status_code == 403
    assert act_on(saved, client, "pin").status_code == 403


def test_a_name_is_shown_as_text(browser, supervisor):
    name = "<script>alert(1)</script>"
    made = save_question(actor=supervisor, name=name, query=CANONICAL)
    pin_question(made.pk, actor=supervisor, pinned=True)

    for address in (PAGE, HOME):
        assert name not in words(browser.get(address))
        assert "&lt;script&gt;alert(1)" in words(browser.get(address))


def test_saved_questions_cost_one_query_however_many(browser, supervisor):
    for number in range(20):
        made = save_question(actor=supervisor, name=f"第{number}张", query=CANONICAL)
        if number < 12:
            pin_question(made.pk, actor=supervisor, pinned=True)
    for address in (PAGE, HOME):
        browser.get(address)
        with_many = queries_of(browser, address)
        SavedQuestion.objects.filter(owner=supervisor, name__gt="第1张").update(owner=_nobody())
        assert queries_of(browser, address) == with_many


def _nobody():
    found, _made = User.objects.get_or_create(username="nobody", defaults={"password": PASSWORD})
    return found
