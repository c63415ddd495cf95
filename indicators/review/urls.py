from django.urls import path

from indicators.review import views, years

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("years/<str:code>/<year:year>/", years.year, name="year"),
    path("<year:year>/<str:code>/", views.submission, name="submission"),
    path("<year:year>/<str:code>/ask/", views.ask, name="ask"),
]
