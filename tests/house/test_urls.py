"""Every address, asked by everybody: who gets a page, who is sent to sign in, who is refused.

A new address fails here until it is said who may ask for it.
"""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.cast import YEAR, enter

ROLES = (
    "anonymous",
    "officer",
    "other_officer",
    "lead",
    "city_officer",
    "supervisor",
    "editor",
    "auditor",
    "administrator",
)
PLACES = {
    "code": "500101",
    "unit": "500101",
    "year": str(YEAR),
    "area": "funding",
    "indicator": "children",
    "pk": "1",
    "number": "1",
    "uidb64": "MQ",
    "token": "token",
}
BY_CODE = {"indicators/<slug:code>/", "figures/<slug:code>/<str:unit>/<year:year>/"}
# `in` is sent to sign in. In the order of ROLES; a line says the first letters of each.
TABLE = """
GET                                                          ano off oth lea cit sup edi aud adm
favicon.ico                                                  302 302 302 302 302 302 302 302 302
healthz                                                      200 200 200 200 200 200 200 200 200
readyz                                                       200 200 200 200 200 200 200 200 200
i18n/setlang/                                                302 302 302 302 302 302 302 302 302
(home)                                                        in 200 200 200 200 200 200 200 200
first-start/                                                 404 404 404 404 404 404 404 404 404
start/                                                          200 200 200 200 200 200 200 200 200
accounts/table/                                                  in 403 403 403 403 403 403 403 200
accounts/<int:pk>/leaving/                                       in 403 403 403 403 403 403 403 200
login/                                                       200 200 200 200 200 200 200 200 200
logout/                                                      405 405 405 405 405 405 405 405 405
password/                                                     in 200 200 200 200 200 200 200 200
password/changed/                                             in 302 302 302 302 302 302 302 302
password/mail/                                               404 404 404 404 404 404 404 404 404
password/mail/sent/                                          404 404 404 404 404 404 404 404 404
password/mail/<str:uidb64>/<str:token>/                      404 404 404 404 404 404 404 404 404
tokens/                                                       in 200 200 200 200 200 200 200 200
tokens/<int:pk>/revoke/                                       in 405 405 405 405 405 405 405 405
theme/                                                       405 405 405 405 405 405 405 405 405
brief/                                                        in 200 200 200 200 200 200 200 403
brief/paper.pdf                                               in 200 200 200 200 200 200 200 403
outlook/                                                      in 200 200 200 200 200 200 200 403
changes/                                                      in 200 200 200 200 200 200 200 403
custom-table/                                                 in 200 200 200 200 200 200 200 403
days/                                                         in 200 200 200 200 200 200 200 403
compare/                                                      in 200 200 200 200 200 200 200 403
heat-map/                                                     in 200 200 200 200 200 200 200 403
indicators/                                                   in 200 200 200 200 200 200 200 403
only-increase/                                                in 200 200 200 200 200 200 200 403
overview/                                                     in 200 200 200 200 200 200 200 403
overview/table.csv                                            in 200 200 200 200 200 200 200 403
overview/table.xlsx                                           in 200 200 200 200 200 200 200 403
profile/                                                      in 200 200 200 200 200 200 200 403
reliability/                                                  in 200 200 200 200 200 200 200 403
units/                                                        in 200 200 200 200 200 200 200 403
doubts/                                                       in 200 200 200 200 200 200 200 403
indicators/<slug:code>/                                       in 200 200 200 200 200 200 200 404
figures/<slug:code>/<str:unit>/<year:year>/                   in 200 404 200 200 200 404 200 404
entry/                                                        in 302 302 302 302 403 403 403 403
entry/check/<str:code>/<year:year>/<slug:area>/               in 405 405 405 405 405 405 405 405
entry/unit/<str:code>/<year:year>/<slug:area>/                in 405 405 405 405 405 405 405 405
entry/<str:code>/<year:year>/                                 in 200 404 200 200 404 404 404 404
entry/<str:code>/<year:year>/sign-off/                        in 200 404 200 200 404 404 404 404
entry/<str:code>/<year:year>/explain/                         in 405 405 405 405 405 405 405 405
entry/<str:code>/<year:year>/answer-question/                 in 405 405 405 405 405 405 405 405
entry/<str:code>/<year:year>/<slug:area>/                     in 200 404 200 200 404 404 404 404
entry/<str:code>/<year:year>/<slug:area>/<slug:indicator>/    in 405 405 405 405 405 405 405 405
rounds/                                                       in 403 403 403 200 200 403 200 403
rounds/new/                                                   in 403 403 403 403 200 403 403 403
rounds/<year:year>/                                           in 200 200 200 200 200 404 200 404
rounds/<year:year>/plan/                                      in 403 403 403 403 200 403 403 403
rounds/<year:year>/progress.csv                               in 200 200 200 200 200 404 200 404
rounds/<year:year>/progress.xlsx                              in 200 200 200 200 200 404 200 404
rounds/<year:year>/open/                                      in 405 405 405 405 405 405 405 405
rounds/<year:year>/close/                                     in 404 404 404 404 200 404 404 404
rounds/<year:year>/reopen/                                    in 404 404 404 404 200 404 404 404
rounds/<year:year>/withdraw/                                  in 404 404 404 404 200 404 404 404
rounds/<year:year>/delete/                                    in 404 404 404 404 200 404 404 404
review/                                                       in 403 403 403 200 200 403 200 403
review/years/<str:code>/<year:year>/                          in 404 404 404 404 200 404 404 404
review/<year:year>/<str:code>/                                in 404 404 404 200 200 404 200 404
review/<year:year>/<str:code>/ask/                            in 405 405 405 405 405 405 405 405
achievements/                                                 in 200 200 200 200 200 200 200 403
achievements/table.csv                                        in 200 200 200 200 200 200 200 403
achievements/table.xlsx                                       in 200 200 200 200 200 200 200 403
achievements/new/                                             in 200 200 403 200 403 403 403 403
achievements/<int:pk>/                                        in 404 404 404 404 404 404 404 404
achievements/<int:pk>/edit/                                   in 404 404 404 404 404 404 404 404
achievements/<int:pk>/remove/                                 in 405 405 405 405 405 405 405 405
problems/                                                    in 200 200 200 200 200 200 200 403
problems/table.csv                                           in 200 200 200 200 200 200 200 403
problems/table.xlsx                                          in 200 200 200 200 200 200 200 403
problems/new/                                                in 403 403 403 403 200 403 403 403
problems/<int:pk>/                                           in 404 404 404 404 404 404 404 404
problems/<int:pk>/edit/                                      in 404 404 404 404 404 404 404 404
problems/<int:pk>/documents/                                 in 405 405 405 405 405 405 405 405
problems/<int:pk>/measures/new/                              in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/                     in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/edit/                in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/tasks/               in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/documents/           in 405 405 405 405 405 405 405 405
messages/                                                     in 200 200 200 200 200 200 200 200
messages/seen/                                                in 405 405 405 405 405 405 405 405
messages/choose/                                              in 405 405 405 405 405 405 405 405
guide/                                                       200 200 200 200 200 200 200 200 200
guide/terms/                                                 200 200 200 200 200 200 200 200 200
guide/states/                                                200 200 200 200 200 200 200 200 200
catalogue/units/change/                                       in 403 403 403 403 403 200 403 403
catalogue/proposals/                                          in 403 403 403 403 200 200 200 403
catalogue/proposals/<int:pk>/                                 in 403 403 403 403 404 404 404 403
confirmations/                                                   in 200 200 200 200 200 403 200 403
confirmations/<str:code>/<year:year>/                            in 405 405 405 405 405 405 405 405
reports/                                                         in 200 200 200 200 200 403 200 403
reports/<int:pk>/                                                in 404 404 404 404 404 404 404 404
reports/<int:pk>/act/                                            in 405 405 405 405 405 405 405 405
reports/<int:pk>/add/                                            in 404 404 404 404 404 404 404 404
reports/<int:pk>/numbers/                                        in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/                                     in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/bind/                                in 405 405 405 405 405 405 405 405
reports/paragraphs/<int:pk>/remove/                              in 405 405 405 405 405 405 405 405
reports/paragraphs/<int:pk>/comment/                             in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/                                       in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/report.docx                            in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/report.pdf                             in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/report.html                            in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/report.txt                             in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/returned/                              in 405 405 405 405 405 405 405 405
imports/                                                         in 200 200 403 200 403 403 403 403
imports/template.xlsx                                            in 404 404 404 404 404 404 404 404
imports/<int:pk>/                                                in 404 404 404 404 404 404 404 404
imports/<int:pk>/place/                                          in 405 405 405 405 405 405 405 405
imports/<int:pk>/mapping/                                        in 404 404 404 404 404 404 404 404
imports/<int:pk>/choose/                                         in 405 405 405 405 405 405 405 405
imports/<int:pk>/confirm/                                        in 405 405 405 405 405 405 405 405
imports/<int:pk>/cancel/                                         in 405 405 405 405 405 405 405 405
imports/<int:pk>/undo/                                           in 404 404 404 404 404 404 404 404
number-check/                                                in 200 200 200 200 200 200 200 403
export/                                                       in 200 200 200 200 200 200 200 403
export/figures.csv                                            in 200 200 200 200 200 200 200 403
export/figures.xlsx                                           in 200 200 200 200 200 200 200 403
api/docs/                                                    200 200 200 200 200 200 200 200 200
api/v1/openapi.json                                          200 200 200 200 200 200 200 200 200
api/v1/                                                      404 404 404 404 404 404 404 404 404
api/v1/catalogue/areas                                       401 401 401 401 401 401 401 401 401
api/v1/catalogue/indicators                                  401 401 401 401 401 401 401 401 401
api/v1/catalogue/units                                       401 401 401 401 401 401 401 401 401
api/v1/units                                                 401 401 401 401 401 401 401 401 401
api/v1/rounds                                                401 401 401 401 401 401 401 401 401
api/v1/submissions                                           401 401 401 401 401 401 401 401 401
api/v1/figures                                               401 401 401 401 401 401 401 401 401
api/v1/values                                                401 401 401 401 401 401 401 401 401
export/kept/                                                  in 403 403 403 403 200 403 200 403
export/package.zip                                            in 403 403 403 200 200 200 200 403
export/table.csv                                              in 405 405 405 405 405 405 405 405
export/table.xlsx                                             in 405 405 405 405 405 405 405 405
export/summary/                                               in 200 200 200 200 200 200 200 403
export/summary/table.xlsx                                     in 200 200 200 200 200 200 200 403
POST                                                         ano off oth lea cit sup edi aud adm
favicon.ico                                                  302 302 302 302 302 302 302 302 302
healthz                                                      405 405 405 405 405 405 405 405 405
readyz                                                       405 405 405 405 405 405 405 405 405
i18n/setlang/                                                302 302 302 302 302 302 302 302 302
(home)                                                        in 200 200 200 200 200 200 200 200
first-start/                                                 404 404 404 404 404 404 404 404 404
start/                                                          200 200 200 200 200 200 200 200 200
accounts/table/                                                  in 403 403 403 403 403 403 403 422
accounts/<int:pk>/leaving/                                       in 403 403 403 403 403 403 403 422
login/                                                       200 200 200 200 200 200 200 200 200
logout/                                                      302 302 302 302 302 302 302 302 302
password/                                                     in 200 200 200 200 200 200 200 200
password/changed/                                             in 302 302 302 302 302 302 302 302
password/mail/                                               404 404 404 404 404 404 404 404 404
password/mail/sent/                                          404 404 404 404 404 404 404 404 404
password/mail/<str:uidb64>/<str:token>/                      404 404 404 404 404 404 404 404 404
tokens/                                                       in 422 422 422 422 422 422 422 422
tokens/<int:pk>/revoke/                                       in 404 404 404 404 404 404 404 404
theme/                                                       302 302 302 302 302 302 302 302 302
brief/                                                        in 200 200 200 200 200 200 200 403
brief/paper.pdf                                               in 200 200 200 200 200 200 200 403
outlook/                                                      in 200 200 200 200 200 200 200 403
changes/                                                      in 200 200 200 200 200 200 200 403
custom-table/                                                 in 422 422 422 422 422 422 422 403
days/                                                         in 200 200 200 200 200 200 200 403
compare/                                                      in 200 200 200 200 200 200 200 403
heat-map/                                                     in 200 200 200 200 200 200 200 403
indicators/                                                   in 200 200 200 200 200 200 200 403
only-increase/                                                in 200 200 200 200 200 200 200 403
overview/                                                     in 200 200 200 200 200 200 200 403
overview/table.csv                                            in 200 200 200 200 200 200 200 403
overview/table.xlsx                                           in 200 200 200 200 200 200 200 403
profile/                                                      in 200 200 200 200 200 200 200 403
reliability/                                                  in 200 200 200 200 200 200 200 403
units/                                                        in 200 200 200 200 200 200 200 403
doubts/                                                       in 200 200 200 200 200 200 200 403
indicators/<slug:code>/                                       in 200 200 200 200 200 200 200 404
figures/<slug:code>/<str:unit>/<year:year>/                   in 422 404 422 422 422 404 422 404
entry/                                                        in 302 302 302 302 403 403 403 403
entry/check/<str:code>/<year:year>/<slug:area>/               in 200 404 403 200 404 404 404 404
entry/unit/<str:code>/<year:year>/<slug:area>/                in 302 404 302 302 404 404 404 404
entry/<str:code>/<year:year>/                                 in 400 404 400 400 404 404 404 404
entry/<str:code>/<year:year>/sign-off/                        in 405 405 405 405 405 405 405 405
entry/<str:code>/<year:year>/explain/                         in 404 404 404 404 404 404 404 404
entry/<str:code>/<year:year>/answer-question/                 in 404 404 404 404 404 404 404 404
entry/<str:code>/<year:year>/<slug:area>/                     in 302 404 403 302 404 404 404 404
entry/<str:code>/<year:year>/<slug:area>/<slug:indicator>/    in 200 404 403 200 404 404 404 404
rounds/                                                       in 403 403 403 200 200 403 200 403
rounds/new/                                                   in 403 403 403 403 422 403 403 403
rounds/<year:year>/                                           in 200 200 200 200 200 404 200 404
rounds/<year:year>/plan/                                      in 403 403 403 403 422 403 403 403
rounds/<year:year>/progress.csv                               in 200 200 200 200 200 404 200 404
rounds/<year:year>/progress.xlsx                              in 200 200 200 200 200 404 200 404
rounds/<year:year>/open/                                      in 409 409 409 409 409 404 409 404
rounds/<year:year>/close/                                     in 404 404 404 404 409 404 404 404
rounds/<year:year>/reopen/                                    in 404 404 404 404 422 404 404 404
rounds/<year:year>/withdraw/                                  in 404 404 404 404 422 404 404 404
rounds/<year:year>/delete/                                    in 404 404 404 404 409 404 404 404
review/                                                       in 403 403 403 200 200 403 200 403
review/years/<str:code>/<year:year>/                          in 404 404 404 404 422 404 404 404
review/<year:year>/<str:code>/                                in 404 404 404 400 400 404 400 404
review/<year:year>/<str:code>/ask/                            in 404 404 404 404 404 404 404 404
achievements/                                                 in 405 405 405 405 405 405 405 405
achievements/table.csv                                        in 405 405 405 405 405 405 405 405
achievements/table.xlsx                                       in 405 405 405 405 405 405 405 405
achievements/new/                                             in 422 422 403 422 403 403 403 403
achievements/<int:pk>/                                        in 405 405 405 405 405 405 405 405
achievements/<int:pk>/edit/                                   in 404 404 404 404 404 404 404 404
achievements/<int:pk>/remove/                                 in 404 404 404 404 404 404 404 404
problems/                                                    in 405 405 405 405 405 405 405 405
problems/table.csv                                           in 405 405 405 405 405 405 405 405
problems/table.xlsx                                          in 405 405 405 405 405 405 405 405
problems/new/                                                in 403 403 403 403 422 403 403 403
problems/<int:pk>/                                           in 404 404 404 404 404 404 404 404
problems/<int:pk>/edit/                                      in 404 404 404 404 404 404 404 404
problems/<int:pk>/documents/                                 in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/new/                              in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/                     in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/edit/                in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/tasks/               in 404 404 404 404 404 404 404 404
problems/<int:pk>/measures/<int:number>/documents/           in 404 404 404 404 404 404 404 404
messages/                                                     in 200 200 200 200 200 200 200 200
messages/seen/                                                in 302 302 302 302 302 302 302 302
messages/choose/                                              in 302 302 302 302 302 302 302 302
guide/                                                       405 405 405 405 405 405 405 405 405
guide/terms/                                                 405 405 405 405 405 405 405 405 405
guide/states/                                                405 405 405 405 405 405 405 405 405
catalogue/units/change/                                       in 403 403 403 403 403 422 403 403
catalogue/proposals/                                          in 403 403 403 403 200 200 200 403
catalogue/proposals/<int:pk>/                                 in 403 403 403 403 404 404 404 403
confirmations/                                                   in 405 405 405 405 405 405 405 405
confirmations/<str:code>/<year:year>/                            in 409 404 409 403 409 404 403 404
reports/                                                         in 422 422 422 422 200 403 200 403
reports/<int:pk>/                                                in 404 404 404 404 404 404 404 404
reports/<int:pk>/act/                                            in 404 404 404 404 404 404 404 404
reports/<int:pk>/add/                                            in 404 404 404 404 404 404 404 404
reports/<int:pk>/numbers/                                        in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/                                     in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/bind/                                in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/remove/                              in 404 404 404 404 404 404 404 404
reports/paragraphs/<int:pk>/comment/                             in 404 404 404 404 404 404 404 404
reports/editions/<int:pk>/                                       in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/report.docx                            in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/report.pdf                             in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/report.html                            in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/report.txt                             in 405 405 405 405 405 405 405 405
reports/editions/<int:pk>/returned/                              in 404 404 404 404 404 404 404 404
imports/                                                         in 422 422 403 422 403 403 403 403
imports/template.xlsx                                            in 404 404 404 404 404 404 404 404
imports/<int:pk>/                                                in 404 404 404 404 404 404 404 404
imports/<int:pk>/place/                                          in 404 404 404 404 404 404 404 404
imports/<int:pk>/mapping/                                        in 404 404 404 404 404 404 404 404
imports/<int:pk>/choose/                                         in 404 404 404 404 404 404 404 404
imports/<int:pk>/confirm/                                        in 404 404 404 404 404 404 404 404
imports/<int:pk>/cancel/                                         in 404 404 404 404 404 404 404 404
imports/<int:pk>/undo/                                           in 404 404 404 404 404 404 404 404
number-check/                                                in 422 422 422 422 422 422 422 403
export/                                                       in 200 200 200 200 200 200 200 403
export/figures.csv                                            in 200 200 200 200 200 200 200 403
export/figures.xlsx                                           in 200 200 200 200 200 200 200 403
api/docs/                                                    405 405 405 405 405 405 405 405 405
api/v1/openapi.json                                          405 405 405 405 405 405 405 405 405
api/v1/                                                      404 404 404 404 404 404 404 404 404
api/v1/catalogue/areas                                       405 405 405 405 405 405 405 405 405
api/v1/catalogue/indicators                                  405 405 405 405 405 405 405 405 405
api/v1/catalogue/units                                       405 405 405 405 405 405 405 405 405
api/v1/units                                                 405 405 405 405 405 405 405 405 405
api/v1/rounds                                                405 405 405 405 405 405 405 405 405
api/v1/submissions                                           405 405 405 405 405 405 405 405 405
api/v1/figures                                               405 405 405 405 405 405 405 405 405
api/v1/values                                                401 401 401 401 401 401 401 401 401
export/kept/                                                  in 405 405 405 405 405 405 405 405
export/package.zip                                            in 403 403 403 200 200 200 200 403
export/table.csv                                              in 400 400 400 400 400 400 400 400
export/table.xlsx                                             in 400 400 400 400 400 400 400 400
export/summary/                                               in 405 405 405 405 405 405 405 405
export/summary/table.xlsx                                     in 405 405 405 405 405 405 405 405
"""


