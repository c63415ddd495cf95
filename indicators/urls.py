"""Addresses: this module only gathers the rooms' own."""

from django.urls import include, path

urlpatterns = [
    path("", include("indicators.accounts.urls")),
    path("overview/", include("indicators.dashboards.urls")),
    path("entry/", include("indicators.entry.urls")),
    path("export/", include("indicators.exchange.urls")),
]
