from django.urls import path

from indicators.exchange import kept_views, summary_views, views

app_name = "exchange"
urlpatterns = [
    path("", views.export, name="export"),
    path("figures.csv", views.figures_file, {"kind": "csv"}, name="figures"),
    path("figures.xlsx", views.figures_file, {"kind": "xlsx"}, name="figures_xlsx"),
    path("table.csv", views.page_table, {"kind": "csv"}, name="table_csv"),
    path("table.xlsx", views.page_table, {"kind": "xlsx"}, name="table_xlsx"),
    path("package.zip", views.package, name="package"),
    path("kept/", kept_views.kept, name="kept"),
    path("summary/", summary_views.summary, name="summary"),
    path("summary/table.xlsx", summary_views.summary_file, name="summary_xlsx"),
]
