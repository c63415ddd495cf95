"""Addresses: this module only gathers the rooms' own."""

from django.urls import include, path

urlpatterns = [
    path("", include("indicators.home.urls")),
    path("", include("indicators.accounts.urls")),
    path("", include("indicators.dashboards.urls")),
    path("entry/", include("indicators.entry.urls")),
    path("rounds/", include("indicators.rounds.urls")),
    path("review/", include("indicators.review.urls")),
    path("messages/", include("indicators.notices.urls")),
    path("guide/", include("indicators.guide.urls")),
    path("catalogue/", include("indicators.catalogue.urls")),
    path("export/", include("indicators.exchange.urls")),
]
