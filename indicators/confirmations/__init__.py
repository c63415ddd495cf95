"""The signed confirmation (上报确认表) of a submission, and what its check number is worth later.

Goes in: a submission that was submitted. Comes out: a PDF for signatures and seal, with all figures
beside last year's and the check number of what stands as reported; and a page that tells whether a
check number belongs to what stands now, and if not, what changed since.

Decided: the number is of what was reported, never of drafts, so that the unit and the city read the
same from it. Anyone can work it out: `canonical` says how. It covers what was entered, and the
paper says so; what is computed, last year and findings follow from more than the unit's word.
Number and figures are read while the submission is held, so that a paper is of one moment.
"""
