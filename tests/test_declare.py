"""`clearprint declare`: the round trip from open to answered and open again, overruling, and a person at a terminal."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pages_kit import lines, plain_pdf
from tests.test_cli import clearprint

TEXT = (
    "The bus to the town stops at the gate every ten minutes and the",
    "driver will help you with your bag if you ask him. There is a seat",
    "in the shelter and a timetable on the wall beside the door.",
)
SIGNED = ("--by", "Ann Lee", "--why", "Read the proof under a magnifier")


def document(
    path: Path, first: str = "Getting about", ring: str = "Ring 01632 960 417 between 9 and 5.", small: str = ""
) -> Path:
    """Two pages; on the second a number in a face that nobody knows, so that its figures are left open."""
    pages = [
        lines(first, size=20, y=780) + lines(*TEXT),
        lines("Ring us", size=20, y=780) + lines(*TEXT) + lines(ring, y=650, font="F2") + (lines(small, y=600, size=9)),
    ]
    path.write_bytes(plain_pdf(pages, fonts={"F1": "Helvetica", "F2": "Zanzibar"}))
    return path


def answers(path: Path, *options: str) -> dict[str, dict[str, object]]:
    data = json.loads(clearprint("check", path, "--format", "json", "--exit-zero", *options).stdout)
    return {answer["name"]: answer for answer in data["documents"][0]["answers"]}


# --- from open to answered and open again ---------------------------------------------------------------------------------


def test_declare_check_edit_and_check_again(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    assert clearprint("check", leaflet, "--strict").returncode == 1
    sets = ("--set", "paper=matt", "--set", "fold=none", "--set", "numerals=yes")
    done = clearprint("declare", leaflet, *sets, *SIGNED)
    assert (done.returncode, done.stderr) == (0, "")
    passed = clearprint("check", leaflet, "--strict")
    assert passed.returncode == 0
    assert "answered by Ann Lee" in passed.stdout
    assert "declared: paper = matt (leaflet.clearprint.toml, line" in passed.stdout

    document(leaflet, first="Getting around")  # the other page: its answer holds
    assert clearprint("check", leaflet, "--strict").returncode == 0

    document(leaflet, ring="Phone 01632 960 417 between 9 and 5.")
    again = clearprint("check", leaflet, "--strict")
    assert again.returncode == 1
    assert "Figures  (fails)" in again.stdout
    assert "Ann Lee said yes on" in " ".join(again.stdout.split())
    assert "page 2 was changed since" in " ".join(again.stdout.split())
    assert clearprint("check", leaflet, "--fail-on", "stale").returncode == 1
    assert clearprint("check", leaflet).returncode == 0
    assert "edited   numerals: yes" in clearprint("declare", leaflet, "--list").stdout


def test_an_answer_ends_after_its_last_day(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    clearprint("declare", leaflet, "--set", "numerals=yes", "--set", "paper=matt", "--until", "2099-01-01", *SIGNED)
    later = {"SOURCE_DATE_EPOCH": "4102444800"}  # 2100
    found = clearprint("check", leaflet, "--format", "json", "--exit-zero", **later)
    document_data = json.loads(found.stdout)["documents"][0]
    numerals = next(answer for answer in document_data["answers"] if answer["name"] == "numerals")
    assert (numerals["answer"], numerals["reopened"][0]["because"]) == ("ask", "expired")
    assert [item["name"] for item in document_data["expired"]] == ["paper"]
    assert answers(leaflet)["numerals"]["settled"] == "person"
    listed = clearprint("declare", leaflet, "--list", **later).stdout
    assert listed.count("expired ") == 2


def test_what_people_wrote_in_the_file_stays(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    sidecar = tmp_path / "leaflet.clearprint.toml"
    sidecar.write_text('# agreed with the printer on Monday\n[declare]\npaper = "gloss"  # for now\nweight = 120\n')
    clearprint("declare", leaflet, "--set", "paper=matt", "--set", "fold-positions=99,198")
    text = sidecar.read_text()
    assert "# agreed with the printer on Monday" in text
    assert 'paper = "matt"' in text
    assert "weight = 120" in text
    assert "fold-positions = [99, 198]" in text
    clearprint("declare", leaflet, "--set", "numerals=no", *SIGNED)
    clearprint("declare", leaflet, "--set", "numerals=yes", *SIGNED)
    assert sidecar.read_text().count("[[answer]]") == 1
    assert answers(leaflet)["numerals"]["answer"] == "yes"
    clearprint("declare", leaflet, "--unset", "numerals", "--unset", "paper")
    assert answers(leaflet)["numerals"]["answer"] == "ask"
    assert "paper" not in sidecar.read_text().replace("clearprint", "")


def test_one_sidecar_serves_the_word_file_too(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    word = tmp_path / "leaflet.docx"
    word.write_bytes((Path(__file__).parents[1] / "fixtures" / "samples" / "letter-good.docx").read_bytes())
    clearprint("declare", leaflet, "--set", "paper=matt", "--set", "fold=none")
    for file in (leaflet, word):
        assert answers(file)["matt-paper"]["settled"] == "declared"


# --- overruling -----------------------------------------------------------------------------------------------------------


def test_a_no_is_overruled_for_one_place_and_then_as_a_whole(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf", small="Printed by Mill Lane Press")
    assert answers(leaflet)["type-size"]["answer"] == "no"
    refused = clearprint("declare", leaflet, "--set", "type-size=yes", *SIGNED)
    assert refused.returncode == 2
    assert "--overrule type-size" in refused.stderr
    assert clearprint("declare", leaflet, "--overrule", "type-size:1", *SIGNED).returncode == 0
    place = answers(leaflet)["type-size"]
    assert (place["answer"], [fault["status"] for fault in place["faults"]]) == ("no", ["overruled"])  # type: ignore[attr-defined]
    assert clearprint("check", leaflet, "--fail-on", "no").returncode == 0
    assert clearprint("check", leaflet, "--fail-on", "no,overruled").returncode == 1
    document(leaflet, small="Printed by the Mill Lane Press")
    assert clearprint("check", leaflet, "--fail-on", "no").returncode == 1
    clearprint("declare", leaflet, "--overrule", "type-size", *SIGNED)
    after = clearprint("check", leaflet, "--fail-on", "no", "--format", "text", "--format", f"sarif={tmp_path}/s")
    assert after.returncode == 0
    assert "overruled by Ann Lee" in after.stdout
    (result,) = json.loads((tmp_path / "s").read_text())["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "Ann Lee: Read the proof under a magnifier"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--set", "numerals=yes"), 'needs --by "YOUR NAME" and --why'),
        (("--set", "numeral=yes", *SIGNED), "Did you mean 'numerals'?"),
        (("--set", "numerals=ye", *SIGNED), "Did you mean 'yes'?"),
        (("--set", "paper=mat"), "Did you mean 'matt'?"),
        (("--set", "paper"), "paper=gloss|silk|matt|uncoated"),
        (("--set", "leading=yes", *SIGNED), "leading is answered yes already"),
        (("--set", "paper=matt", "--until", "tomorrow"), "is no date"),
        (("--set", "paper=matt", "--until", "2099-01-01"), "--until needs --by"),
        (("--set", "numerals=yes", "--page", "9", *SIGNED), "has 2 pages"),
        (("--overrule", "leading", *SIGNED), "it is not answered no"),
        (("--overrule", "paper", *SIGNED), "this is a fact"),
        (("--unset", "papr"), "Did you mean 'paper'?"),
    ],
)
def test_every_mistake_is_one_sentence_and_writes_nothing(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    done = clearprint("declare", document(tmp_path / "leaflet.pdf"), *options)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]


def test_places_are_named_where_the_wrong_one_is_given(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf", small="Printed by Mill Lane Press")
    done = clearprint("declare", leaflet, "--overrule", "type-size:7", *SIGNED)
    assert done.returncode == 2
    assert "1 is page 2 “Printed by Mill Lane Press”" in done.stderr


# --- a person at a terminal -----------------------------------------------------------------------------------------------


class Terminal:
    """A person's session through a pseudo-terminal."""

    def __init__(self, *arguments: str | Path) -> None:
        pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
        self._main, child = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clearprint", *map(str, arguments)],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**os.environ, "TERM": "xterm", "CLEARPRINT_RAISE": "1"},
            start_new_session=True,
        )
        os.close(child)
        self.shown = ""

    def until(self, words: str, seconds: float = 60) -> None:
        """Wait until something is shown."""
        end = time.monotonic() + seconds
        while words not in self.shown:
            assert time.monotonic() < end, f"{words!r} was never shown in {self.shown!r}"
            if select.select([self._main], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self._main, 65536).decode()
                except OSError:
                    assert words in self.shown, self.shown
                    return

    def type(self, text: str) -> None:
        self.shown = ""
        os.write(self._main, text.encode() + b"\n")

    def end(self) -> int:
        code = self.process.wait(30)
        os.close(self._main)
        return code


