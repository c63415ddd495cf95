"""A number is typed into a report, checked, and bound with one click, in a browser."""

from indicators.models import Paragraph
from tests.cast import make_user
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import unit

TEXT = (
    "2021年，全市一般公共预算教育经费805亿元，较2020年增长6.1%。"
    "全国职业院校技能大赛我市总成绩和金牌数位居全国第四。共有26.16万名高校毕业生落实了就业去向。"
)


def test_numbers_are_bound_where_they_stand(visitor, sign_in, whole_city):
    make_user("city_lead", "lead", unit("500000"), full_name="陆长河")
    page = sign_in(visitor(), "city_officer")
    page.goto("/reports/")
    page.fill("#id_year", "2022")
    follow(page, page.get_by_role("button", name="生成初稿"))
    follow(page, page.get_by_role("link", name="在此新增段落").first)
    page.fill("#id_text", TEXT)
    follow(page, page.get_by_role("button", name="保存"))
    added = Paragraph.objects.latest("pk")

    follow(page, page.get_by_role("link", name="核对数字"))
    panel = page.locator(f"#paragraph_{added.pk}")
    assert faults_in_every_window(page) == []
    assert panel.get_by_role("button", name="全部绑定（3 处）").is_visible()

    colleague = sign_in(visitor(), "city_lead")
    colleague.goto(page.url)

    follow(page, panel.get_by_role("button", name="绑定 805亿元"))
    assert page.get_by_text("已绑定：“805亿元”为重庆市 2021 年").is_visible()
    assert "#n" in page.url
    assert panel.locator("tr", has_text="805亿元").get_by_text("已绑定").is_visible()

    behind = colleague.locator(f"#paragraph_{added.pk}")
    follow(colleague, behind.get_by_role("button", name="全部绑定（3 处）"))
    assert colleague.get_by_text("程文刚刚修改了这一段").is_visible()
    assert faults_in_every_window(colleague) == []
    follow(colleague, behind.get_by_role("button", name="全部绑定（2 处）"))
    assert colleague.get_by_text("已绑定 2 处数字").is_visible()

    page.reload()
    follow(page, panel.get_by_role("button", name="总成绩位次"))
    assert panel.get_by_role("button").count() == 0
    assert faults_in_every_window(page) == []

    follow(page, page.get_by_role("link", name="履行教育职责情况自查自评报告"))
    paragraph = page.locator(f"#paragraph_{added.pk}")
    assert paragraph.locator("p").first.inner_text() == TEXT
    assert paragraph.locator("data").all_inner_texts() == [
        "805亿元",
        "增长6.1%",
        "第四",
        "26.16万名",
    ]
