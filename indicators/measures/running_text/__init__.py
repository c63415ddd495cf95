"""Quantities in running text: found, told from what is no figure, held against figures.

Goes in: a text as an office has it, and what is known (`catalogue`, `figures`); comes out: every
quantity with its place in that text and a verdict (`check`), and what the text says of its own
numbers (`relations`). `plain` undoes the typesetting, `numbers` reads digits and numerals,
`qualifiers` the words around them, `reading` finds quantities (`quantity`), `lists` ranges of them,
`tables` the units of cells, `context` says where they stand, `kinds` and `criteria` which are no
figures, `votes` and `matching` which indicator one is about, `comparing` whether it agrees. No
Django, no clock.

Decided (November 2026): which indicator is meant is told by words alone, never by the value, so
that a wrong digit is a difference and not another indicator; the value settles ties. Every rule is
for a kind of text, not for a text. A range is two quantities, one for each end.

Decided (November 2026): a rule that a text quotes (不低于5%的规定), by which it says what it counts
(56人以上大班额) or what each has (每班50人) is no figure; what each gets or costs is one, as it is
in the catalogue too. 翻一番 is a growth of 100 per cent. Texts are labelled before they are read,
and the last set of them stays out of the making of rules.

>>> from indicators.measures.running_text.check import read
>>> found = read("2021年，投入约805亿元，居全国第四。")
>>> [(str(q.value), q.unit, why) for q, why in zip(found.quantities, found.reasons)]
[('2021', '年', 'time'), ('80500000000', 'yuan', ''), ('4', 'rank', '')]
"""
