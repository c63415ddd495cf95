"""Achievements (成果): honours, documents and model cases that units report with their figures.

Goes in: achievements of the seeds, or entered by a unit's officers, which pass
`recording.achievement`. Comes out: the list, as a page and as files, and a page for each with all
of its versions. Reports cite them.

Decided: an achievement goes with the unit's submission. Until then it is the unit's own draft; what
was submitted is locked as the figures are. Files of the list are kept like all exports.
"""
