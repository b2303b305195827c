"""The report in a real browser: it keeps its own rules for size, width and windows onto the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from clearprint import rulebook, run
from clearprint.reports.to_html import to_html
from clearprint.run import Options
from tests.needs import program

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paths = [SAMPLES / "leaflet-bad.pdf", SAMPLES / "letter-bad.docx", Path("no-such.pdf")]
    checked = list(run.check_many(paths, Options(pictures=True)))
    path = tmp_path_factory.mktemp("html") / "report.html"
    pictures = {item.report.path: item.pictures for item in checked}
    path.write_text(to_html([item.report for item in checked], rulebook.load(), pictures), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    executable = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=["desktop", "phone"])
def page(browser: Any, report: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    requests: list[str] = []
    page.on("request", lambda one: requests.append(one.url))
    page.goto(report.as_uri())
    page.requests = requests
    yield page
    page.close()


def test_no_text_is_under_12_points(page: Any) -> None:
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.tagName !== 'STYLE'
             && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
             && parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.textContent.slice(0, 40))"""
    )
    assert small == []


def test_nothing_scrolls_sideways(page: Any) -> None:
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown


def test_text_is_left_aligned_and_contrasts(page: Any) -> None:
    centred = page.evaluate(
        "[...document.querySelectorAll('p, li, td, h1, h2, h3, h4')]"
        ".filter(e => !['left', 'start'].includes(getComputedStyle(e).textAlign)).length"
    )
    assert centred == 0
    from clearprint.colour import contrast

    colours = page.evaluate(
        """() => [...document.querySelectorAll('p, .answer, a, td, li, dt, dd')].map(e => getComputedStyle(e).color)
             .concat([getComputedStyle(document.body).backgroundColor])"""
    )

    def rgb(text: str) -> tuple[float, float, float]:
        red, green, blue = (int(part) / 255 for part in text[text.index("(") + 1 : -1].split(",")[:3])
        return red, green, blue

    ground = rgb(colours[-1])
    assert min(contrast(rgb(one), ground) for one in set(colours[:-1])) >= 7


def test_every_crop_is_a_window_onto_its_page(page: Any) -> None:
    crops = page.evaluate(
        """() => [...document.querySelectorAll('figure svg[role=img]')].map(s => {
             const box = s.getBoundingClientRect(), use = s.querySelector('use').getAttribute('href');
             return [box.width, box.height, !!document.querySelector(use), s.getAttribute('aria-label')] })"""
    )
    assert len(crops) >= 10
    for width, height, defined, label in crops:
        assert width > 50
        assert height > 20
        assert defined
        assert label.startswith("Part of page")


def test_links_inside_the_report_lead_somewhere(page: Any) -> None:
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.querySelector(href))"
    )
    assert lost == []


def test_nothing_is_fetched(page: Any) -> None:
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []


def test_headings_go_down_one_level_at_a_time(page: Any) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
