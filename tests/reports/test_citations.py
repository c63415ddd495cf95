"""Achievements in the text of a report: cited, frozen, and told when they change."""

import json
import re

import pytest

from indicators.collection import Refusal
from indicators.models import Achievement, Citation, CitationForm, Paragraph, ReportAct
from indicators.recording.achievement import edit_achievement, remove_achievement
from indicators.recording.citing import cite
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, save_paragraph
from indicators.reports.citations import achievements_to_cite
from indicators.reports.content import content_of, document_of
from indicators.reports.drafting import FirstDraft
from indicators.reports.errata import differences, errata_of
from indicators.reports.outputs import written_out
from indicators.reports.reading import read_report
from indicators.reports.site import site_of
from tests.achievement_cast import add, said
from tests.cast import YEAR, make_user
from tests.round_cast import make_round

pytestmark = pytest.mark.django_db
DOCUMENT = {"kind": "document", "title": "教育规划", "number": "山府〔2021〕3号", "level": "city"}

WRITTEN = "《教育规划》（山府〔2021〕3号）"


@pytest.fixture
def document(city, city_officer, area):
    return add(city, city_officer, area, issued_by="市政府", **DOCUMENT)


def approved(achievement):
    """As the approval of its submission leaves it."""
    one = Achievement.objects.get(pk=achievement.pk)
    one.reported_version = one.approved_version = one.version
    one.save()
    return one


def text_of(report, user):
    return read_report(report, user).paragraphs[1]


def name(report, achievement, actor, form=CitationForm.NAME):
    """Put its mark into the one paragraph of the report."""
    version = achievement.versions.get(version=achievement.version)
    cited = cite(
        report,
        achievement,
        actor=actor,
        form=form,
        as_cited=Citation(form=form).written(version),
    )
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)
    save_paragraph(
        paragraph,
        actor=actor,
        version=paragraph.version,
        level=0,
        heading="",
        text=f"全市投入{{F1}}，印发{cited.mark}。",
    )
    return cited


def frozen(report, lead, supervisor):
    report.refresh_from_db()
    for act, person in ((ReportAct.SUBMIT, lead), (ReportAct.APPROVE, supervisor)):
        act_on_report(report, act, actor=person, version=report.version)
        report.refresh_from_db()
    return freeze(
        report,
        actor=supervisor,
        version=report.version,
        content_of=lambda held: content_of(held, supervisor),
    )


def test_the_text_names_it_by_its_mark(report, city_officer, document):
    approved(document)
    cited = name(report, document, city_officer)

    assert cited.mark == "{C1}"
    assert (
        text_of(report, city_officer).text
        == "全市投入805亿元，印发《教育规划》（山府〔2021〕3号）。"
    )
    assert cite(report, document, actor=city_officer) == cited, "the same keeps its mark"
    full = name(report, document, city_officer, CitationForm.FULL)
    assert full.mark == "{C2}"
    assert "《教育规划》（山府〔2021〕3号）（市政府）" in text_of(report, city_officer).text


def test_what_speaks_against_it_is_told_beside_the_place(report, city_officer, document):
    name(report, document, city_officer)
    (cited,) = text_of(report, city_officer).cited
    assert cited.remarks == ["这项成果还没有审核通过。"]

    approved(document)
    edit_achievement(
        document, said(**DOCUMENT | {"title": "新规划"}), actor=city_officer, version=1
    )
    (cited,) = text_of(report, city_officer).cited
    assert (cited.text, cited.remarks) == (WRITTEN, [])

    approved(document)
    (cited,) = text_of(report, city_officer).cited
    assert cited.remarks == ["引用后有改动，原为：《教育规划》（山府〔2021〕3号）"]

    remove_achievement(document, actor=city_officer, version=2)
    approved(document)
    (cited,) = text_of(report, city_officer).cited
    assert (cited.text, len(cited.remarks)) == (WRITTEN, 1)
    assert not cited.is_approved


def test_a_report_cites_nothing_of_others(report, city_officer, north, south, officer, area):
    other = add(south, make_user("of_south", "officer", south), area)
    below = cite(report, other, actor=city_officer)
    assert below.number == 1
    mine = report
    mine.jurisdiction = north
    with pytest.raises(Refusal) as refused:
        cite(mine, other, actor=officer)
    assert refused.value.code == "achievement_of_others"


