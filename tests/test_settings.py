"""Settings files: what they may say, how they lie over each other, and where an error in one is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint import settings
from clearprint.errors import BadSettings
from clearprint.model import Job
from clearprint.settings import Finder, Settings, reader
from clearprint.settings.lines import Keys, lines_of
from clearprint.settings.patterns import matches, problem

# --- one file -------------------------------------------------------------------------------------------------------------


def written(folder: Path, text: str, name: str = "clearprint.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, document: str | None = None) -> Settings:
    file = reader.read(written(folder, text), root=folder)
    return file.of(None if document is None else folder / document)


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Settings(sources=("clearprint.toml",))


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    text = """
        checklist = "large-print"
        select = ["type-size", "4"]
        skip = ["folds"]
        fail_on = ["no"]
        timeout = 5
        [limits.leading]
        ratio = { fault_below = 1.3 }
        "ratio.heading" = { fault_below = 1.1, several = { count = 2 } }
        [declare]
        paper = "matt"
        both-sides = true
        fold-positions = [100, 200.5]
    """
    found = read(tmp_path, text)
    assert (found.checklist, found.select, found.skip) == ("large-print", ("type-size", "4"), ("folds",))
    assert (found.fail_on, found.timeout) == (("no",), 5.0)
    assert (found.declared.paper, found.declared.both_sides, len(found.declared.fold_positions)) == ("matt", True, 2)
    book = found.rulebook()
    limits = {limit.name: limit for limit in book.rule("leading").limits}
    assert (limits[""].fault_below, limits["heading"].fault_below) == (1.3, 1.1)
    assert limits[""].because == "Changed in clearprint.toml."
    assert found.skipped(book) == {rule.name for rule in book.rules} - {"type-size", "leading"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\nskipp = []\n", "clearprint.toml, line 2: unknown key 'skipp'. Did you mean 'skip'?"),
        ("skip = 3", "clearprint.toml, line 1: skip must be a list of words"),
        ("skip = [\n 'folds',\n 'leadin']", "line 3: No question is named 'leadin'. Did you mean 'leading'?"),
        ("timeout = -1", "line 1: timeout must be a number of seconds"),
        ("timeout = nan", "timeout must be a number"),
        ("timeout = true", "timeout must be a number"),
        ("a = 1\n= 3", "clearprint.toml, line 2: this is not TOML: Invalid statement."),
        ('skip = ["', "this is not TOML"),
        ('# why\nfail_on = [\n"no",\n"maybe"]', "line 4: fail_on: 'maybe' is nothing that can fail the gate"),
        ('fail_on = "no"', "fail_on must be a list of words"),
        ("fail_on = []", "fail_on: name at least one of no, unreadable"),
        ('checklist = "large-prin"', "line 1: there is no checklist named 'large-prin'. Did you mean 'large-print'?"),
        ("checklist = 3", "checklist must be a name: rnib-clear-print, large-print"),
        ("[limits]\n[limits.leadin]\nratio = {}", "line 2: No question is named 'leadin'. Did you mean 'leading'?"),
        ("[limits.leading]\n\nration = { fault_below = 1 }", "line 3: leading has no limit 'ration'. Did you mean 'ratio'?"),
        (
            "[limits.leading.ratio]\nfault_belo = 1",
            "line 2: leading, ratio: unknown key 'fault_belo'. Did you mean 'fault_below'?",
        ),
        ("[limits.leading]\nratio = { fault_below = 'big' }", "line 2: leading, ratio: fault_below = 'big' is no such limit."),
        ("[limits.leading]\nratio = { fault_below = inf }", "is no such limit"),
        ("[limits.leading]\nratio = { fault_in = ['x'] }", "unknown key 'fault_in'"),
        ("[limits.left-aligned]\nalignment = { fault_below = 2 }", "unknown key 'fault_below'"),
        ("[limits.leading]\nratio.heading = { fault_below = 1 }", 'leading: write "ratio.heading" with quotes round it.'),
        ("[limits.leading]\nratio = 3", "line 2: ratio needs the bound that changes"),
        ("limits = 3", "line 1: limits must be tables"),
        ("[limits]\nleading = 2", "line 2: [limits.leading] must be a table of measures."),
        ("[limits.line-length]\ncharacters = { fault_below = 90 }", "no value is both at least 90 and at most 80"),
        ("[limits.leading]\nratio = { several = { count = 0 } }", "is no such limit"),
        ("[limits.leading]\nratio = { several = { share = 2 } }", "is no such limit"),
        ("[declare]\npapr = 'matt'", "line 2: nothing named 'papr' can be declared. Did you mean 'paper'?"),
        ("[declare]\npaper = 'shiny'", "line 2: paper=shiny is not possible."),
        ("[declare]\nweight = 1999-01-01", "line 2: a word, a number or a list of them is declared."),
        ("[declare]\ncover = []", "a word, a number or a list"),
        ("declare = 'matt'", "declare must be a table"),
        ("[[document]]\nskip = []", "line 1: a [[document]] table needs files"),
        ("[[document]]\nfiles = []", "line 2: a [[document]] table needs files"),
        ("[[document]]\nfiles = '../x.pdf'", "line 2: the pattern '../x.pdf' cannot be used: it leads out of the folder"),
        ("[[document]]\nfiles = ['a.pdf',\n'/x.pdf']", "line 3: the pattern '/x.pdf' cannot be used: it is absolute"),
        ("[[document]]\nfiles = 'a'\n[[document]]\nfiles = 'b'\nskp = []", "line 5: unknown key 'skp'. Did you mean 'skip'?"),
        ("[[document]]\nfiles = 'a'\nextends = 'b'", "line 3: unknown key 'extends'"),
        ("[document]\nfiles = 'a'", "document must be tables: write [[document]]"),
        ("extends = ''", "line 1: extends must be the path of a settings file"),
        ("extends = 'none.toml'", "line 1: there is no file 'none.toml' to extend"),
        ("extends = 'https://example.org/house.toml'", "line 1: extends takes a file, no address"),
        ("extends = 'clearprint.toml'", "extend each other in a circle: clearprint.toml extends clearprint.toml."),
    ],
)
def test_an_error_says_where_and_what_would_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, text)
    with pytest.raises(BadSettings) as caught:
        settings.read(Path("clearprint.toml"))
    assert says in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith("clearprint.toml")


def test_files_that_are_no_settings(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"There is no settings file .*none\.toml"):
        settings.read(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(BadSettings, match="Save it as UTF-8"):
        settings.read(tmp_path / "latin.toml")
    with pytest.raises(BadSettings, match="cannot be read"):
        settings.read(tmp_path)
    with pytest.raises(BadSettings, match="has no table"):
        settings.read(written(tmp_path, "[tool.other]\n", "pyproject.toml"))
    with pytest.raises(BadSettings, match="line 2: this must be a table"):
        settings.read(written(tmp_path, "[tool]\nclearprint = 3\n", "pyproject.toml"))


def test_what_windows_editors_write_is_read(tmp_path: Path) -> None:
    path = tmp_path / "clearprint.toml"
    path.write_bytes(b'\xef\xbb\xbfskip = ["folds"]\r\n[declare]\r\npaper = "matt"\r\n')
    assert settings.read(path).of(None).skip == ("folds",)


def test_leaving_out_every_question_is_an_error(tmp_path: Path) -> None:
    found = read(tmp_path, 'select = ["folds"]\nskip = ["folds"]')
    with pytest.raises(BadSettings, match="nothing would be checked"):
        found.skipped(found.rulebook())


# --- files over files -----------------------------------------------------------------------------------------------------


def test_a_house_profile_is_extended_and_the_nearer_file_wins(tmp_path: Path) -> None:
    written(
        tmp_path / "house",
        'skip = ["folds"]\ntimeout = 9\nfail_on = ["any"]\n[limits.type-size]\nsize = { fault_below = 13, advice_below = 15 }\n'
        '[declare]\npaper = "matt"\nweight = 120\n',
        "house.toml",
    )
    found = read(
        tmp_path / "work",
        'extends = "../house/house.toml"\nskip = ["lies-flat"]\n[limits.type-size]\nsize = { fault_below = 14 }\n'
        '[declare]\npaper = "silk"\n',
    )
    assert (found.skip, found.timeout, found.fail_on) == (("lies-flat",), 9.0, ("any",))
    assert (found.declared.paper, found.declared.paper_weight) == ("silk", 120)
    assert found.sources == ("house.toml", "clearprint.toml")
    size = next(limit for limit in found.rulebook().rule("type-size").limits if limit.full_name == "size")
    assert (size.fault_below, size.advice_below) == (14, 15)
    assert "clearprint.toml" in size.because


def test_a_backslash_in_extends_is_a_slash(tmp_path: Path) -> None:
    written(tmp_path, "timeout = 7", "house.toml")
    assert read(tmp_path / "work", "extends = '..\\house.toml'").timeout == 7


def test_an_error_in_a_profile_names_the_profile(tmp_path: Path) -> None:
    written(tmp_path, "\n\ntimeot = 7", "house.toml")
    with pytest.raises(BadSettings, match=r"house\.toml, line 3: unknown key 'timeot'"):
        read(tmp_path / "work", 'extends = "../house.toml"')


def test_a_circle_of_files_is_named(tmp_path: Path) -> None:
    written(tmp_path, 'extends = "b.toml"', "a.toml")
    written(tmp_path, '\nextends = "a.toml"', "b.toml")
    with pytest.raises(BadSettings, match=r"b\.toml, line 2: .* in a circle: a\.toml extends b\.toml extends a\.toml"):
        settings.read(tmp_path / "a.toml")


def test_a_fold_and_its_positions_are_declared_together(tmp_path: Path) -> None:
    written(tmp_path, '[declare]\nfold = "tri"\nfold-positions = [97, 197]', "house.toml")
    assert read(tmp_path, 'extends = "house.toml"\n[declare]\nfold = "half"').declared == Job(fold="half")


def test_another_checklist_begins_with_its_own_limits(tmp_path: Path) -> None:
    written(tmp_path, "[limits.type-size]\nsize = { fault_below = 13 }", "house.toml")
    found = read(tmp_path, 'extends = "house.toml"\nchecklist = "large-print"')
    size = next(limit for limit in found.rulebook().rule("type-size").limits if limit.full_name == "size")
    assert size.fault_below == 16


def test_documents_are_given_their_own_and_the_last_table_wins(tmp_path: Path) -> None:
    text = """
        timeout = 10
        skip = ["folds"]
        [declare]
        paper = "matt"
        [[document]]
        files = "forms/**/*.pdf"
        timeout = 20
        declare = { kind = "form" }
        limits.type-size.size = { fault_below = 15 }
        [[document]]
        files = ["*-large.pdf", "big/"]
        checklist = "large-print"
        [[document]]
        files = "forms/last.pdf"
        timeout = 30
        skip = []
    """
    plain = read(tmp_path, text, "leaflet.pdf")
    assert (plain.timeout, plain.checklist, plain.declared) == (10, "rnib-clear-print", Job(paper="matt"))
    form = read(tmp_path, text, "forms/2026/a.pdf")
    assert (form.timeout, form.declared) == (20, Job(paper="matt", kind="form"))
    assert form.sources == ("clearprint.toml", "clearprint.toml for forms/**/*.pdf")
    assert form.skip == ("folds",)
    last = read(tmp_path, text, "forms/last.pdf")
    assert (last.timeout, last.skip) == (30, ())
    assert len(last.limits) == 1
    large = read(tmp_path, text, "forms/a-large.pdf")
    assert (large.checklist, large.limits, large.timeout) == ("large-print", (), 20)
    assert read(tmp_path, text, "big/deep/down/x.docx").checklist == "large-print"


def test_a_profile_s_patterns_begin_where_it_is_extended(tmp_path: Path) -> None:
    written(tmp_path / "house", "[[document]]\nfiles = 'forms/*.pdf'\ntimeout = 3\n", "house.toml")
    written(tmp_path / "work", 'extends = "../house/house.toml"')
    assert Finder().of(tmp_path / "work" / "forms" / "a.pdf").timeout == 3
    assert Finder().of(tmp_path / "work" / "b" / "forms" / "a.pdf").timeout == 60


# --- the nearest file -----------------------------------------------------------------------------------------------------


def test_the_nearest_file_holds_and_only_that(tmp_path: Path) -> None:
    written(tmp_path, 'timeout = 5\nskip = ["folds"]')
    written(tmp_path / "a" / "b", "timeout = 6")
    written(tmp_path / "a" / "c", "[tool.clearprint]\ntimeout = 7\n[tool.other]\nx = 1\n", "pyproject.toml")
    written(tmp_path / "a" / "d", "[tool.other]\nx = 1\n", "pyproject.toml")
    written(tmp_path / "a" / "e", "[tool.clearprint]\ntimeout = 8\n", "pyproject.toml")
    written(tmp_path / "a" / "e", "timeout = 9")
    finder = Finder()
    found = {name: finder.of(tmp_path / name / "x.pdf") for name in (".", "a", "a/b", "a/b/deep/er", "a/c", "a/d", "a/e")}
    assert {name: item.timeout for name, item in found.items()} == {
        ".": 5, "a": 5, "a/b": 6, "a/b/deep/er": 6, "a/c": 7, "a/d": 5, "a/e": 9,
    }  # fmt: skip
    assert found["a/b"].skip == ()  # nothing leaks from the file above
    assert found["a/d"].skip == ("folds",)


def test_an_error_in_pyproject_has_its_line(tmp_path: Path) -> None:
    written(tmp_path, "[project]\nname = 'x'\n\n[tool.clearprint]\ntimeout = 7\nskp = []\n", "pyproject.toml")
    with pytest.raises(BadSettings, match=r"pyproject\.toml, line 6: unknown key 'skp'"):
        Finder().of(tmp_path / "x.pdf")


def test_a_named_file_or_none_is_used_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "timeout = 5")
    house = written(tmp_path / "house", "timeout = 6\n[[document]]\nfiles = 'forms/*'\ntimeout = 7\n", "house.toml")
    document = tmp_path / "x.pdf"
    assert Finder(search=False).of(document) == Settings()
    assert Finder(house).of(document).timeout == 6
    monkeypatch.chdir(tmp_path)
    assert Finder(house).of(Path("forms/x.pdf")).timeout == 7  # its patterns begin in the current folder
    assert Finder(house).of(tmp_path / ".." / "elsewhere" / "forms" / "x.pdf").timeout == 6


def test_a_relative_document_and_a_folder_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "clearprint.toml").mkdir(parents=True)
    written(tmp_path, "timeout = 5")
    monkeypatch.chdir(tmp_path / "a")
    assert Finder().of(Path("x.pdf")).timeout == 5
    assert Finder().of(Path("../a/./x.pdf")).timeout == 5


# --- patterns -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("*.pdf", "a.pdf", True),
        ("*.pdf", "deep/down/a.PDF", True),
        ("./*.pdf", "deep/a.pdf", True),
        ("forms/*.pdf", "forms/a.pdf", True),
        ("forms/*.pdf", "forms/old/a.pdf", False),
        ("forms/*.pdf", "old/forms/a.pdf", False),
        ("forms/**/*.pdf", "forms/a.pdf", True),
        ("forms/**/*.pdf", "forms/a/b/c.pdf", True),
        ("**/forms/*.pdf", "forms/a.pdf", True),
        ("**/forms/*.pdf", "x/y/forms/a.pdf", True),
        ("forms/", "forms/a/b.docx", True),
        ("forms/", "forms", False),
        ("forms\\", "Forms/b.docx", True),
        ("forms\\*.pdf", "forms/a.pdf", True),
        (".\\forms\\**\\*.pdf", "forms/b/a.pdf", True),
        ("forms", "forms/a.pdf", False),
        ("[ab].pdf", "a.pdf", True),
        ("[!ab].pdf", "a.pdf", False),
        ("?.pdf", "é.pdf", True),
        ("?.pdf", "ab.pdf", False),
        ("[.pdf", "[.pdf", True),
        ("**", "a.pdf", True),
    ],
)
def test_what_a_pattern_means(pattern: str, path: str, meant: bool) -> None:
    root = Path("/house/project")
    assert matches(pattern, root / path, root) is meant


def test_a_document_elsewhere_is_only_meant_by_its_name_or_from_anywhere() -> None:
    root, document = Path("/house/project"), Path("/elsewhere/forms/a.pdf")
    assert matches("*.pdf", document, root)
    assert matches("**/forms/*.pdf", document, root)
    assert not matches("forms/*.pdf", document, root)


def test_windows_drives_are_absolute() -> None:
    assert problem(r"C:\drafts\*.pdf") is not None
    assert problem(r"\\server\share\*.pdf") is not None
    assert problem("") is not None
    assert problem(r"drafts\*.pdf") is None


@given(
    st.lists(st.sampled_from(["**", "*", "a", "*a*a*a*", "?"]), max_size=12),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=40),
)
def test_no_pattern_takes_long(pattern: list[str], parts: list[str]) -> None:
    document = Path("/top").joinpath(*parts, "a" * 60)
    assert matches("/".join([*pattern, "b"]), document, Path("/top")) is False


# --- lines ----------------------------------------------------------------------------------------------------------------

KEY = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), st.sampled_from(['"a b"', "'c.d'", '"e\\"f"', '"\\u00e9"'])
)
SCALAR = st.sampled_from(
    ["1", "-2.5e3", "true", "inf", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", '"x # \\" ] }"', "'y [ \\'", '""', "''",
     '"""one\n["two"]\n# three\\"""""', "'''a\nb = 1''''", '""" """']
)  # fmt: skip


