from django.urls import path

from indicators.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.export, name="export"),
    path("figures.csv", views.figures_csv, name="figures"),
]
