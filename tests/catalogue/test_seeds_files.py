"""What the seeds of this project hold, and what a file of seeds may not hold."""

import re
from collections import Counter, defaultdict

import pytest
from django.utils import translation

from indicators.catalogue.seeds_files import SeedFault, read_folder
from indicators.measures.formula import parse
from tests.catalogue.files import OWN, SEEDS


@pytest.fixture(scope="module")
def tables():
    found = defaultdict(list)
    for file in read_folder(SEEDS):
        found[file.table.name] += [row.table.values(row.cells) for row in file.rows]
    return found


def units_in(tables, year):
    return [
        unit
        for unit in tables["jurisdictions"]
        if unit["level"] != "city"
        and unit["valid_from"] <= year
        and (unit["valid_to"] is None or year < unit["valid_to"])
    ]


def test_the_duties_and_results_are_all_there(tables):
    areas = {"duty": [], "result": []}
    for area in tables["duty_areas"]:
        areas[area["kind"]].append(area["code"])

    assert areas == {
        "duty": [
            "leadership",
            "funding",
            "whole_person",
            "double_reduction",
            "teachers",
            "equity",
            "safety",
            "conduct",
        ],
        "result": ["quality", "reform", "service"],
    }


def test_every_row_names_only_what_is_there(tables):
    indicators = {one["code"] for one in tables["indicators"]}
    areas = {one["code"] for one in tables["duty_areas"]}
    frameworks = {one["code"] for one in tables["frameworks"]}

    assert {one["duty_area"] for one in tables["indicators"]} == areas
    assert {one["indicator"] for one in tables["definitions"]} == indicators
    assert {one["indicator"] for one in tables["targets"]} <= indicators
    assert {one["framework"] for one in tables["targets"]} == frameworks - {"plan-14-chongqing"}


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022])
def test_forty_one_units_report_in_each_year(tables, year):
    zones = [unit for unit in units_in(tables, year) if unit["level"] == "functional_zone"]

    assert (len(units_in(tables, year)), len(zones)) == (41, 3)


def test_no_code_means_two_units_in_one_year(tables):
    for year in range(1997, 2027):
        codes = Counter(unit["code"] for unit in units_in(tables, year))
        assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("500101", 1997, "万县区"),
        ("500101", 1998, "万州区"),
        ("500110", 2010, "万盛区"),
        ("500110", 2011, "綦江区"),
        ("500111", 2010, "双桥区"),
        ("500111", 2011, "大足区"),
        ("500381", 2005, "江津市"),
        ("500116", 2006, "江津区"),
        ("500105", 2024, "江北区"),
        ("995004", 2025, "两江新区"),
    ],
)
def test_a_code_means_the_unit_valid_in_the_year(tables, code, year, name):
    assert [u["name_zh"] for u in units_in(tables, year) if u["code"] == code] == [name]


def test_changes_name_units_that_end_or_begin_then(tables):
    units = {f"{u['code']}@{u['valid_from']}": u for u in tables["jurisdictions"]}

    for change in tables["jurisdiction_changes"]:
        before = [units[key] for key in change["from_units"].split(";")]
        after = [units[key] for key in change["to_units"].split(";")]
        if change["kind"] == "transfer":
            continue
        assert {unit["valid_to"] for unit in before} == {change["year"]}
        assert {unit["valid_from"] for unit in after} == {change["year"]}


def test_one_target_of_an_indicator_and_level_is_the_principal_one(tables):
    principal = Counter(
        (one["indicator"], one["level"]) for one in tables["targets"] if one["principal"]
    )

    assert set(principal.values()) == {1}
    assert set(principal) == {(one["indicator"], one["level"]) for one in tables["targets"]}


def test_a_formula_and_its_inputs_look_at_the_same_year(tables):
    """Otherwise the sheet of an evaluation year could not fill the formula."""
    lags = {one["code"]: one["lag"] for one in tables["indicators"]}
    for definition in tables["definitions"]:
        if definition["formula"]:
            inputs = {lags[code] for code in parse(definition["formula"]).codes}
            assert inputs == {lags[definition["indicator"]]}


def test_figures_lie_in_the_years_that_the_evaluation_of_2022_looks_at(tables):
    lags = {one["code"]: one for one in tables["indicators"]}
    for figure in tables["figures"]:
        indicator = lags[figure["indicator"]]
        assert figure["year"] == 2022 + indicator["lag"]
        assert bool(figure["statement"]) == (indicator["quantity_kind"] == "statement")
        for limit, beyond in (("lower_limit", -1), ("upper_limit", 1)):
            if figure["value"] is not None and indicator[limit] is not None:
                assert (figure["value"] - indicator[limit]) * beyond <= 0


def test_the_seeds_are_written_in_one_way():
    for path in SEEDS.rglob("*.csv"):
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content
        assert content.endswith(b"\n")
    for file in read_folder(SEEDS):
        assert all(cell == cell.strip() for row in file.rows for cell in row.cells.values())


def test_what_an_editor_reads_of_a_source_is_chinese(tables):
    for name in ("targets", "jurisdictions", "jurisdiction_changes"):
        for row in tables[name]:
            told = f"{row['source']} {row['note']}"
            assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", told), told


def with_text(folder, file, text):
    """The file, of every city or of one, in which the text stands."""
    paths = [folder / file, folder / OWN.name / file]
    return next(one for one in paths if one.is_file() and text in one.read_text(encoding="utf-8"))


