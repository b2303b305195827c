"""The report in a real browser: it keeps its own rules, for the eye (axe-core, zoom, size) and in print (clearprint itself)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import clearprint
from clearprint import rulebook, run
from clearprint.reports.to_html import to_html, to_site
from clearprint.run import Options
from tests.needs import program

SAMPLES = Path(__file__).parents[1] / "fixtures" / "samples"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
AXE = {  # by page: what it is looked at as. One of each pair is wide, one narrow, one light, one dark.
    "site/leaflet-bad.pdf.html": SCREENS,
    "site/index.html": SCREENS,
    "welsh.html": SCREENS[1:3],
    "many.html": [SCREENS[0], SCREENS[3]],
}
LANGUAGES = ["en", "cy"]
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def checked(*names: str, language: str = "en") -> tuple[list[Any], dict[str, Any]]:
    from clearprint.settings import Settings

    done = list(
        run.check_many([SAMPLES / name for name in names], Options(Settings(language=language), pictures=(60, 3_000_000)))
    )
    return [item.report for item in done], {item.report.path: item.pictures for item in done}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """one.html, welsh.html: a leaflet with faults. many.html: it, a Word file, and one that cannot be read. site/: the same."""
    folder = tmp_path_factory.mktemp("html")
    for name, language in (("one", "en"), ("welsh", "cy")):
        reports, pictures = checked("leaflet-bad.pdf", language=language)
        text = to_html(reports, rulebook.load(language=language), pictures)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    reports, pictures = checked("leaflet-bad.pdf", "letter-bad.docx", "no-such.pdf")
    (folder / "many.html").write_text(to_html(reports, rulebook.load(), pictures), encoding="utf-8")
    (folder / "site").mkdir()
    for name, text in to_site(reports, rulebook.load(), pictures):
        (folder / "site" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    executable = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Any, path: Path, width: int = 1280, scheme: str = "light", **more: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more).new_page()
    page.requests = []
    page.on("request", lambda one: page.requests.append(one.url))
    page.goto(path.as_uri())
    return page


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=["desktop", "phone"])
def page(browser: Any, folder: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    page = opened(browser, folder / "many.html", *request.param)
    yield page
    page.context.close()


# --- for everybody ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "width", "scheme"), [(name, *screen) for name, screens in AXE.items() for screen in screens])
def test_axe_finds_nothing(name: str, width: int, scheme: str, browser: Any, folder: Path) -> None:
    page = opened(browser, folder / name, width, scheme, bypass_csp=True)
    page.evaluate(OPEN_ALL)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate(f"axe.run(document, {{runOnly: {WCAG}}})")
    page.context.close()
    assert len(result["passes"]) >= 12
    assert [(item["id"], item["nodes"][0]["html"]) for item in result["violations"]] == []


@pytest.mark.parametrize("name", ["one.html", "many.html", "site/index.html"])
@pytest.mark.parametrize("width", [1280, 320])  # 320 pixels are 1280 at 400 % (WCAG 1.4.10)
def test_nothing_scrolls_sideways(name: str, width: int, browser: Any, folder: Path) -> None:
    page = opened(browser, folder / name, width)
    page.evaluate(OPEN_ALL)
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    page.context.close()
    assert wide <= shown


def test_no_text_is_under_12_points(page: Any) -> None:
    page.evaluate(OPEN_ALL)
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => !['STYLE', 'SCRIPT'].includes(e.tagName)
             && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
             && parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.textContent.slice(0, 40))"""
    )
    assert small == []


def test_text_is_left_aligned_and_contrasts(page: Any) -> None:
    centred = page.evaluate(
        "[...document.querySelectorAll('p, li, td, th, h1, h2, h3, h4, h5')]"
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


def test_headings_go_down_one_level_at_a_time(page: Any) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_it_is_clear_print(language: str, browser: Any, folder: Path, tmp_path: Path) -> None:
    page = opened(browser, folder / ("one.html" if language == "en" else "welsh.html"))
    target = tmp_path / "report.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True, print_background=True, tagged=True)
    page.context.close()
    report = clearprint.check(target, declare={"kind": "screen"}, timeout=300)
    assert report.error is None
    failed = [
        (answer.name, [fault.message for fault in answer.faults[:3]]) for answer in report.answers if answer.answer == "no"
    ]
    assert failed == []
    assert report.answer("type-size").counted > 3_000


# --- what it shows -----------------------------------------------------------------------------------------------------------


def test_crops_are_true_to_size_and_the_number_of_the_ruler_changes_them(browser: Any, folder: Path) -> None:
    sizes = """[...document.querySelectorAll('.fault svg.true')].map(svg =>
               [svg.viewBox.baseVal.height, svg.getBoundingClientRect().height, svg.getScreenCTM().a])"""
    for width in (1280, 360):
        page = opened(browser, folder / "one.html", width)
        crops = page.evaluate(sizes)
        assert len(crops) >= 8
        for points, pixels, scale in crops:
            assert pixels == pytest.approx(points * 96 / 72, abs=0.6)
            assert scale == pytest.approx(96 / 72, rel=0.02)  # narrow screens cut a crop, they do not shrink it
        page.fill("#scale", "150")
        assert page.evaluate(sizes)[0][1] == pytest.approx(crops[0][0] * 96 / 72 * 1.5, abs=0.6)
        ruler = page.evaluate("document.querySelector('.rule svg').getBoundingClientRect().width")
        assert ruler == pytest.approx(1.5 * 60 / 25.4 * 96, abs=1)
        page.context.close()


def test_the_blur_is_that_of_the_stated_acuity(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html")
    filters = page.evaluate("[...document.querySelectorAll('svg.low use')].map(e => getComputedStyle(e).filter)")
    page.context.close()
    assert filters
    (points,) = {float(one.removeprefix("blur(").removesuffix("px)")) for one in filters}
    assert points / 72 * 25.4 == pytest.approx(0.25, abs=0.001)  # mm on paper, as a px of the view box is a point


def test_links_inside_the_report_lead_somewhere(page: Any) -> None:
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.getElementById(href.slice(1)))"
    )
    assert lost == []
    double = page.evaluate("(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))")
    assert double == 0


