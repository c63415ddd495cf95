"""Django's backend for PostgreSQL, with a database that may go away and come back.

A process knows when the database is away and says so at once; a connection that died in the pool is
replaced before a request gets it; a commit whose answer was lost is told from one that failed.
"""
