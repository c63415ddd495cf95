"""A check number is found however it is typed, or pasted with the words around it."""

import pytest

from indicators.confirmations.canonical import digits_in
from indicators.models import Confirmation
from tests.cast import YEAR

DIGEST = "3f2a90c177de0b14" + 24 * "0a"


@pytest.mark.parametrize(
    "line",
    [
        "Check number {number}",
        "校验码 {number}",
        "校验码{number} 页 1 / 1",
        "SHA-256 {digest}",
        'SHA-256 {digest} ["500101@1997",2021,7]',
        "Check number {number} Page 1 / 1\nSHA-256 {digest}",
        " {short} ",
    ],
)
def test_a_line_pasted_from_the_paper_is_found(client, lead, submitted, line):
    client.force_login(lead)
    client.post(f"/confirmations/500101/{YEAR}/")
    made = Confirmation.objects.get()
    typed = line.format(
        number=made.number, digest=made.digest, short=made.number.replace("-", "").lower()
    )
    assert client.get("/confirmations/", {"number": typed}).context["found"] == made


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("code 3F2A-90C1-77DE-0B14", DIGEST[:16]),
        ("Check number 3F2A-90C1-77DE-0B14", DIGEST[:16]),
        ("\uff13\uff26\uff12\uff21\uff0d\uff19\uff10\uff23\uff11 77DE 0B14", DIGEST[:16]),
        ("3F2A\u201390C1\u201377DE\u20130B14", DIGEST[:16]),
        ("3F2 A90C1 77DE0B14", DIGEST[:16]),
        (f"SHA-256 {DIGEST}", DIGEST),
        ("Check number 3F2A-90C1", ""),
        ("accede, feed, add, bead, decade, facade", ""),
        (5000 * " -" + "z", ""),
    ],
)
def test_letters_of_words_are_no_digits(typed, digits):
    assert digits_in(typed) == digits
