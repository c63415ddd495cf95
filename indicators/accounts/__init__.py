"""Signing in and out, the own password, the chosen language, and the way through the house.

Accounts and memberships are kept in the admin by administrators. Nothing here shows figures.
"""
