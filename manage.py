#!/usr/bin/env python3
"""The one way in: `python3 manage.py demo`, `python3 manage.py test` and every other command.

Runs on any Python 3, so that one too old is told so; what it imports needs 3.11.
"""

import argparse
import os
import sys


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - said here, before anything fails oddly
        sys.exit(
            "manage.py: Python 3.11 or newer is needed, this is {}.{}: "
            "call it with a newer one, such as python3.11 manage.py".format(*sys.version_info)
        )
    from education_duty.bootstrap import start

    start.enter(sys.argv)
    for command in ("demo", "test"):
        if sys.argv[1:2] == [command]:
            os.environ["EDUCATION_DUTY_MODE"] = command
    if sys.argv[1:2] == ["demo"]:  # the settings choose the database, before commands are read
        named = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
        named.add_argument("--database", default="")
        os.environ["EDUCATION_DUTY_DEMO_DATABASE"] = named.parse_known_args()[0].database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "education_duty.settings")

    try:
        from django.conf import settings
    except ModuleNotFoundError:  # only where somebody keeps an environment of their own
        sys.exit("manage.py: Django is missing here; install education_duty/requirements.txt.")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - the first look reads them
    except (ImproperlyConfigured, ValueError) as error:  # a value that cannot be read, or be so
        sys.exit("manage.py: " + str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
