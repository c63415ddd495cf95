from django.urls import path

from indicators.achievements import views

app_name = "achievements"
urlpatterns = [
    path("", views.achievements, name="achievements"),
    path("table.csv", views.achievements_file, {"kind": "csv"}, name="csv"),
    path("table.xlsx", views.achievements_file, {"kind": "xlsx"}, name="xlsx"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.achievement, name="achievement"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
