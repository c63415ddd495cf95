import pytest

from indicators.measures.running_text.plain import plain

LONG = "这一行很长很长、长到足以说明它不是标题而是正文的一部分、数字是"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("８０５亿元", "805亿元"),
        ("教 育 经 费", "教育经费"),
        ("9 9 . 6 1 %", "99.61%"),
        ("参与率98. 2%", "参与率98.2%"),
        ("共 1 234 人", "共1234人"),
        ("2021 2022", "2021 2022"),
        ("12 345678", "12 345678"),
        ("1.2 3.4", "1.2 3.4"),
        ("a 1", "a 1"),
        ("小学  120", "小学 120"),
        ("小学\t120", "小学 120"),
        ("  缩进", "缩进"),
        ("8\u200b0\ufeff5", "805"),
        ("标题\n正文", "标题\n正文"),
        ("一句。\n下一句", "一句。\n下一句"),
        ("甲\n\n乙", "甲\n乙"),
        (LONG + "\n805亿", LONG + "805亿"),
        (LONG + "8\n05亿", LONG + "805亿"),
        (LONG + "abc\n805", LONG + "abc 805"),
        (LONG + "\n（一）标题", LONG + "\n(一)标题"),
        ("1. 2022年", "1. 2022年"),
        ("1．5+2服务", "1、5+2服务"),
        ("3.2022年", "3、2022年"),
        ("一句。\n1.3 校外培训", "一句。\n1.3、校外培训"),
        ("一句。\n1.3 万人", "一句。\n1.3万人"),
        (LONG + "\n★第二", LONG + "\n★第二"),
        (LONG + "\t5\n6", LONG + " 5\n6"),
        (LONG + "5\n6\t7", LONG + "5\n6 7"),
        ("5\t618", "5 618"),
        ("", ""),
    ],
)
def test_typesetting_is_undone(typed, read):
    assert plain(typed).text == read


def test_each_character_is_where_it_came_from():
    original = "　教 育\u200b　９ ９ . 6 %\n\n尾"

    found = plain(original)

    assert len(found.at) == len(found.text)
    start = found.text.index("99.6%")
    assert original[slice(*found.span(start, start + 5))] == "９ ９ . 6 %"
