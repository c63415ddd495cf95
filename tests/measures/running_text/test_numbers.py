from decimal import Decimal

import pytest

from indicators.measures.running_text.numbers import digits, numerals


@pytest.mark.parametrize(
    ("written", "number", "place"),
    [
        ("四", 4, 0),
        ("十", 10, 0),
        ("十二", 12, 0),
        ("二十", 20, 0),
        ("百", 100, 2),
        ("一百零五", 105, 0),
        ("一百五", 150, 0),
        ("一百五十", 150, 0),
        ("三千五", 3500, 2),
        ("三千五百", 3500, 2),
        ("三千零五十", 3050, 0),
        ("两万", 20000, 4),
        ("三万五", 35000, 3),
        ("三万五千", 35000, 3),
        ("二万零五", 20005, 0),
        ("万", 10000, 4),
        ("三千五百万", 35000000, 6),
        ("一亿二千万", 120000000, 7),
        ("三万亿", 3 * 10**12, 12),
        ("二〇二一", 2021, 0),
        ("一〇", 10, 0),
        ("零", 0, 0),
    ],
)
def test_numerals(written, number, place):
    assert numerals(written) == (Decimal(number), place)


@pytest.mark.parametrize(
    ("written", "number", "place"), [("八点一", "8.1", -1), ("九十九点六一", "99.61", -2)]
)
def test_decimals(written, number, place):
    assert numerals(written) == (Decimal(number), place)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "三五",
        "二三十",
        "五点",
        "点五",
        "五点十",
        "一百零",
        "十百",
        "亿三四",
        "二三十万",
        "九" * 25,
    ],
)
def test_what_is_no_one_number(written):
    assert numerals(written) is None


def test_digits_keep_their_last_place():
    assert digits("1,234.50", "亿") == (Decimal("123450000000"), 6)
    assert digits("0.5") == (Decimal("0.5"), -1)
