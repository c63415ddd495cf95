"""Figures in from workbooks: a template out to fill in, a file up, a list to look at, then saved.

Goes in: a file of any layout whose head names its columns (xlsx, csv, tsv, xls, ods), read by
`spreadsheets`. Comes out: an Import with a row for each figure that the file says; once confirmed,
values through the door, and a receipt. `columns` knows what heads are called, `layout` finds the
tables in a file, `template` writes the workbook that is handed out, `services` carries a file
through.

Decided: a template is a table like any other, so a file that has lost what is hidden in it can
still be read; what it says of unit and versions is a claim, which the door checks. All that was
typed is kept with its cell until the import is decided.
"""
