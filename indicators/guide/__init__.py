"""The user guide, in Chinese only: a chapter for each role, and the terms that "?" leads to.

What may be done with a submission is not written here but read from `collection.TABLE`.

The pictures are taken by the browser tests (`tests/guide`), so they show the pages as they are.
"""
