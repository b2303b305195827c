"""What build servers read: SARIF, JUnit, GitHub. Held against published schemas and limits; golden; inert."""

from __future__ import annotations

import gzip
import json
import ntpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from lxml import etree

from clearprint import gate, rulebook
from clearprint.answers import Answer, Failure, Report, Settle
from clearprint.cli.outputs import FORMATS
from clearprint.reports import Run
from clearprint.reports.paths import Tree
from clearprint.reports.speech import speech_of
from clearprint.reports.to_github import ANNOTATIONS, SUMMARY, commands, markdown, summary
from clearprint.reports.to_junit import to_junit
from clearprint.reports.to_sarif import RESULTS, SIZE, to_sarif
from tests.reports_kit import HOSTILE, UNREADABLE, finding, golden, report

SCHEMAS = Path(__file__).parent / "schemas"
EVIL = (
    HOSTILE
    + "\n::set-output name=x::y\r\n##[add-mask]secret\x00\x0b\ufffe\ud800 %0A::error::z "
    + "[click](https://evil.example) {0} | `code`"
)
FAIL_ON = ("no", "unreadable")
PROGRAMS = ("sarif", "junit", "json")


def run_of(*reports: Report, fail_on: tuple[str, ...] = FAIL_ON, **changes: Any) -> Run:
    code = gate.exit_code(reports, lambda report, answer: gate.fails(answer, fail_on))
    made = Run(reports, rulebook.load(), lambda report, answer: gate.fails(answer, fail_on), code=code)
    return replace(made, **changes)


def few() -> Report:
    """A report with one answer of each kind."""
    return report(answers=tuple(answer for answer in report().answers if answer.number in (1, 2, 16, 24)))


def asking(cause: Any, reason: str = "Page 1 is a picture of a page.", path: str = "scan.pdf") -> Report:
    """A document whose first question is open for this cause, all else yes."""
    first, *rest = (answer for answer in report().answers if answer.number in (1, 2, 3))
    opened = Answer(first.number, first.name, first.question, "ask", reason, cause, "open")
    return report(path=path, answers=(opened, *rest))


def hostile() -> Report:
    answers = tuple(
        replace(
            answer,
            reason=EVIL,
            faults=(finding(excerpt=EVIL, style=EVIL, message=EVIL, fix=EVIL, path=EVIL, page=None),) if answer.faults else (),
        )
        for answer in report().answers
    )
    return report(path=EVIL, answers=answers)


def every(run: Run) -> dict[str, str]:
    """All formats of a run, and what GitHub shows beside its annotations."""
    return {**{name: draw(run) for name, draw in FORMATS.items()}, "summary": summary(run)}


def sarif(run: Run) -> dict[str, Any]:
    """The SARIF run, held against the schema."""
    text = to_sarif(run)
    data = json.loads(text)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(data)
    (result,) = data["runs"]
    assert isinstance(result, dict)
    return result


def junit(run: Run) -> Any:
    """The JUnit tree, held against the schema."""
    root = etree.fromstring(to_junit(run).encode("utf-8"))
    etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd"))).assertValid(root)
    return root


# --- golden -----------------------------------------------------------------------------------------------------------------


