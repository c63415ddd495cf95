from django.urls import path
from django.views.generic import TemplateView

from indicators.collection import TABLE

app_name = "guide"
urlpatterns = [
    path("", TemplateView.as_view(template_name="guide/start.html"), name="start"),
    path("terms/", TemplateView.as_view(template_name="guide/terms.html"), name="terms"),
    path(
        "states/",
        TemplateView.as_view(template_name="guide/states.html", extra_context={"table": TABLE}),
        name="states",
    ),
]
