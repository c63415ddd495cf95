"""The problems and measures of the seeds stand where the report has them, and leave nothing out.

As for the figures, the report is looked for beside the project; without it these tests are skipped.
"""

import re
from itertools import pairwise

import pytest

from tests.catalogue.files import OWN, rows

CHAPTERS = {"problems.csv": ("二、", "三、"), "measures.csv": ("三、", None)}
# The heading of a group is no problem of its own; it ends with the first stop.
HEADING = re.compile(r"^（[一二三四五六]）[^。]*。", re.MULTILINE)
pytestmark = pytest.mark.filterwarnings("default:NO ")


def places_of(file):
    found = rows(OWN / file)
    return sorted((int(row["report_start"]), int(row["report_end"])) for row in found)


def chapter_of(text, file):
    begins, ends = CHAPTERS[file]
    start = re.search(f"^{begins}", text, re.MULTILINE).start()
    end = re.search(f"^{ends}", text, re.MULTILINE).start() if ends else len(text)
    return start, end


@pytest.mark.parametrize("file", CHAPTERS)
def test_no_two_have_the_same_place(file):
    assert [one for one in pairwise(places_of(file)) if one[0][1] > one[1][0]] == []


@pytest.mark.parametrize("file", CHAPTERS)
def test_they_lie_in_their_chapter_and_cover_every_sentence(file, city_report):
    start, end = chapter_of(city_report, file)
    covered = set()
    for first, last in places_of(file):
        assert start <= first < last <= end
        assert "\n" not in city_report[first:last].strip()
        covered |= set(range(first, last))
    text = city_report[start:end]
    title = re.match(r"[^\n]*\n", text)
    covered |= set(range(start, start + title.end()))
    headings = list(HEADING.finditer(text))
    assert len(headings) == 6
    for one in headings:
        covered |= set(range(start + one.start(), start + one.end()))
    assert "".join(city_report[at] for at in range(start, end) if at not in covered).strip() == ""


def test_there_are_six_groups_of_each():
    groups = {row["code"][5] for row in rows(OWN / "problems.csv")}
    assert groups == {row["problem"][5] for row in rows(OWN / "measures.csv")} == set("123456")
