from django.urls import path

from indicators.catalogue import unit_changes, views

app_name = "catalogue"
urlpatterns = [
    path("units/change/", unit_changes.change_units, name="change_units"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
]
