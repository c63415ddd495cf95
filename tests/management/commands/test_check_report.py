"""`manage.py check_report`, over the seeds: on the city's own report, and on short texts."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from indicators.catalogue.seeds import load_seeds
from tests.catalogue.files import SEEDS
from tests.number_check.files import docx, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("default:NO ")]
KEYS = {"start", "end", "raw", "value", "unit", "qualifier", "verdict", "confidence", "figures"}
TEXT = "重庆市现在的义务教育巩固率95.67%，学校标准化建设达标率85%。"


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The seeds, loaded once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_seeds(SEEDS)
        yield
        transaction.set_rollback(True)


def run(path, **options):
    """Exit status and what is printed."""
    out = io.StringIO()
    try:
        call_command("check_report", str(path), stdout=out, **options)
    except SystemExit as left:
        return left.code, out.getvalue()
    return 0, out.getvalue()


def checked(path, **options):
    status, said = run(path, json=True, **options)
    return status, json.loads(said)


def written(folder, content, name="report.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def text(tmp_path):
    return written(tmp_path, TEXT)


def test_it_says_what_differs_and_fails(seeded, text):
    status, said = run(text)

    assert status == 1
    assert said.splitlines() == [
        "differs 30: 5.67%，学校标准化建设达标率【85%】 school_standardisation_rate 500000 2021",
        "500000 2022: 1 agrees, 1 differs",
    ]


def test_json_is_one_object_with_an_entry_a_place(seeded, text):
    _status, found = checked(text)

    assert [one["raw"] for one in found["quantities"]] == ["95.67%", "85%"]
    assert all(one.keys() >= KEYS for one in found["quantities"])
    assert all(TEXT[one["start"] : one["end"]] == one["raw"] for one in found["quantities"])
    assert found["quantities"][0]["figures"] == [
        {"indicator": "compulsory_retention_rate", "unit": "500000", "year": 2021}
    ]
    assert found["quantities"][0]["value"] == "95.67"
    assert found["relations"] == []


def test_what_does_not_fit_within_the_text_fails_too(seeded, tmp_path):
    path = written(tmp_path, "全市检查学校100所，其中甲类60所、乙类41所。")

    status, found = checked(path)

    assert status == 1
    assert [one["verdict"] for one in found["relations"]] == ["differs"]
    assert "relation part" in run(path)[1]


def test_the_list_of_figures_behind_the_next_steps_is_held_against_them(seeded, tmp_path):
    """Each row by its whole name; neither its number, nor its period, nor what is part of the name
    is its figure."""
    rows = (
        "F1\t市领导到高校讲课人次\t重庆市\t2021—2022 年\t19人次\t填报\n"
        "F6\t生均一般公共预算教育经费只增不减\t重庆市\t2021 年\t只增不减\t填报\n"
        "F9\t一般公共预算教育经费\t重庆市\t2021 年\t806亿元\t公布\n"
    )
    text = f"重庆市报告\n三、下一步打算\n继续努力。\n附件：清单\n{rows}"
    _status, found = checked(written(tmp_path, text))

    told = [(one["raw"], one["verdict"]) for one in found["quantities"]]
    assert [one for one in told if one[1] != "not_a_figure"] == [
        ("19人次", "agrees"),
        ("只增不减", "agrees"),
        ("806亿元", "differs"),
    ]


def test_the_text_as_read_is_written(seeded, tmp_path):
    path, out = written(tmp_path, docx("甲\n重庆市有805亿元"), "r.docx"), tmp_path / "out.txt"

    _status, found = checked(path, text=out)

    text = out.read_text(encoding="utf-8")
    assert text == "甲\n重庆市有805亿元\n"
    assert [text[one["start"] : one["end"]] for one in found["quantities"]] == ["805亿元"]


def test_a_text_without_numbers(seeded, tmp_path):
    assert run(written(tmp_path, "重庆市")) == (0, "500000 2022: no number\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "nowhere"}, "no such unit"),
        ({"unit": "500106"}, "no figures"),
        ({"approved": True, "unit": "500106"}, "no figures"),
    ],
)
def test_what_it_is_held_against_must_be_there(seeded, text, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("check_report", str(text), **options)


def test_the_unit_and_year_can_be_said(seeded, text):
    assert checked(text, unit="500000", year=2022, approved=True)[0] == 1
    _status, found = checked(text, year=2015)
    assert {one["verdict"] for one in found["quantities"]} == {"no_such_figure"}


def test_the_head_of_a_text_says_whose_it_is(seeded, tmp_path):
    path = written(tmp_path, "沙坪坝区2022年教育工作总结\n" + TEXT)
    with pytest.raises(CommandError, match="no figures"):
        call_command("check_report", str(path))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", None])
def test_what_cannot_be_read_is_said(tmp_path, content):
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"report\.txt: "):
        call_command("check_report", str(path))


def verdicts(found):
    return [
        (one["value"], one["unit"], one["qualifier"], one["verdict"], one["figures"])
        for one in found["quantities"]
    ]


def test_every_format_of_the_report_gives_the_same_verdicts(seeded, city_report, tmp_path):
    status, plain = checked(written(tmp_path, city_report))
    assert status == 0
    assert sum(len(one["figures"]) for one in plain["quantities"]) == 63

    for name, content in (
        ("gb.txt", city_report.encode("gb18030")),
        ("mark.txt", city_report.encode("utf-8-sig")),
        ("report.docx", docx(city_report)),
        ("report.pdf", pdf(city_report)),
    ):
        again, found = checked(written(tmp_path, content, name))
        assert (name, again, verdicts(found)) == (name, 0, verdicts(plain))
