"""The settings of the tests: the application's own, with a cheap password hash."""

import os
from pathlib import Path

os.environ["EDUCATION_DUTY_MODE"] = "test"

from education_duty.settings import *  # noqa: F403
from education_duty.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

database = DATABASES["default"]
# Nothing is lost where a machine stops in the middle of a test, so no test waits for the disk.
if database["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in use: the live server's threads do not share a database in memory well.
    database["TEST"] = {"NAME": str(Path(database["NAME"]).with_name("test.sqlite3"))}
    database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    name = os.environ.get("EDUCATION_DUTY_TEST_DATABASE", "test_education_duty")
    database["TEST"] = {"NAME": name}
    database["OPTIONS"]["options"] += " -c synchronous_commit=off"
