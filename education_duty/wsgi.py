"""The door for a WSGI server: `gunicorn education_duty.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "education_duty.settings")

application = get_wsgi_application()
