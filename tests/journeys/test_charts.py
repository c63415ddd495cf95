"""Large pictures: what is written on them is whole and apart, with many units, few, an outlier, a
long name and a changed definition, on a wide screen and a narrow one; and they are printed light.
"""

import struct

import pytest

from indicators.models import Definition, Jurisdiction
from indicators.recording import Entry, save_values
from indicators.recording.catalogue import save_definition
from tests.cast import make_unit
from tests.journeys.looking import faults_in_every_window
from tests.journeys.sheet import indicator, unit

pytestmark = [pytest.mark.page, pytest.mark.thorough]

PAGE = "/indicators/preschool_public_share/?year=2021"
CANVAS = "canvas[data-chart]"
LONG = "西部陆海新通道先行示范区高新技术产业开发区暨临空经济试验片区"
# Keeps where words stand on each canvas since it was last wiped.
WRITTEN = """() => {
    const proto = CanvasRenderingContext2D.prototype;
    const { fillText, clearRect } = proto;
    proto.clearRect = function () {
        this.canvas.written = [];
        return clearRect.apply(this, arguments);
    };
    proto.fillText = function (text, x, y) {
        const box = this.measureText(text), moved = this.getTransform();
        const [across, down] = [x + moved.e, y + moved.f];
        (this.canvas.written ??= []).push({
            text,
            left: across - box.actualBoundingBoxLeft, right: across + box.actualBoundingBoxRight,
            top: down - box.actualBoundingBoxAscent, bottom: down + box.actualBoundingBoxDescent,
        });
        return fillText.apply(this, arguments);
    };
}"""
# Words that the edge of the picture cuts.
CUT = """() => [...document.querySelectorAll("canvas[data-chart]")].flatMap((canvas) =>
    canvas.written.filter(({ left, right, top, bottom }) => left < -0.5 || top < -0.5
        || right > canvas.clientWidth + 0.5 || bottom > canvas.clientHeight + 0.5))"""
# Words that stand in each other.
OVERLAID = """() => [...document.querySelectorAll("canvas[data-chart]")].flatMap(({ written }) =>
    written.flatMap((one, at) => written.slice(at + 1).filter((other) =>
        one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1
    ).map((other) => [one.text, other.text])))"""
