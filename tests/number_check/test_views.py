"""The page of the number check: what it draws, and that a reader learns nothing by it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from indicators.number_check import forms
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_share
from tests.number_check.files import docx

PAGE = reverse("number_check:check")
TEXT = "山城在园幼儿共805人，教师20人。\n新增学位5个，其中公办3个、民办3个。"


@pytest.fixture
def preschool(city, north):
    indicator = make_indicator("preschool", name_zh="在园幼儿总数", aliases="在园幼儿；入园儿童")
    enter(indicator, north, "800")
    enter(indicator, city, "804")
    return indicator


def asked(client, user, **data):
    client.force_login(user)
    return client.post(PAGE, data)


def verdicts(response):
    return [(mark.check.raw, mark.check.verdict) for mark in response.context["marks"]]


def test_it_marks_the_text_and_lists_what_differs_first(client, supervisor, preschool):
    response = asked(client, supervisor, text=TEXT)

    assert response.status_code == 200
    assert verdicts(response)[0] == ("805人", "differs")
    page = response.content.decode()
    assert '<mark id="n1" class="differs">805人' in page
    assert "不一致" in page
    assert "在园幼儿总数" in page
    assert "不相符" in page
    assert "1 个数字与系统数据不一致" in page


def test_a_number_that_agrees(client, supervisor, preschool):
    response = asked(client, supervisor, text=TEXT.replace("805", "804"))

    assert ("804人", "agrees") in verdicts(response)
    assert "没有与系统数据不一致的数字" in response.content.decode()


def test_an_alias_that_an_editor_keeps_is_found(client, supervisor, preschool):
    response = asked(client, supervisor, text="山城入园儿童804人。")
    assert verdicts(response) == [("804人", "agrees")]


def test_a_file_is_read(client, supervisor, preschool):
    file = SimpleUploadedFile("report.docx", docx(TEXT))
    assert ("805人", "differs") in verdicts(asked(client, supervisor, file=file))


def test_the_whole_text_is_drawn_and_nothing_of_it_runs(client, supervisor, preschool):
    text = "<script>alert(1)</script>{{ 7 }}在园幼儿805人"
    page = asked(client, supervisor, text=text).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}在园幼儿<mark" in page
    assert "<script>alert" not in page


def test_a_text_without_figures(client, supervisor, preschool):
    page = asked(client, supervisor, text="2021年").content.decode()
    assert "其中没有属于数据的数字" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请选择文件，或粘贴文字"),
        ({"text": " \n"}, "请选择文件，或粘贴文字"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\3\4")}, "文件损坏或不完整"),
        ({"file": SimpleUploadedFile("a.bin", b"\x89PNG\0")}, "另存为其中一种"),
        ({"text": "长" * 31}, "31"),
        ({"file": SimpleUploadedFile("a.txt", b"a" * 31)}, "超过 30 个字符"),
        ({"text": "甲", "unit": "nowhere"}, "nowhere"),
    ],
)
def test_what_cannot_be_checked_is_said(client, supervisor, preschool, monkeypatch, data, said):
    monkeypatch.setattr(forms, "LONGEST", 30)
    monkeypatch.setattr(forms.CheckForm.base_fields["text"], "max_length", 30)
    for validator in forms.CheckForm.base_fields["text"].validators:
        if hasattr(validator, "limit_value"):
            monkeypatch.setattr(validator, "limit_value", 30)

    response = asked(client, supervisor, **data)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_without_figures_there_is_nothing_to_hold_it_against(client, supervisor, city):
    response = asked(client, supervisor, text=TEXT)
    assert response.status_code == 422
    assert "没有可供核对的数据" in response.content.decode()


def test_a_district_is_held_against_its_own_figure(client, officer, north, preschool):
    response = asked(client, officer, text="在园幼儿共800人。")
    assert verdicts(response) == [("800人", "agrees")]
    assert response.context["found"].unit == north


def test_of_another_district_nothing_is_told(client, other_officer, officer, north, preschool):
    """Neither that a number is right nor that it is wrong."""
    for number in ("800", "801"):
        text = f"山城在园幼儿804人。{north.name_zh}在园幼儿{number}人。"
        response = asked(client, other_officer, text=text)
        assert verdicts(response)[-1] == (f"{number}人", "no_such_figure")
        assert verdicts(response)[0][1] == "agrees"


def test_a_sum_that_is_not_released_is_not_told(client, officer, city, north):
    children = make_indicator("children", name_zh="学龄儿童数")
    enter(children, north, "5")
    enter(make_indicator("other", name_zh="教师数"), city, "7")
    response = asked(client, officer, text="山城学龄儿童5人。")
    assert verdicts(response) == [("5人", "no_such_figure")]


def test_what_was_approved_can_be_asked(client, supervisor, city, preschool):
    enter_approved(preschool, city, "900")
    enter(preschool, city, "901")
    text = "山城在园幼儿900人。"
    assert verdicts(asked(client, supervisor, text=text)) == [("900人", "differs")]
    assert verdicts(asked(client, supervisor, text=text, tier="approved")) == [("900人", "agrees")]


def test_the_year_and_unit_can_be_chosen(client, supervisor, north, preschool):
    response = asked(client, supervisor, text="在园幼儿800人。", unit=north.slug, year=YEAR)
    assert verdicts(response) == [("800人", "agrees")]


def test_the_day_of_signing_is_not_the_year_that_a_text_is_of(client, supervisor, city, preschool):
    enter(preschool, city, "900", year=YEAR + 2)
    text = f"{YEAR}年山城在园幼儿804人。\n{YEAR + 2}年3月20日\n"
    response = asked(client, supervisor, text=text)
    assert (response.context["found"].year, verdicts(response)) == (YEAR, [("804人", "agrees")])


def test_a_part_of_a_sum_is_no_figure(client, supervisor, north, south):
    teachers = make_indicator("teachers", name_zh="专任教师数")
    make_share("share", "teachers / teachers * 100")
    enter(teachers, north, "5")
    response = asked(client, supervisor, text="山城专任教师5人。")
    assert verdicts(response) == [("5人", "no_such_figure")]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_speaks_both_languages(client, supervisor, preschool, language):
    with translation.override(language):
        client.cookies["django_language"] = language
        page = asked(client, supervisor, text=TEXT).content.decode()
    assert ("Differs" in page) is (language == "en")
