"""Figures out of the house as files: today the full long format as CSV.

Goes in: what is asked for (year, unit, duty area, tier) and who asks; the operator's command asks
for nobody and gets all. Comes out: one row a figure that stands; never a draft, never what the user
may not see. `queries` holds the one SELECT, `long_format` turns its rows into cells, and page and
command write them alike with `figures.csv_stream`.

Decided: the columns and their order are an interface; a new one is added at the end. Under a
heading of codes, which programs ask for, what a cell chooses from stays a code; under one of names,
which offices open, it is in the reader's language. Units keep their Chinese sign in both.

A sum, or what is computed from sums, is of `reported` units out of `expected`. Where they differ it
is a part: the value of basis `summed` or `computed`, the computed one of basis `stated`. Both are
empty for what is no sum.
"""
