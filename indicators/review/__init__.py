"""The city's review: a queue of what was submitted, and for each submission what needs judgement.

Goes in: a supervisor's decision, through `recording.submission`: approve all, return with a reason
for each figure, ask, extend, reopen. Comes out: the page again, with the refusal and everything
that was typed. To approve all is asked first, over the version that was summed up. Whoever may see
the submission may read it; only the round's supervisor decides.
"""
