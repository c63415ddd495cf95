"""The door for a WSGI server: `gunicorn education_duty.wsgi`.

Refuses to start where a check of the database fails: without its triggers, history has holes.
"""

import os

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "education_duty.settings")

application = get_wsgi_application()

faults = [
    fault for fault in run_checks(tags=[Tags.database], databases=["default"]) if fault.is_serious()
]
if faults:
    raise ImproperlyConfigured(" ".join(f"{fault.msg} {fault.hint}" for fault in faults))
# A connection made before a server forks must not be shared by its workers.
connections.close_all()
