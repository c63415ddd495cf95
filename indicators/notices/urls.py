from django.urls import path

from indicators.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.start, name="start"),
    path("seen/", views.seen, name="seen"),
    path("choose/", views.choose, name="choose"),
]
