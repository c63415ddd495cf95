"""The page of a figure shows what is pinned to it, to who may read it, and takes what is added."""

import pytest
from django.urls import reverse

from indicators.models import Annotation
from indicators.recording.annotation import annotate, take_back
from tests.cast import YEAR, enter
from tests.house.test_queries import queries_of


def page(code, year=YEAR):
    return reverse("dashboards:figure", args=["children", code, year])


@pytest.fixture(autouse=True)
def figures(children, north, south, city):
    for unit, number in ((north, "100"), (south, "200"), (city, "300")):
        enter(children, unit, number)


def words(answer):
    return answer.content.decode()


def test_what_is_pinned_is_shown_with_who_and_when(as_, officer):
    officer.full_name = "张三"
    officer.save()
    done = as_("officer").post(page("500101"), {"act": "annotate", "text": "两所园停办"})
    assert done["Location"] == page("500101")

    for role in ("officer", "lead", "city_officer", "supervisor", "auditor"):
        shown = words(as_(role).get(page("500101")))
        assert "两所园停办" in shown
        assert "张三" in shown


def test_it_is_of_one_figure(as_, children, north, supervisor):
    annotate(children, north, YEAR, actor=supervisor, text="只说这一年")
    browser = as_("supervisor")
    enter(children, north, "90", year=YEAR - 1)

    assert "只说这一年" not in words(browser.get(page("500101", YEAR - 1)))
    assert "只说这一年" not in words(browser.get(page("500102")))


@pytest.mark.parametrize("role", ["officer", "other_officer", "lead", "editor"])
def test_who_only_looks_up_to_a_citys_figure_reads_nothing_pinned_to_it(
    as_, children, city, supervisor, role
):
    annotate(children, city, YEAR, actor=supervisor, text="北区拖了全市后腿")
    answer = as_(role).get(page("500000"))

    assert answer.status_code == 200
    assert "北区拖了全市后腿" not in words(answer)
    assert 'id="annotations"' not in words(answer)


def test_another_district_does_not_get_the_page(as_, children, north, officer):
    annotate(children, north, YEAR, actor=officer, text="两所园停办")
    browser = as_("other_officer")

    assert browser.get(page("500101")).status_code == 404
    posted = browser.post(page("500101"), {"act": "annotate", "text": "我看看"})
    assert posted.status_code == 404
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "code"), [("auditor", "500101"), ("editor", "500000"), ("officer", "500000")]
)
def test_who_may_not_write_has_no_box_and_is_refused(as_, role, code):
    browser = as_(role)
    assert 'name="text"' not in words(browser.get(page(code)))

    answer = browser.post(page(code), {"act": "annotate", "text": "文"})
    assert answer.status_code == 403
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  ", "请先填写内容"),
        ("长" * 10_000, "最多 1000 个字"),
        ("12\u202e34", "文字方向标记：U+202E"),
        ("a\x00b", "含有不可见字符"),
    ],
)
def test_what_is_refused_is_kept_in_the_box(as_, text, said):
    answer = as_("officer").post(page("500101"), {"act": "annotate", "text": text})

    assert answer.status_code == 422
    assert said in words(answer)
    assert f">{text}</textarea>" in words(answer)


def test_its_author_takes_it_back_and_its_words_are_shown_to_nobody(as_, children, north, officer):
    made = annotate(children, north, YEAR, actor=officer, text="写错了")
    browser = as_("officer")
    assert 'value="take_back"' in words(browser.get(page("500101")))
    browser.post(page("500101"), {"act": "take_back", "annotation": made.pk})

    for role in ("officer", "supervisor", "auditor"):
        shown = words(as_(role).get(page("500101")))
        assert "写错了" not in shown
        assert "作者已撤回" in shown
        assert 'value="take_back"' not in shown


def test_anothers_has_no_button_and_is_not_taken_back(as_, children, north, officer):
    made = annotate(children, north, YEAR, actor=officer, text="两所园停办")
    browser = as_("supervisor")

    assert 'value="take_back"' not in words(browser.get(page("500101")))
    answer = browser.post(page("500101"), {"act": "take_back", "annotation": made.pk})
    assert answer.status_code == 403
    assert not Annotation.objects.filter(takes_back__isnull=False).exists()


@pytest.mark.parametrize("number", ["", "0", "x", "９", "9" * 30])
def test_one_that_there_is_not_is_told_in_words(as_, number):
    answer = as_("officer").post(page("500101"), {"act": "take_back", "annotation": number})

    assert answer.status_code == 404
    assert "这里没有这条附注" in words(answer)


@pytest.mark.parametrize("act", ["", "delete", "\x00"])
def test_an_act_that_there_is_not_is_refused(as_, act):
    assert as_("officer").post(page("500101"), {"act": act}).status_code == 422


def test_a_text_is_shown_as_text(as_, children, north, officer):
    annotate(children, north, YEAR, actor=officer, text="<script>alert(1)</script>\n二")
    shown = words(as_("officer").get(page("500101")))

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>二" in shown


def test_many_cost_as_many_queries_as_one(as_, children, north, officer):
    browser = as_("officer")
    made = [annotate(children, north, YEAR, actor=officer, text="第一条")]
    queries_of(browser, page("500101"))
    with_one = queries_of(browser, page("500101"))
    made += [annotate(children, north, YEAR, actor=officer, text=f"第{n}条") for n in range(9)]
    for one in made[::2]:
        take_back(one.pk, actor=officer)

    assert queries_of(browser, page("500101")) == with_one
