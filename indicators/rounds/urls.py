from django.urls import path

from indicators.rounds import turning, views

app_name = "rounds"
urlpatterns = [
    path("", views.start, name="start"),
    path("new/", views.plan, name="new"),
    path("<int:year>/", views.progress, name="progress"),
    path("<int:year>/plan/", views.plan, name="plan"),
    path("<int:year>/progress.csv", views.progress_csv, name="progress_csv"),
    path("<int:year>/open/", turning.open_it, name="open"),
    path("<int:year>/close/", turning.turn, {"way": "close"}, name="close"),
    path("<int:year>/reopen/", turning.turn, {"way": "reopen"}, name="reopen"),
    path("<int:year>/withdraw/", turning.turn, {"way": "withdraw"}, name="withdraw"),
    path("<int:year>/delete/", turning.turn, {"way": "delete"}, name="delete"),
]
