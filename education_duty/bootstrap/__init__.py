"""From a fresh clone to a running command, with the standard library only.

`start.enter` is the door: manage.py calls it first. It makes `.venv`, installs what is locked, puts
the front-end assets in place and compiles translations, each only where its fingerprint changed,
and goes on with the same command inside `.venv`. A second start looks at fingerprints alone.

Decided: everything said here goes to stderr, stdout is the command's. What is missing is a
`Refusal`: one line with the mend, no traceback; what tools printed is kept in var/setup.log.
One start at a time sets up (a file lock); the others wait and then find the work done.
`postgres` finds or starts a PostgreSQL server for the tests, `test_runs` runs pytest on both.
"""
