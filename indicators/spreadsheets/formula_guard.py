"""The apostrophe that keeps a spreadsheet from taking a text for a formula: put on, taken off.

Goes in: the text of a cell of a CSV file. `unguard` gives back what it was before `guard`, whatever
it was.
"""

GUARD = "'"
# With the full-width forms, which spreadsheets set to Chinese or Japanese take for formulas too.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def guard(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would compute it.

    >>> guard("=1+1"), guard("'quoted'"), guard("a = b")
    ("'=1+1", "''quoted'", 'a = b')
    """
    return GUARD + text if text.startswith((*FORMULA_STARTS, GUARD)) else text


def unguard(text: str) -> str:
    """What the text was before `guard`; an apostrophe that guards nothing is the text's own.

    >>> unguard("'=1+1"), unguard("''quoted'"), unguard("'tis")
    ('=1+1', "'quoted'", "'tis")
    """
    guarded = text.startswith(GUARD) and text[1:].startswith((*FORMULA_STARTS, GUARD))
    return text[1:] if guarded else text
