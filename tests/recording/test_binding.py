"""Figures take the place of words in a paragraph, which reads as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.collection import Refusal
from indicators.models import BoundFigure, Paragraph, ParagraphVersion, ReportAct
from indicators.models.report import Level
from indicators.recording.binding import (
    BoundWords,
    bind_figure,
    bind_places,
    stand_apart,
    with_marks,
)
from indicators.recording.report import (
    ParagraphMoved,
    act_on_report,
    add_paragraph,
    begin_report,
    save_paragraph,
)
from indicators.reports.marks import split
from tests.cast import YEAR
from tests.report_cast import bound


@pytest.fixture
def paragraph(report, city_officer):
    """Beside it, `{F1}` is bound already."""
    return add_paragraph(
        report,
        actor=city_officer,
        after=None,
        level=Level.TEXT,
        heading="",
        text="教育经费805亿元，即805亿元，其中{F1}。",
    )


@pytest.fixture
def first(money, city):
    return BoundWords(4, "805亿元", bound(money, city, decimals=0))


def second(money, city):
    return BoundWords(11, "805亿元", bound(money, city, decimals=0))


def refusal(paragraph, actor, places):
    with pytest.raises(Refusal) as refused:
        bind_places(paragraph, actor=actor, version=1, places=places)
    return refused.value.code


def test_the_mark_stands_where_the_words_stood(paragraph, first, city_officer):
    bind_places(paragraph, actor=city_officer, version=1, places=[first])

    now = Paragraph.objects.get(pk=paragraph.pk)
    assert (now.text, now.version) == ("教育经费{F2}，即805亿元，其中{F1}。", 2)
    assert now.versions.get(version=2).text == now.text
    figure = now.report.figures.get(number=2)
    assert (figure.as_bound, figure.decimals) == ("805亿元", 0)
    assert figure.change == now.change


def test_all_at_once_is_one_version_and_one_figure_has_one_mark(
    paragraph, first, money, city, city_officer
):
    places = [second(money, city), first]
    bind_places(paragraph, actor=city_officer, version=1, places=places)

    now = Paragraph.objects.get(pk=paragraph.pk)
    assert (now.text, now.version) == ("教育经费{F2}，即{F2}，其中{F1}。", 2)


def test_a_mark_that_is_text_stays_text(paragraph, first, report, city_officer):
    """The next number would be 2, which the text says and nobody bound."""
    add_paragraph(
        report, actor=city_officer, after=None, level=Level.TEXT, heading="", text="见{F2}和{F3}"
    )
    bind_places(paragraph, actor=city_officer, version=1, places=[first])

    assert "{F4}" in Paragraph.objects.get(pk=paragraph.pk).text


def test_a_figure_bound_by_the_picker_leaves_such_a_mark_alone_as_well(
    report, money, city, city_officer
):
    add_paragraph(
        report, actor=city_officer, after=None, level=Level.TEXT, heading="", text="见{F2}"
    )
    asked = {"indicator": money, "unit": city, "year": YEAR, "form": "change"}
    assert bind_figure(report, actor=city_officer, **asked).mark == "{F3}"


def test_a_stale_version_is_told_and_binds_nothing(
    paragraph, first, report, city_officer, city_lead
):
    text = "教育经费805亿元，改写过。"
    save_paragraph(paragraph, actor=city_lead, version=1, level=0, heading="", text=text)

    with pytest.raises(ParagraphMoved) as moved:
        bind_places(paragraph, actor=city_officer, version=1, places=[first])
    assert moved.value.now.text == text
    assert report.figures.count() == 1


@pytest.mark.parametrize(
    "places",
    [
        [],
        [(4, "806亿元")],
        [(5, "805亿元")],
        [(-2, "。")],
        [(4, "")],
        [(4, "805亿元"), (5, "05")],
        [(18, "{F1}")],
        [(20, "1")],
    ],
)
def test_other_words_overlaps_and_marks_are_no_place(
    paragraph, report, money, city, city_officer, places
):
    asked = [BoundWords(start, words, bound(money, city, decimals=0)) for start, words in places]

    assert refusal(paragraph, city_officer, asked) == "no_such_place"
    assert report.figures.count() == 1
    assert ParagraphVersion.objects.filter(paragraph=paragraph).count() == 1


def test_a_figure_of_a_unit_above_is_refused(city, north, officer, money, report):
    from_above = BoundWords(0, "805亿元", bound(money, city))
    report = begin_report(north, YEAR, actor=officer, title="北区报告")
    own = add_paragraph(report, actor=officer, after=None, level=0, heading="", text="805亿元")

    assert refusal(own, officer, [from_above]) == "figure_of_others"


def test_who_may_not_write_binds_nothing(paragraph, first, supervisor, auditor):
    for actor in (supervisor, auditor):
        assert refusal(paragraph, actor, [first]) == "not_your_act"


def test_a_report_that_is_handed_in_is_left_alone(
    paragraph, first, report, city_officer, city_lead
):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    assert refusal(paragraph, city_officer, [first]) == "report_not_in_this_state"


@given(
    text=st.text(alphabet="共805亿元{F123}，\n", max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6)), max_size=4),
)
def test_binding_never_changes_what_a_text_reads(text, spans):
    """The figures of the new marks read as the words that they took the place of."""
    known = {f"F{number}": BoundFigure(number=number) for number in (1, 2, 3)}
    places = [BoundWords(at, text[at : at + length], BoundFigure()) for at, length in spans]
    places = [place for place in places if place.words]
    if not stand_apart(text, places):
        return
    fresh = {f"F{200 + at}": BoundFigure(number=200 + at) for at in range(len(places))}
    marks = [(place, one.mark) for place, one in zip(places, fresh.values(), strict=True)]
    words = {one.number: p.words for p, one in zip(places, fresh.values(), strict=True)}

    def read(of, bound_there):
        return "".join(
            piece if isinstance(piece, str) else words.get(piece.number, piece.mark)
            for piece in split(of, bound_there)
        )

    assert read(with_marks(text, marks), known | fresh) == read(text, known)
