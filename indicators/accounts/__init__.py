"""Signing in and out, the own password, the chosen language, and the way through the house.

Accounts and memberships are kept in the admin by administrators, or come in from a table
(`roster`, `roster_file`); an account starts with a code (`codes`, `start`, `slips`), and a
forgotten password is replaced by mail (`password_mail`); who leaves hands over (`leaving`). What
fails to sign in is locked, slowed and kept as `sign_ins` says; `client` says from where. Tokens
with which programs ask the API are made and revoked here (`tokens`). What a request is told that
cannot be read or answered stands here as well: it is the same in every room. Nothing here shows
figures.
"""