def test_a_mark_that_stands_in_the_text_already_is_not_given(report, city_officer, document):
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)
    save_paragraph(
        paragraph, actor=city_officer, version=1, level=0, heading="", text="见{C1}和{F1}。"
    )
    assert cite(report, document, actor=city_officer).mark == "{C2}"
    assert text_of(report, city_officer).unknown == ["{C1}"]


@pytest.fixture
def submission_of_city(city, supervisor, money):
    """A round asks the city itself, so that what it enters is a draft."""
    asked = make_round(city, supervisor, [money], [city])
    return asked.submissions.get()


def cite_on_page(client, person, paragraph, achievement):
    client.force_login(person)
    typed = {"version": "1", "level": "0", "heading": "", "text": "打字"}
    asked = {"cite": "1", "cite-achievement": str(achievement.pk), "cite-form": "name"}
    return client.post(paragraph.get_absolute_url(), typed | asked)


def test_a_draft_is_offered_to_nobody_as_all_who_read_the_report_would_read_it(
    client, report, city, city_officer, supervisor, submission_of_city, area
):
    draft = add(city, city_officer, area, title="尚未上报的成果")
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)
    client.force_login(city_officer)
    assert "尚未上报的成果" not in client.get(paragraph.get_absolute_url()).content.decode()
    assert cite_on_page(client, city_officer, paragraph, draft).status_code == 422
    assert not Citation.objects.exists()


def test_a_draft_of_what_is_cited_is_told_to_nobody(
    client, report, city, city_officer, supervisor, document, area, money
):
    approved(document)
    make_round(city, supervisor, [money], [city])
    changed = said(**DOCUMENT | {"title": "尚未上报的名称"})
    edit_achievement(document, changed, actor=city_officer, version=1)
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)

    page = cite_on_page(client, city_officer, paragraph, document).content.decode()
    assert "尚未上报的名称" not in page
    cited = Citation.objects.get()
    assert cited.as_cited == WRITTEN
    save_paragraph(
        paragraph, actor=city_officer, version=1, level=0, heading="", text=f"印发{cited.mark}。"
    )
    for person in (city_officer, supervisor):
        (one,) = text_of(report, person).cited
        assert (one.text, one.remarks) == (WRITTEN, [])


def test_what_is_approved_is_cited_before_what_is_reported_since(
    report, city_officer, supervisor, document
):
    approved(document)
    changed = said(**DOCUMENT | {"title": "新规划"})
    edit_achievement(document, changed, actor=city_officer, version=1)
    for person in (city_officer, supervisor):
        (offered,) = achievements_to_cite(report, person)
        assert offered.name_in_text == WRITTEN


def test_only_approved_achievements_are_frozen(
    report, city_officer, city_lead, supervisor, document
):
    name(report, document, city_officer)
    with pytest.raises(Refusal) as refused:
        frozen(report, city_lead, supervisor)
    assert refused.value.code == "achievements_not_approved"
    assert "《教育规划》" in refused.value.message


def test_an_edition_keeps_what_it_cites(report, city_officer, city_lead, supervisor, document):
    approved(document)
    name(report, document, city_officer)
    edition = frozen(report, city_lead, supervisor)
    content = json.loads(edition.content)

    assert content["paragraphs"][1]["pieces"][-2] == {"achievement": "C1"}
    assert content["achievements"]["C1"] == {
        "text": WRITTEN,
        "code": document.code,
        "form": "name",
        "unit": {"code": "500000", "name": "山城"},
        "year": YEAR,
        "kind": "文件",
        "title": "教育规划",
        "issued_by": "市政府",
        "level": "市级",
        "number": "山府〔2021〕3号",
        "issued_on": "",
    }
    before = {kind: written_out(edition, kind) for kind in ("html", "txt", "docx")}
    page = before["html"].decode()
    assert "印发《教育规划》（山府〔2021〕3号）。" in page
    assert "引用成果清单" in page
    assert "市政府" in page
    assert "印发《教育规划》" in site_of(edition)["index.html"].decode()
    assert errata_of(edition, supervisor) == []

    edit_achievement(
        document,
        said(**DOCUMENT | {"title": "新规划"}),
        actor=city_officer,
        version=1,
        reason="更名",
    )
    approved(document)
    (erratum,) = errata_of(edition, supervisor)
    assert (erratum.short_id, erratum.old) == ("C1", WRITTEN)
    assert (erratum.new, erratum.reasons) == ("《新规划》（山府〔2021〕3号）", ["更名"])
    assert erratum.sentences == ["全市投入805亿元，印发《教育规划》（山府〔2021〕3号）。"]
    assert {kind: written_out(edition, kind) for kind in before} == before

    report.refresh_from_db()
    second = freeze(
        report,
        actor=supervisor,
        version=report.version,
        content_of=lambda held: content_of(held, supervisor),
    )
    (differing,) = differences(edition, second)
    assert (differing.short_id, differing.new) == ("C1", "《新规划》（山府〔2021〕3号）")


