"""What every test may use: a browser, a database that can be emptied, and properties that wait for a busy machine."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import needs

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
expect.set_options(timeout=20_000)  # milliseconds; two cores drive a browser, a server and other tests at once

CHROMIUM_FLAGS = (
    "--no-sandbox",  # where the tests run as root
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",  # maps without a graphics card
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_a_test() -> None:
    """The database refuses to forget; after a test with transactions of its own it has to, in the same transaction.

    Only here: the product has no way round the triggers.
    """
    operations = type(connection.ops)
    plain = operations.sql_flush

    def forgetting(self: Any, *given: Any, **more: Any) -> list[str]:
        statements = plain(self, *given, **more)
        if connection.vendor != "sqlite":
            return ["SET LOCAL session_replication_role = replica", *statements]
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING rtree%'")
            boxes = [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]  # kept in step by the triggers
        dropped, again = [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
        return [*dropped, *statements, *boxes, *again]

    operations.sql_flush = forgetting  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _in_the_default_language() -> Iterator[None]:
    """A request leaves its language active in its thread; the next test begins in Chinese again."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = needs.browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()
        connections.close_all()  # beside a running loop Django keeps other connections than without one


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty tab. Its pages forbid `eval`, so wait with `expect(...)` and never with `wait_for_function`."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    yield context.new_page()
    context.close()
