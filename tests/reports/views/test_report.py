"""The report's pages: written, bound, in conflict, refused; nothing typed is lost."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from indicators.models import Export, Paragraph, Report, ReportAct
from indicators.recording.edition import freeze
from indicators.recording.report import (
    act_on_report,
    add_paragraph,
    begin_report,
    save_paragraph,
)
from indicators.reports.content import content_of
from tests.cast import YEAR, enter_approved
from tests.number_check.files import body, packed
from tests.two_clicks import at_once

HOSTILE = "<script>alert(1)</script>{{ 7 }}{% now %}{F1}‮倒写#import"


@pytest.fixture
def text(report):
    return report.paragraphs.get(position=2)


def post(client, user, address, **data):
    client.force_login(user)
    return client.post(address, data)


def test_a_report_begins_with_its_first_draft(client, city, city_officer, money):
    answer = post(client, city_officer, reverse("reports:start"), unit=city.pk, year=YEAR)

    report = Report.objects.get()
    assert answer.url == report.get_absolute_url()
    assert report.paragraphs.count() == 6


def test_a_new_report_is_of_the_latest_year_with_figures(client, city_officer, city, children):
    enter_approved(children, city, "5")
    client.force_login(city_officer)
    page = client.get(reverse("reports:start"))

    assert page.context["form"]["year"].initial == YEAR


def test_a_second_one_of_the_year_is_refused_in_words(client, city, city_officer, report):
    answer = post(client, city_officer, reverse("reports:start"), unit=city.pk, year=YEAR)

    assert answer.status_code == 422
    assert "的报告已经建立" in answer.content.decode()


def test_figures_stand_in_the_text(client, supervisor, report):
    client.force_login(supervisor)
    page = client.get(report.get_absolute_url()).content.decode()

    assert ">805亿元</data>" in page
    assert 'value="80500000000"' in page


def test_a_paragraph_is_saved(client, city_officer, report, text):
    answer = post(client, city_officer, text.get_absolute_url(), version=1, level=0, text="二{F1}")

    assert answer.url == report.get_absolute_url()
    assert Paragraph.objects.get(pk=text.pk).text == "二{F1}"


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_mine(
    client, city_officer, city_lead, text
):
    save_paragraph(text, actor=city_lead, version=1, level=0, heading="", text="别人写的")

    answer = post(client, city_officer, text.get_absolute_url(), version=1, level=0, text="我写的")
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "别人写的" in page
    assert "我写的" in page
    assert 'name="version" value="2"' in page


@pytest.mark.parametrize("address", ["paragraph", "add"])
def test_a_bound_figure_comes_into_what_was_typed(
    client, city, city_officer, money, report, text, address
):
    asked = {"indicator": "money", "unit": city.pk, "year": YEAR, "form": "value"}
    of = text if address == "paragraph" else report
    answer = post(
        client,
        city_officer,
        reverse(f"reports:{address}", args=[of.pk]),
        version=1,
        level=0,
        text="还没保存的",
        bind="1",
        **{f"bind-{name}": value for name, value in asked.items()},
    )

    assert "还没保存的{F1}</textarea>" in answer.content.decode()
    assert Paragraph.objects.get(pk=text.pk).text == "全市投入{F1}。"


def test_a_wrong_binding_loses_nothing(client, city_officer, text):
    answer = post(
        client, city_officer, text.get_absolute_url(), version=1, level=0, text="打的字", bind="1"
    )

    assert answer.status_code == 422
    assert "打的字</textarea>" in answer.content.decode()


def test_a_refused_paragraph_loses_nothing(client, city_officer, text):
    answer = post(
        client, city_officer, text.get_absolute_url(), version=1, level=1, heading="题", text="正文"
    )

    assert answer.status_code == 422
    assert "正文</textarea>" in answer.content.decode()


def test_hostile_text_is_text(client, city_officer, report, text):
    post(client, city_officer, text.get_absolute_url(), version=1, level=0, text=HOSTILE)
    add_paragraph(report, actor=city_officer, after=text, level=2, heading=HOSTILE[:99], text="")

    for address in (report.get_absolute_url(), text.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "{{ 7 }}{% now %}" in page


def test_a_megabyte_is_one_paragraph(client, city_officer, report, text):
    post(client, city_officer, text.get_absolute_url(), version=1, level=0, text="长" * 400_000)

    assert len(Paragraph.objects.get(pk=text.pk).text) == 400_000
    assert client.get(text.get_absolute_url()).status_code == 200


def test_who_only_reads_is_offered_no_writing(client, supervisor, auditor, report, text):
    for reader in (supervisor, auditor):
        client.force_login(reader)
        assert '<textarea name="text"' not in client.get(text.get_absolute_url()).content.decode()
        assert client.get(reverse("reports:add", args=[report.pk])).status_code == 403


def test_a_report_of_others_is_not_there(client, officer, report, text):
    client.force_login(officer)
    for address in (
        report.get_absolute_url(),
        text.get_absolute_url(),
        reverse("reports:add", args=[report.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": 1}).status_code in (404, 405)


def test_acts_are_done_and_refused_on_the_page(client, city_lead, supervisor, report):
    act = reverse("reports:act", args=[report.pk])
    assert post(client, city_lead, act, act="submit", version=1).status_code == 302

    late = post(client, city_lead, act, act="submit", version=1)
    assert (late.status_code, "刚刚处理过该报告" in late.content.decode()) == (409, True)

    assert post(client, supervisor, act, act="approve", version=2).status_code == 302
    answer = post(client, supervisor, act, act="freeze", version=3)
    assert answer.url == report.editions.get().get_absolute_url()
    assert post(client, supervisor, act, act="burn", version=4).status_code == 409
    assert post(client, supervisor, act, act="write", version=4).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_counts_and_the_other_is_told(report, city_lead, supervisor):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    address = reverse("reports:act", args=[report.pk])
    steps = [(city_lead, "submit"), (supervisor, "approve"), (supervisor, "freeze")]
    for version, (person, act) in enumerate(steps, start=1):
        answers = at_once(person, address, {"act": act, "version": version})
        assert sorted(one.status_code for one in answers) == [302, 409], act
        (late,) = [one for one in answers if one.status_code == 409]
        assert "刚刚处理过该报告" in late.content.decode()
    assert report.editions.count() == 1
    assert [one.act for one in report.events.order_by("pk")] == [
        "write",
        "submit",
        "approve",
        "freeze",
    ]


def test_a_paragraph_is_taken_out_only_over_its_version(client, city_officer, city_lead, text):
    save_paragraph(text, actor=city_lead, version=1, level=0, heading="", text="别人写的")
    away = reverse("reports:remove", args=[text.pk])

    assert post(client, city_officer, away, version="1").status_code == 409
    assert post(client, city_officer, away, version="x").status_code == 409
    assert post(client, city_officer, away, version="9" * 5000).status_code == 409
    assert post(client, city_officer, away, version="2").status_code == 302
    assert client.get(text.get_absolute_url()).status_code == 404


def test_a_comment_is_kept_and_an_empty_one_refused(client, supervisor, text):
    say = reverse("reports:comment", args=[text.pk])

    assert post(client, supervisor, say, text="请核对").status_code == 302
    assert post(client, supervisor, say, text=" ").status_code == 422
    assert [one.text for one in text.comments.all()] == ["请核对"]


def test_an_edition_s_page_shows_what_it_says_and_the_errata(
    client, city, money, city_lead, supervisor, report
):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    answer = post(
        client, supervisor, reverse("reports:act", args=[report.pk]), act="freeze", version=3
    )

    page = client.get(answer.url).content.decode()

    assert report.editions.get().digest in page
    assert "805亿元" in page
    assert "均与现行审核通过的一致" in page


@pytest.fixture
def edition(report, city_lead, supervisor):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    return freeze(
        report,
        actor=supervisor,
        version=3,
        content_of=lambda held: content_of(held, supervisor),
    )


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "txt"])
def test_a_file_has_the_same_bytes_after_a_correction(
    client, city, money, supervisor, edition, kind
):
    client.force_login(supervisor)
    address = reverse(f"reports:{kind}", args=[edition.pk])
    before = client.get(address)
    enter_approved(money, city, "806亿元")
    after = client.get(address)

    assert before.status_code == 200
    assert before.content == after.content
    assert Export.objects.filter(kind="report", format=kind).count() == 2


def test_a_document_that_comes_back_tells_what_was_changed(client, supervisor, edition):
    client.force_login(supervisor)
    content = client.get(reverse("reports:docx", args=[edition.pk])).content
    back = reverse("reports:returned", args=[edition.pk])

    same = client.post(back, {"file": SimpleUploadedFile("a.docx", content)})
    edited = _with("805亿元", "806亿元", content)
    other = client.post(back, {"file": SimpleUploadedFile("a.docx", edited)})

    assert "没有改动" in same.content.decode()
    assert "806亿元" in other.content.decode()
    assert "已改动" in other.content.decode()


def _with(old, new, content):
    """The DOCX with other words in its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode(), 1)
            written.writestr(name, part)
    return out.getvalue()


