from django.urls import path

from indicators.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:year>/<str:code>/", views.submission, name="submission"),
    path("<int:year>/<str:code>/ask/", views.ask, name="ask"),
]