def test_every_box_leads_to_its_fault_and_back(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html")
    boxes = page.evaluate(
        """[...document.querySelectorAll('.sheet-figure .boxes a')].map(a => [a.id, a.getAttribute('href').slice(1),
             !!document.querySelector(`#${CSS.escape(a.getAttribute('href').slice(1))} a[href="#${a.id}"]`)])"""
    )
    page.context.close()
    assert len(boxes) >= 8
    first = {}
    for box, fault, back in boxes:
        first.setdefault(fault, (box, back))
    assert all(back for _, back in first.values())


def test_numbers_stand_beside_the_page_and_not_over_each_other(page: Any) -> None:
    lost = page.evaluate(
        """() => [...document.querySelectorAll('.page')].flatMap(figure => {
             const sheet = figure.getBoundingClientRect();
             const boxes = [...figure.querySelectorAll('.number')].map(e => e.getBoundingClientRect()).filter(r => r.height);
             const over = boxes.filter(r => r.right > sheet.left - 5 || r.left < 0).length;
             const crossed = boxes.filter((r, i) => boxes.some((o, k) =>
               k > i && r.top < o.bottom - 3 && o.top < r.bottom - 3));
             return over || crossed.length ? [[over, crossed.length]] : [] })"""
    )
    assert lost == []


def test_nothing_is_fetched(page: Any) -> None:
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []


# --- with script and without -------------------------------------------------------------------------------------------------


def test_by_keyboard_alone_to_the_third_fault(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("n")
    third = page.evaluate("document.querySelectorAll('.fault')[2].id")
    assert page.evaluate("document.activeElement.closest('.fault').id") == third
    page.keyboard.press("p")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.fault').id") == third
    seen = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert -2 < seen < 900
    page.context.close()


def test_by_keyboard_alone_without_script(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html", java_script_enabled=False)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    third = page.locator(".fault").nth(2).get_attribute("id")
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(".fault:has(:focus)")
        if focused.count() and focused.first.get_attribute("id") == third:
            break
    else:
        raise AssertionError("80 times Tab did not reach the third fault")
    for hidden in (".filter", ".tools", ".calibrate"):
        assert page.locator(hidden).first.is_hidden()
    page.context.close()


def test_the_filter_leaves_what_was_asked_for_and_keys_can_be_switched_off(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html")
    faults = page.locator(".fault")
    every = faults.count()
    page.keyboard.press("f")
    page.keyboard.type("justified")
    shown = page.locator(".fault:visible").count()
    assert 0 < shown < every
    assert f"{shown} of {every}" in page.locator(".filter .count").inner_text()
    page.fill(".words", "")
    last = page.locator(".onpage option").last.get_attribute("value")
    page.select_option(".onpage", last)
    pages = page.evaluate("[...document.querySelectorAll('.fault:not([hidden])')].map(e => e.dataset.pages)")
    assert pages
    assert all(f" {last} " in one for one in pages)
    page.fill(".words", "justified")
    page.evaluate("location.hash = document.querySelector('.fault[hidden]').id")
    page.wait_for_function("!document.querySelector('.fault[hidden]')")
    page.uncheck(".keys-on")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.fault')") is None
    page.context.close()


def test_a_link_to_a_fault_is_copied(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "one.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".copy").nth(1).click()
    page.get_by_role("button", name="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{(folder / 'one.html').as_uri()}#{page.locator('.fault').nth(1).get_attribute('id')}"
    page.context.close()


def test_tables_sort_by_numbers_and_by_words(browser: Any, folder: Path) -> None:
    page = opened(browser, folder / "site" / "index.html")
    table = page.locator("table").nth(1)

    def column(number: int) -> list[str]:
        texts: list[str] = table.locator(f"tbody tr > :nth-child({number})").all_inner_texts()
        return texts

    assert column(1)[0].startswith("1.")
    table.get_by_role("button", name="No", exact=True).click()
    assert column(2) == sorted(column(2), key=int)
    table.get_by_role("button", name="No", exact=True).click()
    assert column(2) == sorted(column(2), key=int, reverse=True)
    assert table.locator("th[aria-sort=descending]").count() == 1
    table.get_by_role("button", name="Question").click()
    assert [text.split(".")[0] for text in column(1)] == [str(number) for number in range(1, 28)]
    page.context.close()
