from django.urls import path

from indicators.dashboards.views import (
    brief,
    catalogue,
    doubts,
    figure,
    heat_map,
    indicator,
    only_increase,
    outlook,
    overview,
    pairs,
    profile,
    reliability,
    units,
)

app_name = "dashboards"
urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/table.csv", overview.overview_file, {"kind": "csv"}, name="overview_csv"),
    path("overview/table.xlsx", overview.overview_file, {"kind": "xlsx"}, name="overview_xlsx"),
    path("brief/", brief.brief, name="brief"),
    path("brief/paper.pdf", brief.brief_paper, name="brief_paper"),
    path("outlook/", outlook.outlook, name="outlook"),
    path("compare/", pairs.compare, name="compare"),
    path("changes/", pairs.changes, name="changes"),
    path("heat-map/", heat_map.heat_map, name="heat_map"),
    path("only-increase/", only_increase.only_increase, name="only_increase"),
    path("profile/", profile.profile, name="profile"),
    path("reliability/", reliability.reliability, name="reliability"),
    path("units/", units.units, name="units"),
    path("doubts/", doubts.doubts, name="doubts"),
    path("indicators/", catalogue.indicators, name="indicators"),
    path("indicators/<slug:code>/", indicator.indicator, name="indicator"),
    path("figures/<slug:code>/<str:unit>/<year:year>/", figure.figure, name="figure"),
]
