from django.urls import path

from indicators.problems import measure_views, raising, views

app_name = "problems"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("table.csv", views.ledger_file, {"kind": "csv"}, name="ledger_csv"),
    path("table.xlsx", views.ledger_file, {"kind": "xlsx"}, name="ledger_xlsx"),
    path("new/", raising.new, name="new"),
    path("<int:pk>/", views.problem, name="problem"),
    path("<int:pk>/edit/", raising.edit, name="edit"),
    path("<int:pk>/documents/", views.document, name="document"),
    path("<int:pk>/measures/new/", measure_views.add, name="add_measure"),
    path("<int:pk>/measures/<int:number>/", measure_views.measure, name="measure"),
    path("<int:pk>/measures/<int:number>/edit/", measure_views.edit, name="edit_measure"),
    path("<int:pk>/measures/<int:number>/tasks/", measure_views.tasks, name="pass_down"),
    path("<int:pk>/measures/<int:number>/documents/", views.document, name="document_of_measure"),
]
