from django.urls import path

from indicators.entry import submitting, views

app_name = "entry"
urlpatterns = [
    path("", views.start, name="start"),
    path("check/<str:code>/<int:year>/<slug:area>/", views.check, name="check"),
    path("unit/<str:code>/<int:year>/<slug:area>/", views.choose_unit, name="unit"),
    path("<str:code>/<int:year>/", submitting.submission, name="submission"),
    path("<str:code>/<int:year>/sign-off/", submitting.sign_off, name="sign_off"),
    path("<str:code>/<int:year>/explain/", submitting.explain_finding, name="explain"),
    path("<str:code>/<int:year>/answer-question/", submitting.answer_question, name="answer"),
    path("<str:code>/<int:year>/<slug:area>/", views.sheet, name="sheet"),
    path("<str:code>/<int:year>/<slug:area>/<slug:indicator>/", views.row, name="row"),
]
