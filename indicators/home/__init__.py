"""The first page: what is to be done next, by role.

Goes in: a user. Comes out: tasks in the order in which they matter, each a link to where the work
is. Decided: a task is derived when asked; nothing about it is stored.
"""
