#!/usr/bin/env python3
"""The one way in: `python3 manage.py demo`, `python3 manage.py test`, and every other command."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "education_duty.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
