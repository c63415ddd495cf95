"""From an empty report to a frozen edition, in a browser, on the city's real figures."""

from indicators.models import Edition, Report
from tests.cast import make_user
from tests.journeys.looking import faults_in_every_window, follow
from tests.journeys.sheet import unit

TEXT = "全市一般公共预算教育经费"


def test_a_report_is_drafted_written_approved_and_frozen(visitor, sign_in, whole_city):
    make_user("city_lead", "lead", unit("500000"), full_name="陆长河")
    page = sign_in(visitor(), "city_officer")
    page.goto("/reports/")
    assert faults_in_every_window(page) == []
    page.fill("#id_year", "2022")
    follow(page, page.get_by_role("button", name="生成初稿"))
    assert page.get_by_text("一般公共预算教育经费805亿元").is_visible()
    assert faults_in_every_window(page) == []

    follow(page, page.get_by_role("link", name="在此新增段落").last)
    page.fill("#id_text", f"（补充）{TEXT}")
    page.get_by_text("引用数据", exact=True).click()
    page.select_option("#id_bind-indicator", "general_public_budget_education_expenditure")
    page.fill("#id_bind-year", "2021")
    follow(page, page.get_by_role("button", name="插入标记"))
    assert faults_in_every_window(page) == []
    typed = page.input_value("#id_text")
    assert typed.startswith(f"（补充）{TEXT}{{F")
    page.fill("#id_text", f"{typed}。")
    follow(page, page.get_by_role("button", name="保存"))
    assert page.get_by_text(f"（补充）{TEXT}805亿元。").is_visible()

    lead = sign_in(visitor(), "city_lead")
    lead.goto(Report.objects.get().get_absolute_url())
    follow(lead, lead.get_by_role("button", name="送审"))
    supervisor = sign_in(visitor(), "supervisor")
    supervisor.goto(Report.objects.get().get_absolute_url())
    follow(supervisor, supervisor.get_by_role("link", name="版本与批注").last)
    supervisor.get_by_label("批注内容").fill("口径与决算一致")
    follow(supervisor, supervisor.get_by_role("button", name="提交批注"))
    assert faults_in_every_window(supervisor) == []
    supervisor.goto(Report.objects.get().get_absolute_url())
    follow(supervisor, supervisor.get_by_role("button", name="审定"))
    follow(supervisor, supervisor.get_by_role("button", name="定稿"))

    edition = Edition.objects.get()
    assert supervisor.get_by_text(edition.digest).first.is_visible()
    assert supervisor.get_by_text("均与现行审核通过的数据一致").is_visible()
    assert faults_in_every_window(supervisor) == []
