"""A demonstration on one's own machine: a database of its own, an account for each role, a server.

`preparation.prepare` brings the database up to date, `accounts.stand_ready` makes the accounts,
`server.serve` answers on loopback. All three may be called again at any time.

The districts' figures are made up: `city_totals` says how high the city's totals are, in the shapes
of `series`; `numbers` shares them out to `districts` by `apportion`; `number_formats` types them;
`story` says what a visitor can find; `data` puts it together, without a database. `loading` takes
through the door what stood before the round of 2022; what `round_story` tells of it day by day, by
the `people` of all units, `round` carries out through the doors, by a `clock` set back for it.

Decided: the passwords are fixed and printed, so the demo listens on 127.0.0.1 alone and knows no
other database than var/demo.sqlite3 (settings, mode "demo") and an empty one of PostgreSQL that is
named, which it marks. The districts' figures are the same on every machine and add up to the
published report; they are made once for a database, and never over what visitors entered. Where the
law and the plans name no target, `seeds` have one that is made up, marked wherever it is shown.
"""
