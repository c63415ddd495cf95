"""Charts as annexes have them, made with few words."""

from decimal import Decimal

from indicators.documents.chart import Chart, Goal, Point

LONG = "义务教育学校专任教师中具有本科及以上学历的人数所占百分比情况"  # 30 characters


def chart(numbers, *, title="图1　指标", breaks=(), goal=None, caption="山城；单位：%"):
    """`numbers` are decimals as text by year; `goal` those of a target."""
    points = tuple(
        Point(year, Decimal(number), number, year in breaks) for year, number in numbers.items()
    )
    target = Goal(tuple(map(Decimal, goal)), "目标≥ 90%") if goal else None
    return Chart(title, caption, f"{title}。折线图。", points, target)


RISING = chart({2019: "88.6", 2020: "90.4", 2021: "92.2"}, goal=["90"])
BROKEN = chart(
    {2015: "80.0", 2017: "81.2", 2018: "87.4", 2021: "84.4"},
    title=f"图2　{LONG}",
    breaks=[2018],
    goal=["80", "95"],
)
ONE = chart({2021: "4"}, title="图3　规模")
OUTLIER = chart(
    {2016: "36215", 2017: "36300", 2018: "99999999999999.9999", 2019: "36400"}, title="图4　人数"
)
NONE = chart({2019: "0", 2020: "0", 2021: "0"}, title="图5　事故")
BELOW = chart({2019: "-3.21", 2020: "-1", 2021: "2.5"}, title="图6　增长")
CHARTS = (RISING, BROKEN, ONE, OUTLIER, NONE, BELOW)
