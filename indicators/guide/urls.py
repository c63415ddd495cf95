from django.urls import path
from django.views.generic import TemplateView

app_name = "guide"
urlpatterns = [
    path("", TemplateView.as_view(template_name="guide/start.html"), name="start"),
    path("terms/", TemplateView.as_view(template_name="guide/terms.html"), name="terms"),
]
