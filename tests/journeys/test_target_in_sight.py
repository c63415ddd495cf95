"""The target that bars are held against stands at its place on their scale."""

import pytest

from indicators.models import Indicator, Jurisdiction
from tests.cast import enter

pytestmark = pytest.mark.page

# Keeps what is written on a canvas, with its place and size.
WRITTEN = """() => {
    const write = CanvasRenderingContext2D.prototype.fillText;
    window.written = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
        window.written.push([text, x, y]);
        return write.apply(this, arguments);
    };
}"""
PLOT = "() => Object.values(Chart.instances)[0].chartArea"
FURTHEST = "() => Object.values(Chart.instances).map((one) => one.scales.x.max)"


def test_the_scale_reaches_to_a_target_that_no_unit_reaches(visitor, sign_in, whole_city):
    """Two districts have 40 and 44 of 100 children in public places, the target is 50 %. The
    scale ended at 45, without the line, and its label stood where the best bar all but reached."""
    for district, public in (("500103", "40"), ("500106", "44")):
        unit = Jurisdiction.objects.valid_in(2021).get(code=district)
        for code, text in (("preschool_total", "100"), ("preschool_public", public)):
            enter(Indicator.objects.get(code=code), unit, text, year=2021)
    page = sign_in(visitor(), "supervisor")
    page.add_init_script(f"({WRITTEN})()")
    page.goto("/indicators/preschool_public_share/?year=2021")
    page.wait_for_selector("canvas")

    assert max(page.evaluate(FURTHEST)) >= 50
    plot = page.evaluate(PLOT)
    (name,) = {(x, y) for text, x, y in page.evaluate("() => window.written") if "50%" in text}
    assert plot["left"] <= name[0] <= plot["right"]
    assert name[1] < plot["top"], "its name stands above the bars"
