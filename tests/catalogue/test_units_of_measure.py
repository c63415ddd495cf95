"""Units of measure in the admin and in seeds, from the new unit to the figure in it."""

from decimal import Decimal as D
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from indicators.catalogue.seeds import SHIPPED, load_seeds
from indicators.models import UNITS, Definition, Indicator, SeedRecord, UnitOfMeasure, YearlyValue
from indicators.recording.catalogue import save_definition
from indicators.recording.unit_of_measure import save_unit_of_measure
from tests.cast import YEAR, make_indicator
from tests.catalogue.test_admin import boxes, form_of, save, url

HEADER = "code,name_zh,base,factor,dimension,whole,words"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def unit(code):
    return UnitOfMeasure.objects.get(code=code)


def said(response):
    return {name: list(errors) for name, errors in form_of(response).errors.items()}


def test_a_unit_of_ones_own_goes_from_the_admin_to_the_sheet_and_the_file(
    desk, children, city, north, officer, supervisor
):
    save(desk, "unitofmeasure", code="mu", name_zh="亩", name_en="mu", words="市亩  市亩 亩地")
    save(
        desk,
        "indicator",
        code="playground",
        name_zh="运动场地面积",
        name_en="Playgrounds",
        duty_area=children.duty_area_id,
        quantity_kind="amount",
        unit="mu",
        display_unit="mu",
        decimals="1",
        direction="higher_better",
        stage="all",
        aggregation="sum",
        reporting_level="units",
        period_kind="calendar_year",
        lag="0",
        position="0",
    )
    meaning = {"valid_from": 1997, "meaning_zh": "场地", "formula": ""}
    playground = Indicator.objects.get(code="playground")
    save(desk, "definition", indicator=playground.pk, **meaning)
    sheet = reverse("entry:sheet", args=["500101", YEAR, "funding"])
    desk.force_login(officer)
    desk.post(sheet, {"playground-value": "12.5市亩", "playground-version": 0})
    value = YearlyValue.objects.get(indicator=playground)
    page = desk.get(sheet).content.decode()

    assert (value.number, value.as_entered) == (D("12.5"), "12.5市亩")
    assert unit("mu").words == "市亩 亩地"
    assert "亩" in page
    assert "12.5市亩" in page
    assert 'data-units="亩 市亩 亩地"' in page
    desk.force_login(supervisor)
    file = b"".join(desk.get(reverse("exchange:figures")).streaming_content).decode()
    line = next(line for line in file.splitlines() if line.startswith("playground,"))
    assert ",12.5," in line
    assert ",亩," in line


def test_the_form_of_an_indicator_offers_the_units_in_force(desk, children):
    save_unit_of_measure(UnitOfMeasure(code="mu", name_zh="亩", base="mu"), actor=None)
    form = desk.get(url("indicator", "add")).context["adminform"].form

    offered = {name: dict(form.fields[name].choices) for name in ("unit", "display_unit")}
    assert offered["display_unit"].keys() - {""} == {*UNITS}
    assert offered["unit"].keys() - {""} == {code for code in UNITS if UNITS[code].is_base}
    assert offered["unit"]["mu"] == "亩 mu"


@pytest.mark.parametrize("box", ["unit", "display_unit"])
def test_a_unit_that_there_is_not_is_refused_in_words(desk, children, box):
    answer = save(desk, "indicator", children, **{box: "furlongs"})

    assert said(answer) == {box: ["没有计量单位 furlongs。"]}


NO_POWER = (
    "须为 10、100、1000 等十的整数次方；其他倍数的（如亩与平方米），请将基本单位留空，"
    "另作一个基本单位，换算倍数填 1。"
)