def test_a_person_answers_one_question_after_the_other(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    person = Terminal("declare", leaflet)
    person.until("3 questions are open")
    person.until("24. ")
    person.until("uncoated, as for copying")
    person.type("mat")
    person.until("Did you mean 'matt'?")
    person.type("matt")
    person.until("26. ")
    person.type("")  # left open
    person.until("7. ")
    person.until("Look at page 2")
    person.type("perhaps")
    person.until("no answer")
    person.type("yes")
    person.until("What did you look at")
    person.type("The proof")
    person.until("Your name")
    person.type("Ann Lee")
    person.until("Until which day")
    person.type("2099-12-31")
    person.until("Next: clearprint check")
    assert person.end() == 0
    after = answers(leaflet)
    assert (after["matt-paper"]["answer"], after["numerals"]["settled"], after["folds"]["answer"]) == ("yes", "person", "ask")
    text = (tmp_path / "leaflet.clearprint.toml").read_text()
    assert 'paper = {value = "matt", by = "Ann Lee"' in text
    assert "pages = [2]" in text


def test_control_c_leaves_everything_as_it_was(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    sidecar = tmp_path / "leaflet.clearprint.toml"
    sidecar.write_text("[declare]\nweight = 120\n")
    before = sidecar.read_bytes()
    person = Terminal("declare", leaflet)
    person.until("uncoated, as for copying")
    person.type("matt")
    person.until("26. ")
    os.killpg(person.process.pid, signal.SIGINT)
    person.until("interrupted")
    assert person.end() == 130
    assert sidecar.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["leaflet.clearprint.toml", "leaflet.pdf"]


def test_a_person_who_has_had_enough_keeps_what_was_answered(tmp_path: Path) -> None:
    leaflet = document(tmp_path / "leaflet.pdf")
    person = Terminal("declare", leaflet, "--by", "Ann Lee", "--until", "2099-12-31")
    person.until("uncoated, as for copying")
    person.type("silk")
    person.until("26. ")
    person.type("q")
    person.until("Next: clearprint check")
    assert person.end() == 0
    assert answers(leaflet)["matt-paper"]["settled"] == "declared"
    nothing = Terminal("declare", leaflet)
    nothing.until("26. ")
    nothing.type("q")
    nothing.until("nothing is written")
    assert nothing.end() == 0
