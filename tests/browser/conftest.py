"""A real JupyterLab in a real browser, or a skip that says what is missing."""

import pytest

pytest.register_assert_rewrite("lab_in_browser")

from lab_in_browser import Lab, Tab  # noqa: E402

from tools.slides.build import browser_path  # noqa: E402

FLAGS = ["--disable-gpu", "--disable-quic", "--disable-sync"]
"""What is left to ask for: the rest Playwright asks of every browser."""


# Not once a session: what drives the browser keeps an event loop running in
# this thread, and tests behind it could not run one of their own.
@pytest.fixture(scope="module")
def browser():
    """Start the browser once a module."""
    try:
        path = browser_path()
    except ValueError as error:
        pytest.skip(f"no browser here: {error}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield program
        program.close()


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """Start JupyterLab once a module."""
    assert browser.is_connected()
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()


@pytest.fixture
def tab(browser, lab):
    """Open a new page; afterwards nothing must have gone wrong."""
    new = Tab(browser, lab)
    yield new
    new.page.close()
