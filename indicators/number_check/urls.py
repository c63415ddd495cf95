from django.urls import path

from indicators.number_check import views

app_name = "number_check"
urlpatterns = [path("", views.check, name="check")]
