"""`manage.py create_city`: an empty installation becomes a city whose people can begin."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from indicators.catalogue.area_codes import find
from indicators.catalogue.check import check_catalogue
from indicators.catalogue.new_city import (
    LEVELS,
    NewCity,
    city_from_list,
    level_in,
    with_units,
)
from indicators.catalogue.seeds import SeedFault
from indicators.models import (
    Framework,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    User,
    YearlyValue,
)

pytestmark = pytest.mark.django_db


def create(*args, **options):
    out = io.StringIO()
    call_command("create_city", *args, "--no-input", stdout=out, **options)
    return out.getvalue()


def hangzhou(*args):
    return create("--name=杭州", "--administrator=guan", "--editor=bian", "--since=2020", *args)


def valid_in(year):
    return Jurisdiction.objects.valid_in(year).exclude(parent=None)


def test_a_city_of_the_list_gets_its_units_of_today_and_of_the_years_before():
    said = hangzhou()

    city = Jurisdiction.objects.get(parent=None)
    assert (city.name_zh, city.code, city.level) == ("杭州市", "330100", "city")
    assert (valid_in(2026).count(), valid_in(2020).count()) == (13, 13)
    assert JurisdictionChange.objects.count() == 5
    assert "杭州市 (330100) is made, with 13 units that report, 4 that ended and 5 changes." in said


def test_its_catalogue_is_the_one_that_every_city_shares():
    hangzhou()

    assert Indicator.objects.count() == 93
    assert not Indicator.objects.filter(stage="higher").exists()
    assert not Framework.objects.filter(code__contains="chongqing").exists()
    assert not YearlyValue.objects.exists()
    assert check_catalogue() == []


def test_the_first_administrator_and_editor_can_sign_in(client):
    said = hangzhou()

    for name, role in (("guan", "administrator"), ("bian", "editor")):
        code, page = re.search(rf"{name}: {role}, start-up code (\S+) for (\S+)", said).groups()
        chosen = {"password1": "Correct-Horse-7", "password2": "Correct-Horse-7"}
        client.post(page, {"username": name, "code": code} | chosen)
        assert client.session["_auth_user_id"] == str(User.objects.get(username=name).pk)
        assert User.objects.get(username=name).memberships.get().role == role
    assert client.get("/admin/indicators/indicator/").status_code == 200


def test_a_second_city_is_refused():
    hangzhou()

    with pytest.raises(CommandError, match=r"杭州市 \(330100\) is there already"):
        create("--name=宁波市")


def test_units_of_a_file_take_the_place_of_those_of_the_list(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("上城区\n330106 西湖区\n999001\t大江东产业集聚区\n高新区\n", encoding="utf-8")

    hangzhou(f"--units={file}")

    assert list(valid_in(2026).values_list("code", "name_zh", "level", "code_scheme")) == [
        ("330102", "上城区", "district", "gb2260"),
        ("330106", "西湖区", "district", "gb2260"),
        ("990001", "高新区", "functional_zone", "local"),
        ("999001", "大江东产业集聚区", "district", "local"),
    ]


def test_a_line_with_a_plus_adds_a_unit_to_those_of_the_list(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("+ 990101 大江东新区\n", encoding="utf-8")

    hangzhou(f"--units={file}")

    assert valid_in(2026).count() == 14
    assert JurisdictionChange.objects.count() == 5


def test_a_county_keeps_an_installation_of_its_own(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("千岛湖镇学区\n淳安县实验小学\n淳安中学", encoding="utf-8")

    create("--name=淳安县", "--editor=e", "--administrator=a", f"--units={file}")

    county = Jurisdiction.objects.get(parent=None)
    assert (county.level, county.collects) == ("county", True)
    assert list(valid_in(2026).values_list("name_zh", "level")) == [
        ("千岛湖镇学区", "township"),
        ("淳安县实验小学", "school"),
        ("淳安中学", "school"),
    ]
    county.clean()


def test_a_province_has_its_cities():
    create("--name=浙江省", "--administrator=a", "--editor=e")

    assert set(valid_in(2026).values_list("level", flat=True)) == {"city"}
    assert valid_in(2026).count() == 11


def test_what_is_not_in_the_list_has_a_code_and_a_level_of_its_own(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("甲区\n乙县", encoding="utf-8")

    create(
        "--name=某某市", "--code=990000", "--level=city", "--administrator=a", "--editor=e",
        f"--units={file}",
    )  # fmt: skip

    city = Jurisdiction.objects.get(parent=None)
    assert (city.code, city.code_scheme, city.confirmed) == ("990000", "local", False)
    assert list(valid_in(2026).values_list("level", flat=True)) == ["district", "county"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Give --name."),
        (["--name=鼓楼区"], "Give --code."),
        (["--name=某某市"], "Give --code."),
        (["--name=某某市", "--code=990000"], "Give --level."),
        (["--name=杭州市", "--level=county"], "杭州市 (330100) is a city, not a county."),
        (["--name=宁波市", "--code=330100"], "330100 is 杭州市, not 宁波市."),
        (["--name=某某市", "--code=99/1", "--level=city"], "'99/1' is no code;"),
        (["--name=义乌市"], "No unit reports to 义乌市 (330782); give them with --units."),
        (["--name=杭州市"], "Give --administrator."),
        (["--name=杭州市", "--administrator=a b"], "a b: "),
        (["--name=杭州市", "--units=nowhere.txt"], "nowhere.txt cannot be read as UTF-8 text"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(args, said):
    with pytest.raises(CommandError) as caught:
        create(*args)

    assert str(caught.value).startswith(said)
    assert not Jurisdiction.objects.exists()
    assert not Indicator.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("上城区 西湖区", "line 1: '上城区 西湖区' is no unit; write a code and a name"),
        ("上城区\n+ 990101 甲区", "line 2: begin each line with + or none"),
        ("甲\u202e区", "holds signs that cannot be seen"),
        ("330100 城区", "line 1: 城区 (330100) is there twice"),
        ("上城区\n330102", "line 2: '330102' is no unit"),
        ("上城区\n上城区", "line 2: 上城区 (330102) is there twice"),
    ],
)
def test_a_line_that_is_no_unit_is_named(text, said):
    city = city_from_list(find("杭州市")[0], since=2026)

    with pytest.raises(SeedFault) as caught:
        with_units(city, text)

    assert said in str(caught.value)


def test_who_began_in_the_browser_is_the_administrator_already():
    User.objects.create_superuser("first")

    create("--name=杭州市", "--editor=bian")

    assert set(User.objects.values_list("username", flat=True)) == {"first", "bian"}


def test_it_asks_for_what_is_not_given(monkeypatch):
    out, err = io.StringIO(), io.StringIO()
    # The first is too easy: the name is asked again. The second pair differs: typed once more.
    passwords = iter(
        ["short", "short", "Correct-Horse-7", "Correct-Horse-8"] + ["Correct-Horse-7"] * 4
    )
    units = ["上城", "", "+ 990101 大江东新区", "", ""]
    answers = iter(["杭州", *units, "guan", "管宁", "guan", "管宁", "bian", "卞静"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr(
        "indicators.management.commands.create_city.getpass", lambda _question: next(passwords)
    )

    call_command("create_city", stdout=out, stderr=err)

    assert valid_in(2026).count() == 14
    assert set(User.objects.values_list("full_name", flat=True)) == {"管宁", "卞静"}
    assert "The two passwords are not the same." in err.getvalue()


@pytest.mark.parametrize("yes", ["y", "是", ""])
def test_a_yes_takes_the_units_of_the_list(monkeypatch, yes):
    answers = iter(["杭州", yes, "guan", "管宁", "bian", "卞静"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr(
        "indicators.management.commands.create_city.getpass", lambda _question: "Correct-Horse-7"
    )
    call_command("create_city", stdout=io.StringIO())
    assert valid_in(2026).count() == 13


@pytest.mark.parametrize("answers", [[], ["杭州市"], ["杭州市", ""], ["杭州市", "", "guan", "管"]])
def test_answers_that_end_too_early_make_nothing(monkeypatch, answers):
    left = iter(answers)

    def answer(_question):
        for said in left:
            return said
        raise EOFError

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("indicators.management.commands.create_city.getpass", answer)

    with pytest.raises(CommandError, match="Nothing was made"):
        call_command("create_city", stdout=io.StringIO())
    assert not Jurisdiction.objects.exists()
    assert not User.objects.exists()


def test_the_top_is_as_old_as_the_list_says():
    create("--name=三沙市", "--administrator=a", "--editor=e")

    assert Jurisdiction.objects.get(parent=None).valid_from == 2012


def test_a_unit_of_the_list_brings_those_that_it_came_from(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("330102 上城区\n临平区", encoding="utf-8")

    hangzhou(f"--units={file}")

    assert list(valid_in(2020).values_list("name_zh", flat=True)) == ["上城区", "江干区"]
    assert list(valid_in(2026).values_list("name_zh", flat=True)) == ["上城区", "临平区"]


def test_a_code_of_the_list_under_another_name_is_not_confirmed(tmp_path):
    file = tmp_path / "units.txt"
    file.write_text("330102 天堂区", encoding="utf-8")

    hangzhou(f"--units={file}")

    unit = valid_in(2026).get()
    assert (unit.confirmed, unit.code_scheme, unit.source) == (False, "local", "")


@pytest.mark.parametrize(
    ("level", "name", "is_made"),
    [
        ("province", "甲市", "city"),
        ("province", "乙自治州", "city"),
        ("province", "丙盟", "city"),
        ("province", "丁地区", "city"),
        ("city", "莞城街道", "township"),
        ("city", "长安镇", "township"),
        ("city", "甲县", "county"),
        ("county", "丙幼儿园（民办）", "school"),
        ("county", "丁附小", "school"),
        ("county", "己中心校", "school"),
        ("county", "戊教学点", "school"),
        ("county", "庚工业园区", "functional_zone"),
        ("county", "A School", "township"),
    ],
)
def test_the_level_of_a_pasted_unit_follows_from_its_name(level, name, is_made):
    city = with_units(NewCity("99", "某地", LEVELS[level]), name)

    assert [str(level_in(city, unit)) for unit in city.units] == [is_made]


def test_local_codes_leave_those_that_are_taken():
    city = with_units(NewCity("990001", "某市", "city"), "甲区\n990002 乙区\n丙区")

    assert [(unit.code, unit.name) for unit in city.units] == [
        ("990003", "甲区"),
        ("990002", "乙区"),
        ("990004", "丙区"),
    ]


def test_the_seeds_of_chongqing_make_no_second_city():
    hangzhou()

    with pytest.raises(CommandError, match="would be a second city beside 杭州市"):
        call_command("load_seeds", stdout=io.StringIO())

    assert Indicator.objects.count() == 93
    call_command("load_seeds", "--catalogue", stdout=io.StringIO())
