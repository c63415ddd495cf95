"""How fast the house is, against the least that PostgreSQL and the libraries can do: the floor.

Goes in: an empty PostgreSQL database. `city` makes up a city; `loading`, `pages`, `saving`,
`export` and `rows` each measure one thing and its floor in one run; `run` puts them together.
`nation` fills two databases and sets the pages of one beside those of the other; `checking` holds
a long made-up text against the seeds.
Comes out: ratios of medians, the medians themselves, and each floor's SQL with its EXPLAIN.

Decided: ratios of one run, never times, are held against bounds, and no test measures time. The
command makes the database and runs all this in a process of its own, whose settings name it.
"""
