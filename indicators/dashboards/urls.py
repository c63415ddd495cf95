from django.urls import path

from indicators.dashboards.views import figure, indicator, overview, units

app_name = "dashboards"
urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/table.csv", overview.overview_csv, name="overview_csv"),
    path("units/", units.units, name="units"),
    path("indicators/<slug:code>/", indicator.indicator, name="indicator"),
    path("figures/<slug:code>/<str:unit>/<int:year>/", figure.figure, name="figure"),
]
