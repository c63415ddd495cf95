"""The settings of the tests: the application's own, with a cheap password hash."""

import os

os.environ["EDUCATION_DUTY_MODE"] = "test"

from education_duty.settings import *  # noqa: F403
from education_duty.settings import DATABASES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in use: threads of the live server do not share a database in memory well.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
