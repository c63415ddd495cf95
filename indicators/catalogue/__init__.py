"""The catalogue's own room: loading the seeds, checking what is kept, its forms in the admin.

Goes in: CSV files (`seeds/README.md` describes them), or what an editor enters. Everything is
written through `recording.catalogue`, a change of units through `recording.jurisdiction_change`.
Decided: what users changed is theirs; the seeds remember the row they last loaded and leave what
differs from it.
"""
