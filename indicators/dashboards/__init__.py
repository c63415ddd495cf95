"""Pages that hold figures against targets: today the overview of a unit in an evaluation year.

Goes in: `figures`. Comes out: a finding in one sentence, a tally by duty area, a table and its CSV.
Decided: a unit has some hundred figures in a year, so the table sorts and filters them in memory.
"""
