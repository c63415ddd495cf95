from django.urls import path

from indicators.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
]
