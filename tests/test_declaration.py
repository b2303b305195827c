"""What can be declared, how it is read, and where folds lie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint.declaration import KEYS, LAST_PAGE, Source, described, merged, parse, together, told
from clearprint.errors import BadDeclaration
from clearprint.model import Job

EVERYTHING = [
    "kind=leaflet",
    "paper=matt",
    "paper-colour=#fff3d6",
    "weight=100",
    "both-sides=yes",
    "fold=tri",
    "fold-positions=99,198",
    "fold-heights=105",
    "panels=3x2",
    "finished-size=a5",
    "binding=saddle",
    "scale=0.5",
    "hand-filled=no",
    "cover=1,8",
    "stage=draft",
    "language=cy",
]


def test_everything_can_be_declared_and_is_described_as_it_was_written() -> None:
    assert described(parse(EVERYTHING)) == {
        "kind": "leaflet",
        "paper": "matt",
        "weight": 100.0,
        "paper-colour": "#fff3d6",
        "both-sides": True,
        "fold": "tri",
        "fold-positions": [99.0, 198.0],
        "fold-heights": [105.0],
        "panels": "3x2",
        "finished-size": "148x210",
        "binding": "saddle",
        "scale": 0.5,
        "hand-filled": False,
        "cover": [1, 8],
        "stage": "draft",
        "language": "cy",
    }
    assert {pair.partition("=")[0] for pair in EVERYTHING} == {key.name for key in KEYS}


def test_nothing_declared_is_nothing_described() -> None:
    assert parse([]) == Job()
    assert described(Job()) == {}


@pytest.mark.parametrize(("text", "cover"), [("none", ()), ("first", (1,)), ("both", (1, LAST_PAGE)), ("8,1", (1, 8))])
def test_covers(text: str, cover: tuple[int, ...]) -> None:
    assert parse([f"cover={text}"]).cover == cover


@pytest.mark.parametrize(
    ("pair", "field", "value"),
    [
        ("paper=glossy", "paper", "gloss"),
        ("Paper = SATIN", "paper", "silk"),
        ("fold=letter", "fold", "tri"),
        ("hand_filled=true", "hand_filled", True),
        ("scale=50%", "scale", 0.5),
        ("language=en-GB", "language", "en"),
        ("paper_colour=fff", "paper_colour", (1.0, 1.0, 1.0)),
    ],
)
def test_other_ways_to_write_it(pair: str, field: str, value: object) -> None:
    assert getattr(parse([pair]), field) == value


@pytest.mark.parametrize(
    ("pair", "hint"),
    [
        ("papr=matt", "'paper'"),
        ("paper=mat", "'matt'"),
        ("paper", "paper=gloss|silk|matt|uncoated"),
        ("paper=", "needs a value"),
        ("kind=leflet", "'leaflet'"),
        ("scale=0", "scale=FACTOR"),
        ("scale=nan", "scale=FACTOR"),
        ("scale=1e9", "scale=FACTOR"),
        ("weight=heavy", "grams"),
        ("cover=0", "cover="),
        ("cover=1,x", "cover="),
        ("hand-filled=perhaps", "yes|no"),
        ("paper-colour=cream", "#RRGGBB"),
        ("fold-positions=99,-3", "MM,MM"),
        ("panels=4", "COLUMNSxROWS"),
        ("panels=0x3", "COLUMNSxROWS"),
        ("finished-size=A9", "WIDTHxHEIGHT"),
        ("finished-size=5x5", "WIDTHxHEIGHT"),
        ("language=english language", "language="),
        ("=", "Nothing named ''"),
    ],
)
def test_mistakes_are_named_with_what_is_possible(pair: str, hint: str) -> None:
    with pytest.raises(BadDeclaration) as caught:
        parse([pair])
    assert hint in caught.value.message
    assert caught.value.exit_code == 2


def test_two_values_of_one_thing_are_a_mistake_and_the_same_twice_is_none() -> None:
    with pytest.raises(BadDeclaration, match="declared twice"):
        parse(["paper=matt", "paper=gloss"])
    assert parse(["paper=matt", "paper=matte"]).paper == "matt"


def _read(pair: str) -> Job | str:
    """What is declared, or the sentence that refuses it."""
    try:
        return parse([pair])
    except BadDeclaration as error:
        return error.message


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = _read(text)
    assert isinstance(found, Job) or found.endswith(("?", "."))


@given(st.sampled_from([key.name for key in KEYS]), st.text(max_size=20))
def test_any_value_is_read_or_refused(name: str, value: str) -> None:
    found = _read(f"{name}={value}")
    assert name in (described(found) if isinstance(found, Job) else found)


def test_the_stronger_declaration_wins() -> None:
    both = merged(parse(["paper=matt"]), parse(["paper=gloss", "fold=half", "fold-positions=100"]))
    assert (both.paper, both.fold, len(both.fold_positions)) == ("matt", "half", 1)


def test_a_weaker_source_tells_where_a_named_fold_lies() -> None:
    named = merged(parse(["fold=tri"]), parse(["fold=tri", "fold-positions=97,197"]))
    assert len(named.fold_positions) == 2
    assert merged(parse(["fold=tri"]), parse(["fold=half", "fold-positions=97"])).fold_positions == ()
    assert merged(parse(["fold=none"]), parse(["fold=none", "fold-positions=97"])).fold_positions == ()


def _source(where: str, *pairs: str, ticket: bool = False) -> Source:
    job = parse(pairs)
    return Source(job, told(job, where), ticket)


def test_each_thing_is_said_by_the_strongest_source_that_speaks_of_it() -> None:
    asked, house = _source("--declare", "paper=silk"), _source("clearprint.toml", "paper=matt", "weight=100")
    job, known = together([asked, house])
    assert (job.paper, job.paper_weight) == ("silk", 100.0)
    assert [(item.name, item.value, item.where) for item in known.told] == [
        ("paper", "silk", "--declare"),
        ("weight", "100", "clearprint.toml"),
    ]
    assert known.contradictions == ()


def test_a_ticket_that_says_otherwise_is_reported_and_the_stronger_wins() -> None:
    ticket = _source("order.jdf", "paper=gloss", "fold=half", "binding=saddle", ticket=True)
    job, known = together([_source("--declare", "paper=matt", "fold=none"), ticket])
    assert (job.paper, job.fold, job.binding) == ("matt", "none", "saddle")
    found = [(item.name, item.used.value, item.other.value, item.other.where) for item in known.contradictions]
    assert found == [("paper", "matt", "gloss", "order.jdf"), ("fold", "none", "half", "order.jdf")]
    assert {item.name: item.where for item in known.told}["binding"] == "order.jdf"


def test_positions_that_differ_by_less_than_a_millimetre_are_the_same() -> None:
    stronger = _source("a.toml", "fold-positions=99,198")
    assert together([stronger, _source("order.jdf", "fold-positions=99.5,198", ticket=True)])[1].contradictions == ()
    assert len(together([stronger, _source("order.jdf", "fold-positions=97,197", ticket=True)])[1].contradictions) == 1


@given(st.lists(st.sampled_from(EVERYTHING), unique=True), st.lists(st.sampled_from(EVERYTHING), unique=True))
def test_what_is_told_is_what_holds(strong: list[str], weak: list[str]) -> None:
    job, known = together([_source("strong", *strong), _source("weak", *weak)])
    assert {item.name for item in known.told} == set(described(job))
    assert parse([f"{item.name}={item.value}" for item in known.told if item.name != "cover"]) == replace(job, cover=None)
