from django.urls import path

from indicators.dashboards.unchanged import unless_unchanged
from indicators.dashboards.views import (
    brief,
    catalogue,
    custom_table,
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
    path("overview/", unless_unchanged(overview.overview), name="overview"),
    path("overview/table.csv", overview.overview_file, {"kind": "csv"}, name="overview_csv"),
    path("overview/table.xlsx", overview.overview_file, {"kind": "xlsx"}, name="overview_xlsx"),
    path("brief/", unless_unchanged(brief.brief), name="brief"),
    path("brief/paper.pdf", brief.brief_paper, name="brief_paper"),
    path("outlook/", unless_unchanged(outlook.outlook), name="outlook"),
    path("compare/", unless_unchanged(pairs.compare), name="compare"),
    path("changes/", unless_unchanged(pairs.changes), name="changes"),
    path("days/", unless_unchanged(pairs.days), name="days"),
    path("custom-table/", unless_unchanged(custom_table.custom_table), name="custom_table"),
    path("heat-map/", unless_unchanged(heat_map.heat_map), name="heat_map"),
    path("only-increase/", unless_unchanged(only_increase.only_increase), name="only_increase"),
    path("profile/", unless_unchanged(profile.profile), name="profile"),
    path("reliability/", unless_unchanged(reliability.reliability), name="reliability"),
    path("units/", unless_unchanged(units.units), name="units"),
    path("doubts/", unless_unchanged(doubts.doubts), name="doubts"),
    path("indicators/", unless_unchanged(catalogue.indicators), name="indicators"),
    path("indicators/<slug:code>/", unless_unchanged(indicator.indicator), name="indicator"),
    path(
        "figures/<slug:code>/<str:unit>/<year:year>/",
        unless_unchanged(figure.figure),
        name="figure",
    ),
]