def change(folder, file, old, new):
    path = with_text(folder, file, old)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def fault_of(folder):
    with translation.override("en"), pytest.raises(SeedFault) as caught:
        read_folder(folder)
    return str(caught.value).removesuffix(".")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "duty_areas.csv",
            "code,kind,name_zh",
            "code,name_zh",
            "duty_areas.csv, line 1, column kind: the column is missing; add it to the header row",
        ),
        (
            "duty_areas.csv",
            "code,kind",
            "code,colour,kind",
            "duty_areas.csv, line 1, column colour: no such column here;"
            " there are code, kind, name_zh, name_en, position",
        ),
        (
            "duty_areas.csv",
            "code,kind",
            "code,code,kind",
            "duty_areas.csv, line 1, column code: the column is there twice; keep one",
        ),
        (
            "duty_areas.csv",
            "funding,duty,",
            "funding,duties,",
            "duty_areas.csv, line 3, column kind: 'duties' is not known; use one of duty, result",
        ),
        (
            "duty_areas.csv",
            "funding,duty,",
            "funding,duty,,",
            "duty_areas.csv, line 3: 6 cells where the header has 5;"
            " put quotes around a cell that holds a comma",
        ),
        (
            "duty_areas.csv",
            "funding,duty,优先保障",
            'funding,duty,"优先保障',
            "duty_areas.csv, line 3: not CSV (unexpected end of data);"
            " close every quote, double those inside a cell",
        ),
        (
            "duty_areas.csv",
            "funding,duty,优先保障",
            "Funding!,duty,优先保障",
            "duty_areas.csv, line 3, column code: A code has small letters, digits and underscores,"
            " and begins with a letter",
        ),
        (
            "duty_areas.csv",
            "funding,duty",
            "leadership,duty",
            "duty_areas.csv, line 3: the same code as in line 2; keep one of the two rows",
        ),
        (
            "duty_areas.csv",
            "优先保障",
            "",
            "duty_areas.csv, line 3, column name_zh: the cell is empty; it must be filled",
        ),
        (
            "duty_areas.csv",
            "优先保障",
            "优先\x00保障",
            "duty_areas.csv, line 3, column name_zh: a control character (U+0000); take it out",
        ),
        (
            "duty_areas.csv",
            "Priority funding,2",
            "Priority funding,２",
            "duty_areas.csv, line 3, column position: '２' is no whole number; use digits",
        ),
        (
            "indicators.csv",
            "persons,persons,count,0,",
            "persons,persons,count,1e3,",
            "indicators.csv, line {line}, column lower_limit:"
            " '1e3' is no number; use plain decimals such as 3.32",
        ),
        (
            "indicators.csv",
            "persons,persons,count,0,",
            "persons,persons,count,0.12345,",
            "indicators.csv, line {line}, column lower_limit: 0.12345 is too long;"
            " at most 14 digits before and 4 after the decimal point",
        ),
        (
            "indicators.csv",
            "persons,persons,count,0,",
            "persons,yi_yuan,count,0,",
            "indicators.csv, line {line}, column display_unit:"
            " 亿元 yi_yuan does not hold 人 persons. Choose a unit that does",
        ),
        (
            "definitions.csv",
            "preschool_public / preschool_total * 100",
            "preschool_public / / 100",
            "definitions.csv, line {line}, column formula: The formula cannot be read"
            " at character 20: this does not belong here",
        ),
        (
            "targets.csv",
            ",ge,90,",
            ",ge,,",
            "targets.csv, line {line}, column value: This comparator needs a value",
        ),
        (
            "jurisdictions.csv",
            "500101,1997,1998",
            "500101,1997,1996",
            "jurisdictions.csv, line 3, column valid_to: Later than the first year",
        ),
        (
            "jurisdiction_changes.csv",
            "2011-10-24",
            "24.10.2011",
            "jurisdiction_changes.csv, line 9, column event_date:"
            " '24.10.2011' is no date; write it as 2011-10-24",
        ),
        (
            "jurisdiction_changes.csv",
            "500101@1997",
            "500101",
            "jurisdiction_changes.csv, line 2, column from_units:"
            " '500101' is no unit; write code@valid_from, such as 500101@1998",
        ),
        (
            "figures.csv",
            "500000,2022,19,,",
            "500000,2022,19,met,",
            "figures.csv, line 2, column value:"
            " a figure has either a value or a statement; fill one of the two",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence_with_its_place_and_mend(folder, file, old, new, said):
    path = with_text(folder, file, old)
    text = path.read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(old)) + 1
    change(folder, file, old, new)

    at = str(path.relative_to(folder)).removesuffix(file)
    assert fault_of(folder) == at + said.format(line=line)


def test_a_file_in_another_encoding_is_refused_with_its_line(folder):
    path = folder / "duty_areas.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    assert fault_of(folder) == ("duty_areas.csv, line 2: not UTF-8; save the file as CSV UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(folder):
    path = folder / "duty_areas.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")

    assert read_folder(folder) == read_folder(SEEDS)


def files_in(folder):
    return {file.file for file in read_folder(folder)}


def test_a_file_that_is_not_there_is_passed_over(folder):
    (folder / OWN.name / "figures.csv").unlink()

    assert files_in(SEEDS) - files_in(folder) == {"chongqing/figures.csv"}


def test_a_folder_without_any_seeds_is_refused(tmp_path):
    assert fault_of(tmp_path).startswith(f"{tmp_path}: none of the seeds' files is here;")
    assert fault_of(tmp_path / "nowhere").endswith(
        "no such folder; give one that holds the seeds' CSV files"
    )


def test_another_city_reads_the_catalogue_only():
    assert [file.file for file in read_folder(SEEDS, catalogue_only=True)] == [
        "units_of_measure.csv",
        "duty_areas.csv",
        "indicators.csv",
        "definitions.csv",
        "frameworks.csv",
        "targets.csv",
        "rules.csv",
    ]
