"""The yearly report: drafted from approved figures, written with bound figures, frozen, put out.

Goes in: a unit and an evaluation year. Comes out: a report whose numbers are figures of the system
(`reading` puts them into the text each time it is read), and editions, which say for ever what the
report said when it was frozen (`content` is what is frozen, `charts` what of it the annex draws,
`outputs` makes HTML, DOCX, PDF and plain text of nothing else), with the list of what has moved
since (`errata`). What is written in digits is held against the figures (`checking`) and bound to
them where it stands (`places`).

Decided: the text holds marks such as {F7}, never numbers that the system knows; which figure a mark
is, and in which form it is written, stands beside it. A first draft says only what figures say: a
rise is called one where the number rose, and a fall is not left out. Binding a number that somebody
typed never changes what is read there: where no form of the figure says the same words, the page
says how it would read, and the writer decides.
"""