def test_sarif_is_golden() -> None:
    data = json.loads(to_sarif(run_of(few(), UNREADABLE)))
    driver = data["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.name for rule in rulebook.load().rules] + ["readable"]
    driver["rules"], driver["version"], driver["semanticVersion"] = [], "x", "x"
    golden("report.sarif", json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def test_junit_is_golden() -> None:
    golden(
        "report.xml",
        re.sub(r'name="clearprint" value="[^"]+"', 'name="clearprint" value="x"', to_junit(run_of(few(), UNREADABLE))),
    )


def test_github_is_golden() -> None:
    golden("github.txt", commands(run_of(few(), UNREADABLE, asking("unreadable"), verbose=True)))
    golden("github.md", summary(run_of(few(), UNREADABLE, asking("unreadable"))))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._style:
            self.words.append(" ".join(data.split()))


def test_html_words_are_golden() -> None:
    """The words alone, so that a change of style is no change of the golden file."""
    words = _Words()
    words.feed(FORMATS["html"](run_of(few(), UNREADABLE)))
    golden("report.html.txt", re.sub(r"clearprint \d+\.\d+\.\d+", "clearprint x", "\n".join(words.words)) + "\n")


# --- schemas ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reports", [(), (report(),), (report(), UNREADABLE, asking("crashed")), (hostile(),)])
def test_sarif_and_junit_hold_to_their_schemas(reports: tuple[Report, ...]) -> None:
    run = run_of(*reports, verbose=True)
    assert len(sarif(run)["artifacts"]) == len(reports)
    assert len(junit(run)) == len(reports)


def test_sarif_names_places_as_code_scanning_wants_them() -> None:
    made = report(path="drafts/très long #1 100%.pdf")
    data = sarif(run_of(made))
    first, second = data["results"]
    place = first["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "drafts/tr%C3%A8s%20long%20%231%20100%25.pdf"
    assert place["physicalLocation"]["region"] == {"startLine": 1}
    assert place["logicalLocations"] == [{"name": "page 1", "kind": "page"}]
    assert first["properties"]["box"] == [40.0, 700.0, 300.0, 712.0]
    assert first["partialFingerprints"]["primaryLocationLineHash"] == "00ff"
    assert first["level"] == "error"
    assert second["properties"]["pages"] == [2, 3]
    rules = data["tool"]["driver"]["rules"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "type-size"
    assert "**What to do**" in rules[0]["help"]["markdown"]
    assert rules[3]["name"] == "SpaceBetweenLines"
    assert all(rule.get("name", "").lower() != rule["id"] for rule in rules)
    assert all(rule["help"]["text"] and len(rule["properties"]["tags"]) <= 10 for rule in rules)


def test_sarif_escapes_what_would_be_a_link_or_a_placeholder() -> None:
    made = report(answers=(replace(report().answers[0], faults=(finding(excerpt="[a](b) {0} \\"),)),))
    assert "\\[a\\](b) {{0}} \\\\" in sarif(run_of(made))["results"][0]["message"]["text"]


def test_junit_has_a_suite_a_document_and_a_case_a_question() -> None:
    root = junit(run_of(report(), UNREADABLE))
    first, second = root
    assert first.get("name") == "drafts/leaflet.pdf"
    assert [first.get(word) for word in ("tests", "failures", "errors", "skipped")] == ["27", "1", "0", "2"]
    assert first.find("testcase").get("classname") == "clearprint.drafts/leaflet_pdf"  # one full stop: Jenkins' package
    failure = first.find("testcase/failure")
    assert failure.get("message") == "Reason 1."
    assert "page 1 “Registered charity”" in failure.text
    assert {case.get("type") for case in first.iter("skipped")} == {"na", "undeclared"}
    assert "Reason 24." in first.findall("testcase/skipped")[-1].get("message")
    assert [second.get(word) for word in ("tests", "failures", "errors")] == ["1", "0", "1"]
    assert [root.get(word) for word in ("tests", "failures", "errors")] == ["28", "1", "1"]


# --- never a false green ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["damaged", "timeout", "memory", "crashed", "crashed-engine", "empty-folder", "encrypted"])
def test_a_document_that_was_not_checked_is_in_every_format_and_passes_in_none(code: str) -> None:
    lost = Report(path="lost.pdf", error=Failure(code, "lost.pdf: WHY IT WAS NOT READ."))
    run = run_of(report(answers=report().answers[1:2], path="fine.pdf"), lost)
    assert run.code == (3 if code == "crashed" else 2)
    for name, text in every(run).items():
        assert "lost.pdf" in text, name
        assert "WHY IT WAS NOT READ" in text, name
    data = sarif(run)
    assert data["invocations"][0]["executionSuccessful"] is False
    assert data["invocations"][0]["exitCode"] == run.code
    assert [note["descriptor"]["id"] for note in data["invocations"][0]["toolExecutionNotifications"]] == [code]
    assert [(result["ruleId"], result["level"]) for result in data["results"]] == [("readable", "error")]
    assert junit(run).find("testsuite/testcase/error").get("type") == code
    assert commands(run).startswith("::error file=lost.pdf,")
    assert "| lost.pdf | | ! not checked |" in summary(run)
    assert "1 of 2 documents fails" in summary(run)
    assert json.loads(FORMATS["json"](run))["documents"][1]["verdict"] is None


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("cause", ["unreadable", "timeout", "partial", "crashed"])
def test_what_could_not_be_read_within_a_document_fails_by_default(cause: str, quiet: bool) -> None:
    run = run_of(asking(cause), quiet=quiet)
    assert run.code == (3 if cause == "crashed" else 1)
    text = FORMATS["text"](run)
    assert "Page 1 is a picture of a page." in text or cause == "crashed"
    if cause != "crashed":
        assert "Type size  (fails)" in text
        assert [result["level"] for result in sarif(run)["results"]] == ["error"]
        assert junit(run).get("failures") == "1"
        assert commands(run).startswith("::error file=scan.pdf,title=1 not answered")
        assert "it fails" in summary(run)
    else:
        assert junit(run).get("errors") == "1"
        assert sarif(run)["invocations"][0]["executionSuccessful"] is False


def test_what_is_open_and_does_not_fail_is_told_and_marks_nothing() -> None:
    run = run_of(asking("undeclared"))
    assert run.code == 0
    assert commands(run) == ""
    assert commands(replace(run, verbose=True)).startswith("::notice file=scan.pdf")
    assert sarif(run)["results"] == []
    assert sarif(run)["artifacts"][0]["properties"]["answers"]["type-size"] == "ask"
    assert junit(run).find("testsuite/testcase/skipped").get("type") == "undeclared"
    assert "it passes" in summary(run)


def test_quiet_says_nothing_when_nothing_fails_and_with_verbose_what_is_open() -> None:
    run = run_of(asking("undeclared"), quiet=True)
    assert FORMATS["text"](run) == ""
    loud = FORMATS["text"](replace(run, verbose=True))
    assert "? ask  1 Type size" in loud
    assert "✓" not in loud


def test_one_unread_page_is_told_once_with_all_that_it_leaves_open() -> None:
    reason = "Page 1 is a picture of a page."
    opened = [replace(answer, answer="ask", cause="unreadable", reason=reason, faults=()) for answer in report().answers[:5]]
    run = run_of(report(answers=tuple(opened)))
    assert FORMATS["text"](run).count(reason) == 1
    assert summary(run).count(reason) == 1
    assert commands(run).count(reason) == 1
    html = FORMATS["html"](run)
    todo = html[html.index("To do: 5 questions") : html.index(">The 5 answers<")]
    assert todo.count(reason) == 1
    assert "<code>" not in todo  # no declaration settles what could not be looked at


def test_a_no_that_the_gate_lets_through_is_a_warning() -> None:
    run = run_of(report(), fail_on=("unreadable",))
    assert run.code == 0
    assert {result["level"] for result in sarif(run)["results"]} == {"warning"}
    assert commands(run).startswith("::warning ")
    assert "it passes" in summary(run)
    assert "**1. Type size**" in summary(run)
    assert junit(run).get("failures") == "1"  # a no is a failed case whatever the gate lets through


# --- limits -----------------------------------------------------------------------------------------------------------------


def test_github_gets_ten_annotations_a_level_each_document_first_and_the_rest_said() -> None:
    no = report().answers[0]
    many = [report(path=f"d{n}.pdf", answers=tuple(replace(no, number=k) for k in range(1, 4))) for n in range(20)]
    lines = commands(run_of(*many)).splitlines()
    assert len(lines) == ANNOTATIONS
    assert [re.findall(r"file=(\w+)\.pdf", line) for line in lines[:9]] == [[f"d{n}"] for n in range(9)]
    assert "51 more are not shown here" in lines[-1]
    assert len(commands(run_of(*many[:3])).splitlines()) == 9


def test_the_summary_stays_within_its_limit_and_says_what_was_cut() -> None:
    made = [report(path=f"drafts/leaflet-{n:05}.pdf") for n in range(4_000)]
    text = summary(run_of(*made))
    assert SUMMARY - 10_000 < len(text.encode()) <= SUMMARY
    assert "**Cut short:** what fails is not listed for" in text
    assert "4,000 of 4,000 documents fail" in text
    short = summary(run_of(*made), room=5_000)
    assert len(short.encode()) <= 5_000
    assert re.search(r"Cut short:\*\* \d+ of 4000 documents are not in the table; what fails is not listed for 4000", short)
    assert summary(run_of(*made), room=100) == ""


def test_sarif_keeps_what_code_scanning_takes_and_says_what_it_left_out() -> None:
    no = report().answers[0]
    faults = tuple(finding(fingerprint=f"{n:016x}") for n in range(3_000))
    other = replace(report().answers[1], answer="no", faults=(finding(fingerprint="f" * 16),), fault_count=1)
    made = [report(path=f"d{n}.pdf", answers=(replace(no, faults=faults, fault_count=3_001), other)) for n in range(3)]
    data = sarif(run_of(*made))
    assert len(data["results"]) == RESULTS
    assert sum(result["ruleId"] == other.name for result in data["results"]) == 3  # the first of each question comes first
    assert data["properties"]["resultsFound"] == 9_006  # with those that were counted only
    (note,) = data["invocations"][0]["toolExecutionNotifications"]
    assert "4006 of 9006 results are left out" in note["message"]["text"]
    assert data["results"] == sorted(
        data["results"], key=lambda r: r["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
    )


def test_sarif_stays_within_the_size_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearprint.reports.to_sarif.SIZE", 20_000)
    assert SIZE == 10_000_000
    no = report().answers[0]
    faults = tuple(finding(fingerprint=f"{n:016x}", excerpt=str(n**9)) for n in range(900))
    text = to_sarif(run_of(report(answers=(replace(no, faults=faults, fault_count=900),))))
    assert len(gzip.compress(text.encode())) <= 20_000
    assert 0 < len(json.loads(text)["runs"][0]["results"]) < 900
    assert "results are left out" in text


# --- hostile text -----------------------------------------------------------------------------------------------------------


def test_hostile_text_stays_inert_in_every_format() -> None:
    lost = Report(path=EVIL, error=Failure("damaged", EVIL))
    for quiet in (False, True):
        for name, text in every(run_of(hostile(), lost, verbose=True, quiet=quiet)).items():
            for bad in ("\x1b", "\x00", "\x0b", "\u202e", "\ufffe", "\ud800", "\r", "##["):
                assert bad not in text, (name, bad)
            for line in text.splitlines():
                started = line.lstrip().startswith("::")
                assert not started or (name == "github" and re.match(r"::(error|warning|notice) (file|title)=", line)), line
            if name in ("html", "summary"):
                assert "<script>alert" not in text.replace("\\<", "&lt;")


def test_an_annotation_is_one_line_whose_fields_cannot_be_left() -> None:
    lost = Report(path="a,title=b::c%0A\n::error::d.pdf", error=Failure("damaged", "50 % of it\n::stop-commands::x"))
    (line,) = commands(run_of(lost)).splitlines()
    fields, text = line.removeprefix("::error ").split("::", 1)
    assert fields == "file=a%2Ctitle=b%3A%3Ac%250A %3A%3Aerror%3A%3Ad.pdf,title=Could not be checked"
    assert "50 %25 of it ::stop-commands::x" in text


def test_markdown_of_hostile_text_shows_it_letter_for_letter() -> None:
    from markdown_it import MarkdownIt

    for text in (
        EVIL,
        "<img src=x onerror=alert(1)>",
        "a | b",
        "*a* _b_ `c` ~~d~~",
        "# h",
        "www.evil.example",
        "[a](b)",
        "&lt;",
    ):
        shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown(text))
        words = _Words()
        words.feed(shown)
        assert re.findall(r"<(\w+)", shown) == ["p"], shown
        assert " ".join(words.words) == " ".join(
            "".join(c if c.isprintable() else " " for c in " ".join(text.split())).replace("##[", "## [").split()
        )


# --- paths ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "path", "uri"),
    [
        (r"C:\repo", r"drafts\a b.pdf", "drafts/a%20b.pdf"),
        (r"C:\repo", "drafts/a.pdf", "drafts/a.pdf"),
        (r"C:\repo\sub", r"C:\repo\a.pdf", "a.pdf"),
        (r"C:\repo", r"D:\other\a.pdf", "file:///D%3A/other/a.pdf"),
        (r"C:\repo", r"\\server\share\a.pdf", "file://server/share/a.pdf"),
    ],
)
def test_paths_of_windows_are_told_the_same_way(here: str, path: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearprint.reports.paths.os", SimpleNamespace(path=ntpath, sep="\\", pardir=".."))
    assert Tree(r"C:\repo", here).uri(path) == uri


@pytest.mark.parametrize(
    ("here", "path", "uri"),
    [
        ("/repo", "a.pdf", "a.pdf"),
        ("/repo", "./drafts/../b/a.pdf", "b/a.pdf"),
        ("/repo/sub", "a.pdf", "sub/a.pdf"),
        ("/repo/sub", "../a.pdf", "a.pdf"),
        ("/repo", "/repo/x/a.pdf", "x/a.pdf"),
        ("/repo", "/elsewhere/a b.pdf", "file:///elsewhere/a%20b.pdf"),
        ("/repo", "../out.pdf", "../out.pdf"),
        ("/repo", "a:b?c#d.pdf", "a%3Ab%3Fc%23d.pdf"),
        ("/repo", "caf\udce9.pdf", "caf%E9.pdf"),
    ],
)
def test_paths_are_told_from_the_root_of_the_repository(here: str, path: str, uri: str) -> None:
    assert Tree("/repo", here).uri(path) == uri


def test_the_root_is_the_nearest_folder_with_a_git_in_it(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "drafts"
    inner.mkdir(parents=True)
    (tmp_path / "repo" / ".git").write_text("gitdir: elsewhere")  # a worktree has a file there
    assert Tree.around(inner).within("a.pdf") == "drafts/a.pdf"
    assert Tree.around(tmp_path).root == str(tmp_path) or (tmp_path / ".git").exists()


def test_no_verdict_says_that_nothing_is_to_mend_where_pages_could_not_be_read() -> None:
    book = rulebook.load()
    said = {cause: speech_of(book).verdict(asking(cause), book.goal) for cause in ("unreadable", "timeout", "undeclared")}
    assert said["unreadable"] == said["timeout"] == "Not answered yet: part of it could not be read"
    assert said["undeclared"] == "Nothing to mend was found, but some questions are open"


def test_what_would_settle_an_open_question_is_told_to_build_servers() -> None:
    settle = Settle(
        "clearprint declare scan.pdf --set paper=VALUE", 'paper = "VALUE"', "scan.clearprint.toml", ("gloss", "matt")
    )
    open_report = asking("undeclared")
    first, *rest = open_report.answers
    shown = every(run_of(replace(open_report, answers=(replace(first, settle=settle), *rest)), fail_on=("undeclared",)))
    for name in ("junit", "sarif", "text"):
        assert "clearprint declare scan.pdf --set paper=VALUE" in shown[name], name
        assert "gloss, matt" in shown[name], name
