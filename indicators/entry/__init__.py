"""The sheet in which a unit's officers enter figures: unit × evaluation year × duty area.

Goes in: what was typed. Comes out: values saved through `recording`, or the sheet again with every
refusal beside its box. `rows` asks, `services` does. The same form works with and without
JavaScript; with it, rows are saved one by one as they are left.
Decided: each row is saved in a transaction of its own, so one refusal holds up no other row; a row
that was not touched is never a conflict.
"""
