from django.urls import path

from indicators.confirmations import views

app_name = "confirmations"
urlpatterns = [
    path("", views.look_up, name="look_up"),
    path("<str:code>/<year:year>/", views.paper, name="paper"),
]
