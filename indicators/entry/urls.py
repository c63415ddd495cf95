from django.urls import path

from indicators.entry import submitting, views

app_name = "entry"
urlpatterns = [
    path("", views.start, name="start"),
    path("check/<str:code>/<year:year>/<slug:area>/", views.check, name="check"),
    path("unit/<str:code>/<year:year>/<slug:area>/", views.choose_unit, name="unit"),
    path("<str:code>/<year:year>/", submitting.submission, name="submission"),
    path("<str:code>/<year:year>/sign-off/", submitting.sign_off, name="sign_off"),
    path("<str:code>/<year:year>/explain/", submitting.explain_finding, name="explain"),
    path("<str:code>/<year:year>/answer-question/", submitting.answer_question, name="answer"),
    path("<str:code>/<year:year>/<slug:area>/", views.sheet, name="sheet"),
    path("<str:code>/<year:year>/<slug:area>/<slug:indicator>/", views.row, name="row"),
]
