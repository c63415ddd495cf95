"""Forty figures of one sheet: what is right in the end, and where it is looked for."""

from indicators.figures.history import versions_of
from indicators.models import Indicator, Jurisdiction, User, YearlyValue
from tests.cast import YEAR, enter

CODES = [f"count_{number:02}" for number in range(1, 41)]
# What is right in the end. No number is like another, so that none can change places unseen.
FIGURES = {code: 1000 + 7 * number for number, code in enumerate(CODES, start=1)}
# What a colleague saved meanwhile, as a version in the history.
THEIRS = (1, "5555 人", "", "罗敏", "先行补报")
SHEET = f"/entry/500101/{YEAR}/funding/"


def saved_meanwhile(code, colleague):
    """Somebody else of the office saves another figure than the right one."""
    unit = Jurisdiction.objects.get(code="500101")
    enter(Indicator.objects.get(code=code), unit, "5555", actor=colleague, reason="先行补报")


def stored(**wanted):
    """The number of each figure of the year, by code."""
    values = YearlyValue.objects.filter(
        jurisdiction__code="500101", year=YEAR, number__isnull=False, **wanted
    )
    return {value.indicator.code: value.number for value in values.select_related("indicator")}


def versions(code):
    """Every version of the figure, the latest first: its number, what it says, by whom and why."""
    value = YearlyValue.objects.get(indicator__code=code, jurisdiction__code="500101", year=YEAR)
    place = {"indicator": value.indicator_id, "jurisdiction": value.jurisdiction_id, "year": YEAR}
    officer = User.objects.get(username="officer")
    found = versions_of(officer, **place)
    return [(v.number, plain(v.figure), v.note, v.made_by, v.why) for v in found]


def told(code, version=1, note=""):
    """The right figure, as a version of the officer's."""
    return (version, f"{FIGURES[code]} 人", note, "沈小平", "")


def history(page):
    """The same, as the table on the figure's page has it."""
    rows = page.locator("[aria-labelledby=versions] tbody tr")
    rows.first.wait_for()
    found = []
    for line in rows.all():
        version, figure, typed, _when, who, why, _stands = line.locator("td").all_inner_texts()
        note = "".join(typed.splitlines()[1:])
        found.append((int(version), plain(figure), note, who, "" if why == "—" else why))
    return found


def plain(text):
    return text.replace("\u2009", "")
