"""The achievements of the seeds: where the report has them, and what loading makes of them."""

import re
from itertools import pairwise

import pytest

from indicators.catalogue import seeds
from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import Achievement, AchievementVersion
from indicators.recording.achievement import edit_achievement, remove_achievement
from tests.achievement_cast import said
from tests.cast import make_user
from tests.catalogue.files import OWN, edit, rows

FILE = "achievements.csv"
FIRST = {"code": "C202210101"}


def test_they_lie_apart_in_the_first_chapter_under_names_that_the_report_has(city_report):
    ends = re.search("^二、", city_report, re.MULTILINE).start()
    found = sorted(rows(OWN / FILE), key=lambda row: int(row["report_start"]))
    for row in found:
        start, end = int(row["report_start"]), int(row["report_end"])
        assert 0 < start < end < ends
        words = city_report[start:end]
        pairs = {words[at : at + 2] for at in range(len(words) - 1)}
        assert any(pair in row["title"] for pair in pairs), row["title"]
    for one, other in pairwise(found):
        assert int(one["report_end"]) <= int(other["report_start"])


@pytest.mark.django_db
@pytest.mark.parametrize(("shipped", "approved"), [(True, 1), (False, None)])
def test_the_shipped_ones_stand_as_approved_and_others_as_reported(
    folder, tmp_path, monkeypatch, shipped, approved
):
    if not shipped:
        monkeypatch.setattr(seeds, "SHIPPED", tmp_path / "elsewhere")
    load_seeds(folder)
    one = Achievement.objects.get(**FIRST)
    assert (one.version, one.reported_version, one.approved_version) == (1, 1, approved)
    version = one.versions.get()
    assert (version.kind, version.level, version.change.origin) == ("honour", "national", "seed")
    assert one.jurisdiction.code == "500000"


@pytest.mark.django_db
def test_what_users_changed_or_took_out_is_theirs(loaded):
    one, other = Achievement.objects.order_by("code")[:2]
    officer = make_user("city", "officer", one.jurisdiction)
    edit_achievement(one, said(title="改过的名称"), actor=officer, version=1)
    remove_achievement(other, actor=officer, version=1)
    edit(loaded, FILE, FIRST, description="另一句话")
    edit(loaded, FILE, {"code": "C202210802"}, description="再一句话")

    outcome = next(one for one in load_seeds(loaded) if "achievements" in one.file)
    assert outcome.left == {one.code: "changed by users", other.code: "removed by users"}
    assert outcome.changed == 1
    changed = AchievementVersion.objects.filter(achievement__code="C202210802").in_order()
    assert [(v.version, v.description) for v in changed.order_by("version")] == [
        (1, changed.get(version=1).description),
        (2, "再一句话"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "column", "said_of_it"),
    [
        ({"kind": "rumour"}, "kind", "honour"),
        ({"level": "world"}, "level", "national"),
        ({"title": ""}, "title", ""),
        ({"title": "优" * 201}, "title", "200"),
        ({"title": "优秀\n案例"}, "title", "U+000A"),
        ({"number": "〔2021〕\u202e3号"}, "number", "U+202E"),
        ({"jurisdiction": "999999"}, "jurisdiction", "999999"),
        ({"duty_area": "sports"}, "duty_area", "sports"),
        ({"evaluation_year": "二〇二二"}, "evaluation_year", ""),
        ({"issued_on": "去年"}, "issued_on", ""),
        ({"report_end": "1"}, "report_end", ""),
        ({"report_start": "645"}, "report_end", ""),
    ],
)
def test_a_wrong_cell_is_told_with_line_and_column(folder, cells, column, said_of_it):
    edit(folder, FILE, FIRST, **cells)
    with pytest.raises(SeedFault) as fault:
        load_seeds(folder)
    message = str(fault.value)
    assert FILE in message
    assert column in message
    assert said_of_it in message
    assert not Achievement.objects.exists()
