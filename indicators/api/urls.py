from django.urls import path

from indicators.api.application import api
from indicators.api.documentation import docs, openapi

app_name = "api"
urlpatterns = [
    path("docs/", docs, name="docs"),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", api.urls),
]
