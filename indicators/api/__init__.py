"""What programs ask and enter, under /api/v1/: the pages' doors and scope, in JSON and CSV.

Goes in: requests with a personal token (`models.api_token`), whose owner's rights hold. Comes out:
the catalogue, units, figures that stand, rounds, submissions, and values with their versions; a
batch of values goes through `recording` like a sheet. `schemas` and the functions under `endpoints`
are the schema; `documentation` draws it as a page.

Decided: only `Authorization: Bearer` opens it; a browser's session does not, so that no page of
somebody else's can ask in a visitor's name. Numbers are texts, as many readers of JSON would make
floats of them. Figures are handed out in pages that go on after a place, not after a count: what
is added meanwhile shifts nothing. A batch is saved whole or not at all, and the answer to its key
is kept for a day. Where nothing is wrong with a batch but versions, it is a conflict (409); else
what is wrong is named row by row, versions included (422).
"""
