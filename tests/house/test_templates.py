"""What no template holds: scripts and styles of its own, which the content security policy forbids,
and lines that nobody can read."""

import re

import pytest

from tests.house import tracked

INLINE = {
    "script": re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))", re.IGNORECASE),
    "style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address": re.compile(r"javascript:|https?://", re.IGNORECASE),
}
# The name of a vocabulary is no address that a browser fetches.
NAMESPACE = re.compile(r'xmlns(?::\w+)?="[^"]*"')

# Most lines end before 160; a tag of Django's cannot be broken, and where a blank would be seen,
# as in Chinese text, neither can what stands around it.
LONGEST_LINE = 200


def found_in(source: str) -> list[str]:
    return [what for what, sign in INLINE.items() if sign.search(NAMESPACE.sub("", source))]


def test_templates_hold_nothing_inline_and_nothing_from_elsewhere() -> None:
    templates = [file for file in tracked.files() if file.suffix == ".html"]

    assert templates
    assert {
        str(file): found for file in templates if (found := found_in(tracked.text_of(file)))
    } == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<script>go()</script>", ["script"]),
        ("<script src=\"{% static 'x.js' %}\" defer></script>", []),
        ('<script type="application/json" id="data">{}</script>', []),
        ('<p style="color: red">', ["style"]),
        ("<style>p {}</style>", ["style"]),
        ('<a href="#" onclick="go()">', ["handler"]),
        ('<a href="javascript:go()">', ["address"]),
        ('<link href="https://cdn.example.org/x.css">', ["address"]),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">', []),
    ],
)
def test_what_is_inline_would_be_found(planted: str, found: list[str]) -> None:
    assert found_in(planted) == found


def test_a_line_of_a_template_can_be_read() -> None:
    templates = [file for file in tracked.files() if "templates" in file.parts]

    assert templates
    assert {
        f"{file}:{number}": len(line)
        for file in templates
        for number, line in enumerate(tracked.text_of(file).splitlines(), start=1)
        if len(line) > LONGEST_LINE
    } == {}
