"""Ground floor: pure arithmetic of the field. Numbers in, a number or a reason out.

No clock, no database, no Django. `exact` says what a number may be, `units` what it counts,
`quantities` reads what an officer typed, `numerals` Chinese numerals in it and `sums` what
follows a `=`, `typed_unit` says what a sheet in 万元 means, `plausibility` doubts it, `formula`
works out derived indicators, `aggregation` adds up over units, `agreement` compares a stated figure
with a computed one, `attainment` holds a figure against its target.
"""