def addresses(resolver=None, before=""):
    """The patterns of all addresses but the administration's, which has tests of its own."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if pattern.startswith("admin/"):
            continue
        if isinstance(one, URLResolver):
            yield from addresses(one, pattern)
        else:
            yield pattern


def address_of(pattern, **others):
    places = PLACES | ({"code": "children"} if pattern in BY_CODE else {}) | others
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: places[found[1]], pattern)


def expected():
    """The table by method and pattern."""
    method, found = "", {}
    for line in TABLE.strip().splitlines():
        pattern, *codes = line.split()
        if pattern in ("GET", "POST"):
            method = pattern.lower()
        else:
            found[method, "" if pattern == "(home)" else pattern] = codes
    return found


def what_it_answers(client, person, method, address):
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if person is not None and not (session and session.value):  # what came before signed out
        client.force_login(person)
    answer = getattr(client, method)(address)
    if answer.status_code == 302 and reverse(settings.LOGIN_URL) in answer["Location"]:
        return "in"
    return str(answer.status_code)


@pytest.mark.parametrize("method", ["get", pytest.param("post", marks=pytest.mark.thorough)])
def test_everybody_gets_what_the_table_says(request, method, of_north, children, share, north):
    enter(children, north, "5", year=YEAR - 1)
    people = [None, *(request.getfixturevalue(role) for role in ROLES[1:])]
    clients = [Client() for _person in people]
    answers = {}
    for pattern in addresses():
        answers[pattern] = []
        account = {"pk": str(people[1].pk)} if pattern.startswith("accounts/") else {}
        address = address_of(pattern, **account)
        for client, person in zip(clients, people, strict=True):
            answers[pattern].append(what_it_answers(client, person, method, address))
    wanted = {pattern: codes for (of, pattern), codes in expected().items() if of == method}
    assert answers == wanted


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["0", "20210", "1" + "0" * 20])
def test_a_number_that_no_row_has_is_not_found(
    client, children, officer, supervisor, editor, administrator, number
):
    """Neither as a year nor as a row's own; the database is not asked for what it cannot hold."""
    numbered = [
        address_of(pattern, **{place: number})
        for pattern in addresses()
        for place in {"year", "pk"} & set(re.findall(r"<\w+:(\w+)>", pattern))
    ]
    for person in (officer, supervisor, editor, administrator):
        client.force_login(person)
        for address in numbered:
            for method in ("get", "post"):
                found = getattr(client, method)(address).status_code
                assert found in (403, 404, 405), f"{method} {address}: {found}"