@pytest.mark.parametrize(
    ("fields", "box", "sentence"),
    [
        ({"factor": "10"}, "factor", "本身是基本单位的，换算倍数为 1。"),
        ({"base": "persons", "factor": "12"}, "factor", NO_POWER),
        ({"base": "persons", "factor": "1"}, "factor", NO_POWER),
        ({"base": "wan_yuan", "factor": "10"}, "base", "wan_yuan 不是基本单位。"),
        ({"base": "furlongs", "factor": "10"}, "base", "furlongs 不是基本单位。"),
        (
            {"base": "persons", "factor": "10", "words": "人"},
            "words",
            "由别的单位换算而来的，此项随其基本单位，请留空。",
        ),
        (
            {"dimension": "square_metres + persons"},
            "dimension",
            "请用计量单位的编码书写，编码之间用 * 和 / 相连，需要时末尾加 * 100 或 * 1000。",
        ),
        (
            {"dimension": "furlongs / persons"},
            "dimension",
            "furlongs 不是自成一类的计量单位。",
        ),
        ({"dimension": "teachers"}, "dimension", "teachers 不是自成一类的计量单位。"),
        ({"dimension": "1", "words": "比"}, "words", "比值后面不写量词，请留空。"),
        ({"words": "亩 万 2亩"}, "words", "“万、2亩”写在数字后面，不能认作计量单位。"),
        ({"name_zh": "左右"}, "name_zh", "“左右”写在数字后面，不能认作计量单位。"),
    ],
)
def test_what_is_no_unit_is_refused_at_its_box(desk, city, fields, box, sentence):
    answer = save(desk, "unitofmeasure", **{"code": "new", "name_zh": "亩", **fields})

    assert said(answer) == {box: [sentence]}


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("square_metres", {"dimension": "rooms"}),
        ("square_metres", {"whole": "on"}),
        ("square_metres", {"base": "volumes", "factor": "10", "words": ""}),
        ("wan_square_metres", {"factor": "1000"}),
        ("wan_square_metres", {"base": "volumes"}),
    ],
)
def test_one_in_use_keeps_what_figures_were_kept_by(desk, city, code, fields):
    make_indicator(
        "floor", unit="square_metres", display_unit="wan_square_metres", quantity_kind="amount"
    )
    before = unit(code)
    answer = save(desk, "unitofmeasure", before, **fields)

    (box,) = said(answer)
    assert said(answer)[box][0].startswith("已被使用：")
    assert "指标 1 项" in said(answer)[box][0]
    assert unit(code).factor == before.factor
    assert unit(code).dimension == before.dimension


def test_but_its_names_and_words_may_change_and_what_was_typed_is_still_read(desk, city):
    make_indicator("floor", unit="square_metres", quantity_kind="amount")
    save(desk, "unitofmeasure", unit("square_metres"), name_zh="平米", words="㎡")

    assert (unit("square_metres").name_zh, unit("square_metres").words) == ("平米", "㎡ 平方米")


def test_one_not_in_use_may_change(desk, city):
    save(desk, "unitofmeasure", code="mu", name_zh="亩")
    save(desk, "unitofmeasure", unit("mu"), whole="on", name_zh="市亩")

    assert (unit("mu").whole, unit("mu").name_zh, unit("mu").words) == (True, "市亩", "")


def test_a_stale_save_is_a_conflict(desk, city):
    page = url("unitofmeasure", "change", unit("volumes"))
    mine = boxes(desk, page, name_en="books")
    other = unit("volumes")
    other.words = "本 卷"
    save_unit_of_measure(other, actor=None)

    assert said(desk.post(page, mine)) == {
        "__all__": [
            "其他人已先行修改：名称（英文） volumes、数字后可写的量词 本 卷。请核对后再保存。"
        ]
    }
    assert (unit("volumes").words, unit("volumes").name_en) == ("本 卷", "volumes")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("persons", "计量单位 12 项"),
        ("children", "指标 1 项、计量单位 1 项"),
        ("wan_volumes", ""),
        ("volumes", "计量单位 2 项"),
        ("percent", "系统本身要用“%”"),
    ],
)
def test_what_is_in_use_is_not_deleted(desk, children, code, sentence):
    thing = unit(code)
    page = desk.post(url("unitofmeasure", "delete", thing), {"post": "yes"}, follow=True)

    assert UnitOfMeasure.objects.filter(code=code).exists() is bool(sentence)
    assert sentence in "".join(str(one) for one in page.context["messages"])


def test_what_the_application_works_with_keeps_its_chinese_name(desk, city):
    answer = save(desk, "unitofmeasure", unit("percent"), name_zh="百分率")

    assert said(answer) == {"name_zh": ["系统按“%”读写数据，不能改名。"]}
    assert "系统本身要用" in save(desk, "unitofmeasure", unit("rank"), whole="").content.decode()


def test_who_only_reads_finds_units_by_name(client, auditor, children):
    client.force_login(auditor)
    page = client.get(url("indicator", "change", children)).content.decode()

    assert '<div class="readonly">人</div>' in page


def test_the_list_names_the_base_of_others_and_plain_factors(client, auditor):
    client.force_login(auditor)
    page = client.get(url("unitofmeasure", "changelist") + "?q=yuan").content.decode()
    cells = '<td class="field-base_unit">{}</td><td class="field-plain_factor">{}</td>'

    assert cells.format("-", "1") in page
    assert cells.format("元", "100000000") in page


