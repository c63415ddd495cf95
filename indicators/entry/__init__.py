"""The sheet in which a unit's officers enter figures: unit × evaluation year × duty area.

Goes in: what was typed. Comes out: values saved through `recording`, or the sheet again with every
refusal beside its box. `rows` asks, `reading` says what the boxes mean, `doubts` what is odd about
it, `services` saves, `one_row` what JavaScript sends of one row; `answer_page` is the unit's whole
answer to a round, `submitting` what its people do with it. The same form works with and
without JavaScript; with it, rows are saved one by one as they are left, and the server reads along
while somebody types: the browser holds no rule.
Decided: each row is saved in a transaction of its own, so one refusal holds up no other row; a row
that was not touched is never a conflict, nor is one that somebody else saved alike, so that what
was sent over a broken line can be sent again. A doubt never hinders saving. What cannot be sent
stays in the browser under its user, unit, year, duty area and code, with the version it was typed
over. A city's officer enters on behalf of a district (代填) with a reason; the value's origin says
so, in every version of its history.
"""
