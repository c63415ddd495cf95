from django.urls import path

from indicators.reports.views import check, edition, paragraph, report

app_name = "reports"
urlpatterns = [
    path("", report.start, name="start"),
    path("<int:pk>/", report.report, name="report"),
    path("<int:pk>/act/", report.act, name="act"),
    path("<int:pk>/add/", paragraph.add, name="add"),
    path("<int:pk>/numbers/", check.check, name="check"),
    path("paragraphs/<int:pk>/", paragraph.paragraph, name="paragraph"),
    path("paragraphs/<int:pk>/bind/", check.bind, name="bind"),
    path("paragraphs/<int:pk>/remove/", paragraph.remove, name="remove"),
    path("paragraphs/<int:pk>/comment/", paragraph.comment, name="comment"),
    path("editions/<int:pk>/", edition.edition, name="edition"),
    path("editions/<int:pk>/report.docx", edition.output, {"kind": "docx"}, name="docx"),
    path("editions/<int:pk>/report.pdf", edition.output, {"kind": "pdf"}, name="pdf"),
    path("editions/<int:pk>/report.html", edition.output, {"kind": "html"}, name="html"),
    path("editions/<int:pk>/report.txt", edition.output, {"kind": "txt"}, name="txt"),
    path("editions/<int:pk>/returned/", edition.returned, name="returned"),
]
