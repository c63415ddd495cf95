"""A demonstration on one's own machine: a database of its own, an account for each role, a server.

`preparation.prepare` brings the database up to date, `accounts.stand_ready` makes the accounts,
`server.serve` answers on loopback. All three may be called again at any time.

Decided: the passwords are fixed and printed, so the demo listens on 127.0.0.1 alone and knows no
other database than var/demo.sqlite3 (settings, mode "demo").
"""
