"""The addresses of the whole site; the application brings its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from education_duty import health
from indicators.admin import site

# Where the database is away it is a page of its own, else Django's.
handler500 = "indicators.accounts.unavailable.server_error"


def icon(request: HttpRequest) -> HttpResponse:
    """For pages that name no icon, such as a refusal before any template."""
    return redirect(static("indicators/icon.svg"))


urlpatterns = [
    path("favicon.ico", icon),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", site.urls),
    path("", include("indicators.urls")),
]
