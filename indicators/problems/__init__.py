"""The ledger of problems (问题台账): what is not solved yet, what is done about it, what proves it.

Goes in: problems of the seeds, or raised from a missed target, a finding or a review; acts of units
and supervisors, which pass `recording.problem` and `recording.measure`. Comes out: the ledger, as a
page and as files, a page for each problem and each measure.

Decided: a problem is accepted by a supervisor, never by itself; where its figures do not show it
solved, only with a reason. What a figure took back (复发) waits for the supervisor, who takes it up
again or lets the acceptance stand. Files of the ledger are kept like all exports.
"""
