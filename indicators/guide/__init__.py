"""The user guide, in Chinese only: a page for each role, and the terms that "?" leads to.

The pictures are taken by the browser tests (`tests/guide`), so they show the pages as they are.
"""
