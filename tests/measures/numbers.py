"""Every number that can be kept, for tests that hold over the whole range; some in words."""

from decimal import Decimal

import hypothesis.strategies as st

TEN_THOUSANDTHS = 10**18 - 1  # of the largest number kept

EXACT = st.integers(-TEN_THOUSANDTHS, TEN_THOUSANDTHS).map(lambda n: Decimal(n).scaleb(-4))


def with_digits(whole: int, decimals: int) -> st.SearchStrategy[Decimal]:
    """Numbers of at most so many digits before and behind the point, of either sign."""
    most = 10 ** (whole + decimals) - 1
    return st.integers(-most, most).map(lambda n: Decimal(n).scaleb(-decimals))


def in_words(number: int) -> str:
    """A number below 10,000 as it is written in Chinese."""
    words, gap = "", False
    for power, name in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return words.removeprefix("一") if 10 <= number < 20 else words
