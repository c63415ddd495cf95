"""The first page: what is to be done next, by role, and the tables that one has pinned to it.

Goes in: a user. Comes out: tasks in the order in which they matter, each a link to where the work
is; and the names of pinned tables, each a link to its address. Decided: a task is derived when
asked; nothing about it is stored.
"""
