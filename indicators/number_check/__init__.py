"""Reports as texts: every number of any of them held against the figures.

Goes in: a file (docx, pdf, text) or pasted text, who asks, and perhaps the unit and the evaluation
year that it speaks of. Comes out: each number with a verdict, on a page, in the command
`check_report` and as JSON. `text_files` reads files within limits, `written` says how a check is
told. What a text is held against is `figures.text_check`, how it is drawn `figures.drawn_check`, as
reports are checked where they are written too; the arithmetic is `measures.running_text`.

Decided: nothing of a text is kept, as it may be a draft of somebody else's. Without being told, the
unit is the one that the head of the text names, the year the latest that it names; what is held
against is what stands as reported, as far as the reader may see it, and the operator's command sees
all. PDF is read in a child process that may die.
"""