def test_the_errata_say_why_what_is_cited_was_taken_out(
    report, city_officer, city_lead, supervisor, document
):
    approved(document)
    name(report, document, city_officer)
    edition = frozen(report, city_lead, supervisor)
    remove_achievement(document, actor=city_officer, version=1, reason="已废止")
    assert errata_of(edition, supervisor) == [], "not approved yet"
    approved(document)
    (erratum,) = errata_of(edition, supervisor)
    assert (erratum.old, erratum.new, erratum.reasons) == (WRITTEN, "", ["已废止"])


def test_the_list_of_what_is_cited_is_in_the_order_of_the_marks(
    report, city, city_officer, city_lead, supervisor, area
):
    cited = []
    for number in range(11):
        one = approved(add(city, city_officer, area, title=f"案例{number}"))
        cited.append(name(report, one, city_officer))
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)
    save_paragraph(
        paragraph,
        actor=city_officer,
        version=paragraph.version,
        level=0,
        heading="",
        text="".join(one.mark for one in cited),
    )
    edition = frozen(report, city_lead, supervisor)
    listed = written_out(edition, "txt").decode().partition("文号或证书号")[2]
    assert re.findall("案例[0-9]+", listed) == [f"案例{number}" for number in range(11)]


def test_what_cites_nothing_is_frozen_as_ever(report, city_lead, supervisor):
    assert "achievements" not in json.loads(frozen(report, city_lead, supervisor).content)


def test_the_first_draft_cites_what_is_approved(city, city_officer, money, document, area):
    add(city, city_officer, area, title="草稿")
    approved(document)
    draft = FirstDraft(city, YEAR, city_officer)

    (item,) = (one for one in draft.paragraphs if one.duty_area == area)
    assert item.text.endswith("取得的成果有{C1}。")
    assert [one.as_cited for one in draft.citations] == [WRITTEN]


def test_a_paragraph_has_a_picker(client, report, city_officer, document):
    client.force_login(city_officer)
    paragraph = Paragraph.objects.in_order().get(report=report, level=0)
    page = client.get(paragraph.get_absolute_url()).content.decode()
    assert WRITTEN in page

    typed = {"version": "1", "level": "0", "heading": "", "text": "打了一半的字"}
    answer = client.post(
        paragraph.get_absolute_url(),
        typed | {"cite": "1", "cite-achievement": str(document.pk), "cite-form": "full"},
    )
    page = answer.content.decode()
    assert "打了一半的字{C1}" in page
    assert "《教育规划》（山府〔2021〕3号）（市政府）" in page
    wrong = {"cite": "1", "cite-achievement": "999", "cite-form": "full"}
    answer = client.post(paragraph.get_absolute_url(), typed | wrong)
    assert (answer.status_code, "打了一半的字" in answer.content.decode()) == (422, True)


def test_the_list_of_an_edition_names_each_once_in_the_order_of_the_marks():
    words = {
        "text": "",
        "kind": "荣誉",
        "issued_by": "",
        "level": "国家级",
        "number": "",
        "issued_on": "2021-11-05",
        "unit": {"code": "500000", "name": "山城"},
    }
    codes = {"C10": "C202110", "C2": "C202102", "C13": "C202102"}
    cited = {mark: words | {"code": code, "title": mark} for mark, code in codes.items()}
    content = {
        "title": "报告",
        "unit": {"code": "500000", "name": "山城"},
        "date": "2022-01-01",
        "paragraphs": [],
        "figures": {},
        "achievements": dict(sorted(cited.items())),
    }
    (annex,) = document_of(content, "0" * 64).annexes
    assert [row[0] for row in annex.rows] == ["C2", "C10"]
    assert annex.rows[0][6] == "2021-11-05"
