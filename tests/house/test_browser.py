"""The journeys' page complains of what a browser complains of, and of nothing else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import TELL_VIOLATIONS, Watch, access_violations

pytestmark = pytest.mark.page
PATIENCE = 150  # tenths of a second


@pytest.fixture
def watched(browser: Browser, live_server) -> Iterator[tuple[Page, Watch]]:
    """A page as `visitor` makes them, but whose complaints do not fail the test."""
    with browser.new_context(base_url=live_server.url) as context:
        context.add_init_script(TELL_VIOLATIONS)
        page, watch = context.new_page(), Watch()
        watch.over(page)
        yield page, watch


def appended(tag: str, attributes: str) -> str:
    return f"document.body.append(Object.assign(document.createElement('{tag}'), {attributes}))"


def test_a_page_that_is_refused_is_no_complaint(watched: tuple[Page, Watch]) -> None:
    page, watch = watched

    response = page.goto("/nowhere/")

    assert response is not None
    assert response.status == 404
    assert watch.unexpected() == []


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('lost')", "lost"),
        ("setTimeout(() => { throw new Error('broken') })", "broken"),
        (appended("img", "{src: '/no.png'}"), "404 (Not Found)"),
        (appended("script", "{text: '1'}"), "CSP script-src"),
        ("document.body.setAttribute('style', 'color: red')", "CSP style-src"),
    ],
)
def test_what_the_browser_complains_of_is_seen(
    watched: tuple[Page, Watch], script: str, complaint: str
) -> None:
    page, watch = watched
    page.goto("/login/")

    page.evaluate(f"() => {{ {script} }}")

    for _ in range(PATIENCE):  # the browser tells in its own time, under load a later one
        if any(complaint in text for text in watch.unexpected()):
            break
        page.wait_for_timeout(100)
    assert [text for text in watch.unexpected() if complaint in text], watch.unexpected()


def test_axe_finds_what_bars_people(watched: tuple[Page, Watch]) -> None:
    page, _watch = watched
    page.goto("/login/")
    page.evaluate("() => { document.querySelector('main').innerHTML = '<input>' }")

    assert [found for found in access_violations(page) if found.startswith("label:")]
