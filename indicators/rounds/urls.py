from django.urls import path

from indicators.rounds import turning, views

app_name = "rounds"
urlpatterns = [
    path("", views.start, name="start"),
    path("new/", views.plan, name="new"),
    path("<year:year>/", views.progress, name="progress"),
    path("<year:year>/plan/", views.plan, name="plan"),
    path("<year:year>/progress.csv", views.progress_file, {"kind": "csv"}, name="progress_csv"),
    path("<year:year>/progress.xlsx", views.progress_file, {"kind": "xlsx"}, name="progress_xlsx"),
    path("<year:year>/open/", turning.open_it, name="open"),
    path("<year:year>/close/", turning.turn, {"way": "close"}, name="close"),
    path("<year:year>/reopen/", turning.turn, {"way": "reopen"}, name="reopen"),
    path("<year:year>/withdraw/", turning.turn, {"way": "withdraw"}, name="withdraw"),
    path("<year:year>/delete/", turning.turn, {"way": "delete"}, name="delete"),
]
