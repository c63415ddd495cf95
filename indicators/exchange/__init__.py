"""Figures out of the house as files: the full long format, wide tables, a data package, and any
table of a page.

Goes in: what is asked for (year, unit, duty area, tier) and who asks; the operator's command asks
for nobody and gets all. Comes out: one row a figure that stands; never a draft, never what the user
may not see. The format itself is `figures.long_format`, since the API hands it out as well; page
and command write it alike with `figures.csv_stream`.

`summary` is the wide table that offices print and sign, and `summary_workbook` lays it out;
`data_package` sends all of a city as one ZIP that `package_tables` describes; `page_table` takes
the cells that a page shows. Every one is kept before it begins (`recording.export`); `kept_views`
lists them.

Decided: the columns and their order are an interface; a new one is added at the end. Under a
heading of codes, which programs ask for, what a cell chooses from stays a code; under one of names,
which offices open, it is in the reader's language. Units keep their Chinese sign in both.

A sum, or what is computed from sums, is of `reported` units out of `expected`. Where they differ it
is a part: the value of basis `summed` or `computed`, the computed one of basis `stated`. Both are
empty for what is no sum.
"""