def _of_many(paragraphs):
    lead = '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
    text = body("<w:p><w:r><w:t>5</w:t></w:r></w:p>" * paragraphs)
    leads = f"<Relationships>{lead}</Relationships>"
    return packed({"_rels/.rels": leads, "word/document.xml": text})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "另存为文档格式"),
        (b"no zip", "另存为文档格式"),
        (b"PK\x03\x04" + b"x" * 99, "另存为文档格式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
        (packed({"word/vbaProject.bin": "x"}), "宏"),
        (_of_many(20_001), "文件过大"),
    ],
)
def test_what_is_no_document_is_refused_in_words(client, supervisor, edition, content, said):
    client.force_login(supervisor)
    back = reverse("reports:returned", args=[edition.pk])
    answer = client.post(back, {"file": SimpleUploadedFile("a.docx", content)})

    assert answer.status_code == 422
    assert said in answer.content.decode().split('role="alert"')[1][:100]


def test_no_file_is_refused_in_words(client, supervisor, edition):
    client.force_login(supervisor)

    assert client.post(reverse("reports:returned", args=[edition.pk])).status_code == 422


def test_an_edition_of_others_is_not_there(client, officer, edition):
    client.force_login(officer)
    for name in ("edition", "docx", "pdf", "html", "txt"):
        assert client.get(reverse(f"reports:{name}", args=[edition.pk])).status_code == 404
    assert client.post(reverse("reports:returned", args=[edition.pk])).status_code == 404


def test_a_district_is_offered_its_own_figures_only(client, city, north, officer, children):
    report = begin_report(north, YEAR, actor=officer, title="北区报告")
    client.force_login(officer)
    page = client.get(reverse("reports:add", args=[report.pk])).content.decode()
    (offered,) = re.findall(r'<select name="bind-unit".*?</select>', page, re.DOTALL)

    assert re.findall(r">([^<\s]+)</option>", offered) == ["北区"]


@pytest.mark.parametrize("year", [1996, 2999, 9999])
def test_a_report_of_an_impossible_year_is_refused_in_words(client, city, city_officer, year):
    answer = post(client, city_officer, reverse("reports:start"), unit=city.pk, year=year)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Report.objects.exists()
