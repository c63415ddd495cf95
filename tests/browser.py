"""Chromium for journeys: a page that fails its test on any error the browser reports.

`page` is one visitor, `visitor` makes more of them (another person, another window size).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from education_duty.bootstrap.places import TEST_ASSETS
from indicators.models import User

NO_CHROMIUM = "NO BROWSER TEST RAN: Chromium is missing (Debian: apt-get install chromium)."
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What the browser says of a line that a test has cut.
NO_LINE = "net::ERR_INTERNET_DISCONNECTED"
# A violation of the policy is told by the browser to the page, not always to the console.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}`));
"""

# Also how large is what a finger has to hit (WCAG 2.2, 2.5.8), which is off by itself.
AXE = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}

Visitor = Callable[..., Page]


@dataclass
class Watch:
    """What a browser complained of while a test went through its pages."""

    complaints: list[tuple[str, str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(("", str(error))))
        page.on("response", self._response)

    def unexpected(self) -> list[str]:
        """All but the browser's remark that a page, or a row of a sheet, was refused (4xx), or not
        saved as the database is away (503)."""
        return [
            f"{text} {url}"
            for url, text in self.complaints
            if url.partition("#")[0] not in self.refused
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and NO_LINE not in message.text:
            loading = message.text.startswith("Failed to load resource")
            self.complaints.append((message.location["url"] if loading else "", message.text))

    def _response(self, response: Response) -> None:
        told = response.request.is_navigation_request() or "x-sheet-row" in response.headers
        if (told and 400 <= response.status < 500) or "x-unsaved" in response.headers:
            self.refused.add(response.url.partition("#")[0])


def session_of(user: User) -> dict[str, str]:
    """A cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def sign_in_as(page: Page, user: User, server: str) -> None:
    """Without the form, at the server's address."""
    page.context.add_cookies([{**session_of(user), "url": server}])


def access_violations(page: Page) -> list[str]:
    """All that axe-core finds on the page, minor faults included: rule and first place."""
    # Evaluated rather than added as a script, which the page's own policy would refuse.
    page.evaluate(f"() => {{ {(TEST_ASSETS / 'axe.min.js').read_text(encoding='utf-8')} }}")
    # Without preload, which puts a copy of imported style sheets into the page: refused as well.
    found = page.evaluate("(options) => axe.run(document, options)", AXE)
    return [
        f"{violation['id']}: {violation['nodes'][0]['html']}" for violation in found["violations"]
    ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if not executable and os.environ.get("CI"):
        pytest.fail(NO_CHROMIUM)
    if not executable:
        pytest.skip(NO_CHROMIUM)
    # Playwright's loop runs in this thread, where Django would refuse the database as if the test
    # were asynchronous. It is not: it waits for each step.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Visitor]:
    """Make a page of a new visitor: `visitor(width=390)`; addresses are relative to the server."""
    watch = Watch()
    contexts = []

    def visit(width: int = 1440, height: int = 900, **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            **options,
        )
        contexts.append(context)
        context.add_init_script(TELL_VIOLATIONS)
        page = context.new_page()
        watch.over(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert watch.unexpected() == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor()