def _values(depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return SCALAR
    inner = _values(depth - 1)
    gap = st.sampled_from([" ", "\n", " # [x = '\n  "])
    items = st.lists(inner, max_size=3)
    array = st.builds(
        lambda values, space: "[" + space + f",{space}".join(values) + (f",{space}]" if values else "]"), items, gap
    )
    table = st.dictionaries(KEY, inner, max_size=3).map(
        lambda data: "{ " + ", ".join(f"{k} = {v}" for k, v in data.items()) + " }"
    )
    return st.one_of(SCALAR, array, table)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines: list[str] = []
    header = st.lists(KEY, min_size=1, max_size=3).map(".".join)
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["", "[{}]", "[[{}]]", "[ {} ]  # note"]))
        if kind:
            lines.append(kind.format(draw(header)))
        for _ in range(draw(st.integers(0, 3))):
            indent = draw(st.sampled_from(["", "  ", "\t", "# note ]\n", "\n"]))
            lines.append(f"{indent}{draw(header)} = {draw(_values(2))}")
    return "\n".join(lines)


def _ways(data: Any, way: Keys = ()) -> set[Keys]:
    found = {way} if way else set()
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found |= _ways(value, (*way, key))
    return found


@given(documents())
def test_every_key_of_any_toml_is_found_on_its_line(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # the pieces clash: a key twice
    lines = lines_of(text)
    assert set(lines) == _ways(data)
    split = text.split("\n")
    for way, line in lines.items():
        if isinstance(way[-1], str) and way[-1].isascii() and way[-1].isalnum():
            assert way[-1] in split[line - 1]


@given(st.text(alphabet="[]{}=.,\"'#\\ \nab1", max_size=60))
def test_text_that_is_no_toml_is_walked_without_a_crash(text: str) -> None:
    assert isinstance(lines_of(text), dict)


def test_a_line_is_that_of_the_key() -> None:
    text = 'a = 1\n\n[b.c]\nd = [\n  1,\n  2]\n[[e]]\nf = """\nx\n"""\ng = 1\n[[e]]\nh.i = 1\n'
    lines = lines_of(text)
    assert lines[("a",)] == 1
    assert lines[("b",)] == lines[("b", "c")] == 3
    assert (lines[("b", "c", "d")], lines[("b", "c", "d", 1)]) == (4, 6)
    assert (lines[("e", 0, "g")], lines[("e", 1)], lines[("e", 1, "h", "i")]) == (11, 12, 13)


# --- any settings ---------------------------------------------------------------------------------------------------------

PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2000), st.floats(), st.text(max_size=6), st.lists(st.text(max_size=4), max_size=2)
)
NAMES = st.sampled_from(
    ["checklist", "select", "skip", "fail_on", "timeout", "limits", "declare", "document", "extends", "files", "leading",
     "ratio", "fault_below", "paper", "several", "count", "x"]
)  # fmt: skip
ANYTHING = st.dictionaries(
    NAMES,
    st.recursive(PLAIN, lambda inner: st.dictionaries(NAMES, inner, max_size=3) | st.lists(inner, max_size=2), max_leaves=6),
)


def toml(value: Any) -> str:
    """A value as TOML on one line; None is left out by the caller."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items() if item is not None) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value if item is not None) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    escaped = "".join(f"\\U{ord(char):08x}" if not char.isalnum() else char for char in value)
    return f'"{escaped}"'


def as_file(data: dict[str, Any]) -> str:
    return "\n".join(f"{key} = {toml(value)}" for key, value in data.items() if value is not None)


@given(ANYTHING)
def test_any_file_is_settings_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("any")
    written(folder, as_file(data))
    try:
        found = settings.read(folder / "clearprint.toml").of(folder / "x.pdf")
        found.rulebook()
    except BadSettings as error:
        said = error.message
    else:
        said = "clearprint.toml."
    assert "\n" not in said
    assert said.endswith((".", "?"))
    assert "clearprint.toml" in said