def test_a_formula_of_unlike_units_is_refused_with_both_names(city):
    make_indicator("area", unit="square_metres", quantity_kind="amount")
    make_indicator("books", unit="volumes")
    pupils = make_indicator("pupils", unit="pupils")
    worst = make_indicator("worst", unit="square_metres_per_pupil", aggregation="none")
    definition = Definition.objects.get(indicator=worst)
    definition.formula = "min(area / pupils, books / pupils)"

    with pytest.raises(Exception, match="平方米/人 与 册/人"):
        save_definition(definition, actor=None)
    definition.formula = "min(area / pupils, prev(area) / pupils)"
    save_definition(definition, actor=None)
    assert pupils.unit == "pupils"


def own_seeds(folder, *lines, unit="mu"):
    (folder / "units_of_measure.csv").write_text("\n".join([HEADER, *lines, ""]))
    (folder / "indicators.csv").write_text(
        "code,duty_area,name_zh,unit,display_unit,quantity_kind,direction,stage,aggregation,"
        "reporting_level,period_kind,position\n"
        f"land,own,用地面积,{unit},{unit},amount,none,all,sum,units,calendar_year,1\n"
    )
    (folder / "duty_areas.csv").write_text("code,kind,name_zh,position\nown,duty,自有,1\n")
    (folder / "definitions.csv").write_text(
        "indicator,version,valid_from,meaning_zh\nland,1,1997,面积\n"
    )


def test_own_seeds_bring_units_and_indicators_in_them(db, tmp_path):
    own_seeds(tmp_path, "hectare,公顷,mu,10,,no,", "mu,亩,,1,,no,市亩", unit="mu")
    first = load_seeds(tmp_path)[0]
    again = load_seeds(tmp_path)[0]

    assert (first.added, again.as_before) == (2, 2)
    assert (UNITS["hectare"].factor, UNITS["hectare"].dimension) == (10, (("mu", 1),))
    assert Indicator.objects.get().unit == "mu"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("mu,亩,furlongs,10,,no,", "line 2, column base: furlongs is no base unit"),
        (
            "mu,亩,,1,acres / persons,no,",
            "column dimension: acres is no unit that counts something",
        ),
        ("mu,亩,,1,,no,万", "column words: Behind a number, “万” cannot be read as its unit"),
        ("acre,英亩,,1,,no,", "indicators.csv, line 2, column unit: 'mu' is not known; use one of"),
    ],
)
def test_a_fault_in_own_units_is_said_with_its_place(db, tmp_path, line, sentence):
    own_seeds(tmp_path, line)

    with pytest.raises(CommandError) as caught:
        call_command("load_seeds", "--from", str(tmp_path), stdout=StringIO())
    assert sentence in str(caught.value)
    assert not UnitOfMeasure.objects.filter(code="mu").exists()


def test_a_unit_of_the_seeds_in_use_keeps_what_figures_were_kept_by(db, tmp_path):
    own_seeds(tmp_path, "mu,亩,,1,,no,")
    load_seeds(tmp_path)
    own_seeds(tmp_path, "mu,亩,,1,square_metres,no,")

    assert load_seeds(tmp_path)[0].left == {
        "mu": "it is in use, so its base, factor, dimension and whole stay"
    }


def test_an_indicator_in_a_unit_that_users_removed_is_left(db, tmp_path):
    own_seeds(tmp_path, "mu,亩,,1,,no,")
    for file in ("indicators.csv", "definitions.csv"):
        (tmp_path / file).rename(tmp_path / f"later-{file}")
    load_seeds(tmp_path)
    unit("mu").delete()
    for file in ("indicators.csv", "definitions.csv"):
        (tmp_path / f"later-{file}").rename(tmp_path / file)

    outcomes = {one.file: one.left for one in load_seeds(tmp_path)}

    assert outcomes["units_of_measure.csv"] == {"mu": "removed by users"}
    assert "builds on mu" in outcomes["indicators.csv"]["land"]


def test_the_migration_brought_the_seeds_that_ship_so_that_they_follow_them(db):
    (outcome,) = [one for one in load_seeds(SHIPPED, catalogue_only=True) if "units_of" in one.file]

    assert (outcome.added, outcome.changed, outcome.left) == (0, 0, {})
    assert SeedRecord.objects.filter(table="units_of_measure").count() == outcome.as_before
