"""What tells, without looking at what is stored, whether anything was written since."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import connection

STATE = "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text"
OF_SESSION = f"{STATE} FROM {Session._meta.db_table} WHERE session_key = %s AND expire_date > now()"


def database_state(session_key: str | None = None) -> str:
    """The same as before only where no transaction that writes has begun or ended meanwhile: two
    questions between which it stays the same are answered alike. One query.

    Asked for a session, it is empty where that is over: of all that is asked of a session, that
    alone comes without a write.

    PostgreSQL numbers the transactions that write, those of other databases of the server too, so
    it changes too often rather than too seldom. Empty on SQLite, which has no such mark that
    connections share.
    """
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        if session_key is None:
            cursor.execute(STATE)
        else:
            cursor.execute(OF_SESSION, [session_key])
        found = cursor.fetchone()
        return str(found[0]) if found else ""
