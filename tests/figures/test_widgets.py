"""Lists to choose from say the same as Django's own, drawn in Python."""

import pytest
from django import forms
from django.test.html import parse_html

from indicators.figures.widgets import Select, SelectMultiple

CHOICES = [
    ("", "全部"),
    (1, "<b>甲</b>"),
    ('组 "一"', [("a&b", "乙"), ("c", "丙")]),
]


@pytest.mark.parametrize("value", ["", None, 1, "1", "a&b", "c", "gone"])
def test_one_of_them(value):
    own, other = (widget(choices=CHOICES) for widget in (Select, forms.Select))
    attrs = {"id": "id_x", "required": True}
    assert parse_html(own.render("x", value, attrs)) == parse_html(other.render("x", value, attrs))


@pytest.mark.parametrize("value", [None, [], ["1", "c"], ["a&b"]])
def test_several(value):
    own, other = (
        widget(choices=CHOICES, attrs={"size": 8})
        for widget in (SelectMultiple, forms.SelectMultiple)
    )
    assert parse_html(own.render("x", value)) == parse_html(other.render("x", value))
