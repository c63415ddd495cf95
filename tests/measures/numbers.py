"""Every number that can be kept, for tests that hold over the whole range."""

from decimal import Decimal

import hypothesis.strategies as st

TEN_THOUSANDTHS = 10**18 - 1  # of the largest number kept

EXACT = st.integers(-TEN_THOUSANDTHS, TEN_THOUSANDTHS).map(lambda n: Decimal(n).scaleb(-4))


def with_digits(whole: int, decimals: int) -> st.SearchStrategy[Decimal]:
    """Numbers of at most so many digits before and behind the point, of either sign."""
    most = 10 ** (whole + decimals) - 1
    return st.integers(-most, most).map(lambda n: Decimal(n).scaleb(-decimals))
