"""Addresses: this module only gathers the rooms' own, and says what a year in them looks like."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter


class YearConverter(IntConverter):
    """Four digits: no database is asked for a year that it could not hold."""

    regex = "[1-9][0-9]{3}"


register_converter(YearConverter, "year")

urlpatterns = [
    path("", include("indicators.home.urls")),
    path("", include("indicators.accounts.urls")),
    path("", include("indicators.dashboards.urls")),
    path("entry/", include("indicators.entry.urls")),
    path("rounds/", include("indicators.rounds.urls")),
    path("review/", include("indicators.review.urls")),
    path("problems/", include("indicators.problems.urls")),
    path("achievements/", include("indicators.achievements.urls")),
    path("messages/", include("indicators.notices.urls")),
    path("guide/", include("indicators.guide.urls")),
    path("catalogue/", include("indicators.catalogue.urls")),
    path("confirmations/", include("indicators.confirmations.urls")),
    path("reports/", include("indicators.reports.urls")),
    path("imports/", include("indicators.imports.urls")),
    path("api/", include("indicators.api.urls")),
    path("number-check/", include("indicators.number_check.urls")),
    path("export/", include("indicators.exchange.urls")),
]
