"""A city's rounds: plan one, open it, follow how far its units have come, close it.

Goes in: what is asked of whom until when, from the city's supervisor, through `recording.round`.
Comes out: the plan, and the progress of units by duty areas from what has been submitted; nobody
counts another's drafts.
"""
