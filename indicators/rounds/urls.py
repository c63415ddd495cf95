from django.urls import path

from indicators.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.start, name="start"),
    path("new/", views.plan, name="new"),
    path("<int:year>/", views.progress, name="progress"),
    path("<int:year>/plan/", views.plan, name="plan"),
    path("<int:year>/progress.csv", views.progress_csv, name="progress_csv"),
    path("<int:year>/open/", views.turn, {"way": "open"}, name="open"),
    path("<int:year>/close/", views.turn, {"way": "close"}, name="close"),
]
