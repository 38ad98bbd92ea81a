"""What every test may use: a browser, and properties that do not fail because the machine is busy."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import needs

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

CHROMIUM_FLAGS = (
    "--no-sandbox",  # where the tests run as root
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",  # maps without a graphics card
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = needs.browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty tab. Its pages forbid `eval`, so wait with `expect(...)` and never with `wait_for_function`."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()
