from django.urls import path

from indicators.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("template.xlsx", views.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/place/", views.place, name="place"),
    path("<int:pk>/mapping/", views.mapping, name="mapping"),
    path("<int:pk>/choose/", views.choose, name="choose"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
