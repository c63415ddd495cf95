from django.urls import path

from indicators.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("table.csv", views.overview_csv, name="overview_csv"),
]