WORDS = (
    """(name) => document.querySelector(`[data-chart=${name}]`).written.map(({ text }) => text)"""
)
BOXES = """() => {
    const chart = Chart.getChart(document.querySelector("[data-chart=inequality-data]"));
    return chart.getDatasetMeta(0).data.map((box) => {
        const { width, q1, q3, outliers } = box.getProps(["width", "q1", "q3", "outliers"], true);
        return { wide: width > 4, high: q1 > q3, points: outliers.length };
    });
}"""
# Whether the line is drawn, a third of the way from each year to the next.
DRAWN = """() => {
    const chart = Chart.getChart(document.querySelector("[data-chart=trend-data]"));
    const ratio = chart.currentDevicePixelRatio, points = chart.getDatasetMeta(0).data;
    return points.slice(1).map((to, at) => {
        const x = (2 * points[at].x + to.x) / 3, y = (2 * points[at].y + to.y) / 3;
        const [red, , blue, alpha] = chart.ctx.getImageData(x * ratio, y * ratio, 1, 1).data;
        return alpha > 200 && blue > red + 40;
    });
}"""
# Whether the line is of a colour that paper swallows.
PALE = """() => {
    const chart = Chart.getChart(document.querySelector("[data-chart=trend-data]"));
    const ratio = chart.currentDevicePixelRatio, { x, y } = chart.getDatasetMeta(0).data[0];
    return chart.ctx.getImageData(x * ratio, y * ratio, 1, 1).data[0] > 100;
}"""
ON_PAPER = f"""() => addEventListener("beforeprint", () => {{
    window.printed = {{
        pale: ({PALE})(),
        theme: document.documentElement.dataset.theme,
        moving: Object.values(Chart.instances).some((one) => one.options.animation),
    }};
}})"""
# Where what is drawn for a year or a unit stands in the window.
PLACE = """([name, at]) => {
    const canvas = document.querySelector(`[data-chart=${name}]`), chart = Chart.getChart(canvas);
    canvas.scrollIntoView({ block: "center" });
    const drawn = chart.data.datasets.findIndex(({ data }) => data[at] !== null);
    const { x, y } = chart.getDatasetMeta(drawn).data[at].getCenterPoint();
    const { left, top } = canvas.getBoundingClientRect();
    return [left + x, top + y];
}"""
# Keeps what moves by itself, with its time (https://web.dev/articles/cls).
MOVING = """() => {
    window.moves = [];
    new PerformanceObserver((list) => moves.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
}"""
# Whether what draws is asked for after the page stands, and what has moved since it is there.
DRAWING = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [first] = performance.getEntriesByType("resource")
        .filter(({ name }) => /chart.umd/.test(name));
    const since = moves.filter(({ startTime }) => startTime > first.responseEnd);
    return [first.startTime > page.domInteractive, since.map(({ value }) => value)];
}"""


def tell(units, *years, outlier=None):
    """Shares of children in public places; one unit far beyond all others."""
    total, public = indicator("preschool_total"), indicator("preschool_public")
    entries = []
    for year in years:
        for at, one in enumerate(units):
            share = outlier if outlier and at == len(units) - 1 else 45 + at * 17 % 20 + year - 2021
            entries.append(Entry(total, one, year, version=0, text="1000"))
            entries.append(Entry(public, one, year, version=0, text=str(10 * share)))
    save_values(entries, actor=None, reason="", origin="entered")


def districts():
    return list(Jurisdiction.objects.valid_in(2021).filter(parent=unit("500000")).order_by("code"))


@pytest.fixture
def look(visitor, sign_in):
    def act(**options):
        page = sign_in(visitor(**options), "supervisor")
        page.add_init_script(f"({WRITTEN})()")
        page.goto(PAGE)
        page.wait_for_function(f"() => window.Chart || !document.querySelector('{CANVAS}')")
        for canvas in page.locator(CANVAS).all():  # drawn where it comes near
            canvas.scroll_into_view_if_needed()
            page.wait_for_timeout(400)
        return page

    return act


@pytest.fixture
def boxes(whole_city, look):
    def act(**options):
        page = look(**options)
        assert (page.evaluate(CUT), page.evaluate(OVERLAID)) == ([], [])
        return page, page.evaluate(BOXES)

    return act


def point_at(page, name, at):
    page.mouse.move(*page.evaluate(PLACE, [name, at]))
    page.wait_for_timeout(400)


WINDOWS = [{"width": 1440}, {"width": 390, "color_scheme": "dark"}]


@pytest.mark.parametrize("window", WINDOWS)
def test_of_forty_one_units_a_box_a_year_is_drawn(boxes, whole_city, window):
    tell(districts(), 2019, 2020, 2021)
    page, found = boxes(**window)

    assert found == [{"wide": True, "high": True, "points": 0}] * 3
    assert page.evaluate(WORDS, "inequality-data")[:3] == ["2019", "2020", "2021"]
    assert "- - 目标 ≥ 50%" in page.evaluate(WORDS, "inequality-data")
    assert faults_in_every_window(page) == []


@pytest.mark.parametrize("window", WINDOWS)
def test_an_outlier_is_a_point_and_named_where_one_points_at_it(boxes, whole_city, window):
    tell(districts(), 2021, outlier=99)
    page, found = boxes(**window)
    assert found == [{"wide": True, "high": True, "points": 1}]

    point_at(page, "inequality-data", 0)
    said = page.evaluate(WORDS, "inequality-data")
    assert {"最高 99.00%", "下四分位 50.00%", f"离群：{districts()[-1]} 99.00%"} <= set(said)
    assert not {one for one in said if "median" in one or "quantile" in one}


@pytest.mark.parametrize("window", WINDOWS)
def test_a_name_of_thirty_signs_is_not_cut_by_the_edge(boxes, whole_city, window):
    assert len(LONG) == 30
    long = make_unit("500999", LONG, parent=unit("500000"))
    tell([*districts()[:12], long], 2021, outlier=99)
    page, found = boxes(**window)
    assert found == [{"wide": True, "high": True, "points": 1}]
    assert any("西部陆海" in one for one in page.evaluate(WORDS, "across-data"))

    for name in ("inequality-data", "across-data"):
        point_at(page, name, 0)
        assert LONG in "".join(page.evaluate(WORDS, name))
    assert page.evaluate(CUT) == []


def test_one_unit_makes_no_box(whole_city, look):
    tell(districts()[:1], 2020, 2021)
    page = look()

    assert page.locator("#unequal").count() == 0
    assert page.locator("script[src*=boxplot]").count() == 0
    assert (page.evaluate(CUT), page.evaluate(OVERLAID)) == ([], [])


def test_without_a_figure_the_page_says_so(whole_city, look):
    page = look()

    assert page.locator("canvas").count() == 0
    assert faults_in_every_window(page) == []


@pytest.mark.parametrize("window", WINDOWS)
def test_a_changed_definition_is_told_and_the_line_does_not_cross_it(boxes, whole_city, window):
    tell(districts(), 2019, 2020, 2021)
    save_definition(
        Definition(indicator=indicator("preschool_total"), valid_from=2021, meaning_zh="新口径"),
        actor=None,
    )
    page, found = boxes(**window)

    assert found == [{"wide": True, "high": True, "points": 0}]
    assert "2021 年口径变动" in page.evaluate(WORDS, "inequality-data")
    assert "口径变动" in page.evaluate(WORDS, "trend-data")
    assert page.evaluate(DRAWN) == [True, False]


def test_printed_from_a_dark_screen_pictures_are_dark_on_light(boxes, whole_city):
    tell(districts(), 2020, 2021)
    page, _found = boxes(color_scheme="dark")
    assert page.evaluate(PALE)
    page.evaluate(ON_PAPER)

    page.pdf(prefer_css_page_size=True)

    assert page.evaluate("printed") == {"pale": False, "theme": "light", "moving": False}
    assert page.evaluate("document.documentElement.dataset.theme") == "auto"
    assert page.evaluate(PALE), "the screen is as it was"


@pytest.mark.parametrize("address", [PAGE, "/overview/?year=2021"])
@pytest.mark.parametrize("window", WINDOWS)
def test_the_page_stands_before_its_pictures_and_they_move_nothing(
    visitor, sign_in, whole_city, address, window
):
    tell(districts(), 2019, 2020, 2021)
    page = sign_in(visitor(**window), "supervisor")
    page.add_init_script(f"({MOVING})()")
    page.goto(address)
    page.wait_for_function("() => window.Chart && Object.keys(Chart.instances).length")
    page.wait_for_timeout(400)

    assert page.evaluate(DRAWING) == [True, []]


def test_who_wants_no_motion_gets_none(look, whole_city):
    tell(districts(), 2020, 2021)
    moving = "() => Object.values(Chart.instances).map((one) => Boolean(one.options.animation))"

    assert set(look().evaluate(moving)) == {True}
    assert set(look(reduced_motion="reduce").evaluate(moving)) == {False}


def test_the_boxes_are_saved_as_a_picture(boxes, whole_city):
    tell(districts(), 2020, 2021)
    page, _found = boxes()
    with page.expect_download() as download:
        page.locator("section[aria-labelledby=unequal]").get_by_text("保存图片").click()
    image = download.value.path().read_bytes()

    assert image.startswith(b"\x89PNG")
    width, height = struct.unpack(">2I", image[16:24])
    assert width > 900
    assert height > 340  # the chart, its head and its foot
