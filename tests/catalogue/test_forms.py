"""What the page of a new indicator tells the editor, before and after."""

from django.contrib.messages import get_messages
from django.urls import reverse

from indicators.models import Indicator

NEW = reverse("admin:indicators_indicator_add")


def test_it_says_that_a_total_must_be_chosen(client, editor):
    client.force_login(editor)

    assert "没有合计数" in client.get(NEW).context["adminform"].form["aggregation"].help_text


def test_it_leads_to_the_first_definition(client, editor, children):
    client.force_login(editor)
    given = {
        "code": "books",
        "name_zh": "图书<册>",
        "duty_area": children.duty_area_id,
        "quantity_kind": "count",
        "unit": "volumes",
        "display_unit": "volumes",
        "aggregation": "sum",
        "reporting_level": "units",
        "direction": "none",
        "stage": "all",
        "period_kind": "school_year",
        "decimals": "0",
        "lag": "0",
        "position": "1",
    }
    answer = client.post(NEW, given)

    made = Indicator.objects.get(code="books")
    page = f"{reverse('admin:indicators_definition_add')}?indicator={made.pk}"
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert f'<a href="{page}">请为“图书&lt;册&gt;”新建口径</a>' in said
    assert client.get(page).context["adminform"].form["indicator"].value() == str(made.pk)


def test_the_form_of_an_indicator_speaks_the_words_of_the_guide(client, editor):
    client.force_login(editor)
    page = client.get(NEW).text
    assert "<h1>增加指标</h1>" in page
    assert "计量单位:</label>" in page
    guide = client.get("/guide/").text
    for said in ("计量单位", "数值类型", "汇总方式", "填报层级"):
        assert said in page
        assert said in guide
    formula = client.get("/admin/indicators/definition/add/").text
    assert "用指标编码书写，如 preschool_public / preschool_total * 100" in formula
