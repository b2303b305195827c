"""What can be declared, how it is read, and where folds lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint.declaration import KEYS, LAST_PAGE, described, fold_boxes, fold_lines, folded_size, merged, parse
from clearprint.errors import BadDeclaration
from clearprint.geometry import Box
from clearprint.model import Job
from clearprint.units import from_mm, to_mm

EVERYTHING = [
    "kind=leaflet",
    "paper=matt",
    "paper-colour=#fff3d6",
    "weight=100",
    "both-sides=yes",
    "fold=tri",
    "fold-positions=99,198",
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


WIDE, HIGH = from_mm(297), from_mm(210)


@pytest.mark.parametrize(
    ("fold", "places"),
    [
        ("none", []),
        ("half", [148.5]),
        ("tri", [99, 198]),
        ("z", [99, 198]),
        ("gate", [74.25, 222.75]),
        ("double-parallel", [74.25, 148.5, 222.75]),
        ("map", []),
    ],
)
def test_named_folds_divide_the_longer_side(fold: str, places: list[float]) -> None:
    job = Job(fold=fold)
    assert [to_mm(x) for x in fold_lines(job, WIDE, HIGH)] == pytest.approx(places)
    assert [to_mm(y) for y in fold_lines(job, HIGH, WIDE)] == pytest.approx(places)
    assert all(box.width == 0 and box.height == HIGH for box in fold_boxes(job, WIDE, HIGH))
    assert all(box.height == 0 and box.width == HIGH for box in fold_boxes(job, HIGH, WIDE))


def test_a_french_fold_crosses() -> None:
    boxes = fold_boxes(Job(fold="french"), WIDE, HIGH)
    assert boxes == [Box(WIDE / 2, 0, WIDE / 2, HIGH), Box(0, HIGH / 2, WIDE, HIGH / 2)]
    assert folded_size(Job(fold="french"), WIDE, HIGH) == (WIDE / 2, HIGH / 2)


def test_declared_places_win_and_are_mirrored_on_the_back() -> None:
    job = parse(["fold=tri", "fold-positions=97,197mm"])
    assert [to_mm(x) for x in fold_lines(job, WIDE, HIGH)] == pytest.approx([97, 197])
    assert [to_mm(x) for x in fold_lines(job, WIDE, HIGH, back=True)] == pytest.approx([100, 200])
    assert folded_size(job, WIDE, HIGH) == pytest.approx((from_mm(100), HIGH))
    assert fold_lines(job, from_mm(90), HIGH) == []


def test_nonsense_sizes_have_no_folds() -> None:
    for width, height in ((0.0, 10.0), (float("nan"), 10.0), (-5.0, 10.0)):
        assert fold_lines(Job(fold="half"), width, height) == []


@given(
    st.sampled_from(["half", "tri", "z", "gate", "double-gate", "double-parallel", "french", "none", "map"]),
    st.floats(1, 5000),
    st.floats(1, 5000),
)
def test_folds_lie_on_the_page(fold: str, width: float, height: float) -> None:
    job = Job(fold=fold)
    for box in fold_boxes(job, width, height):
        assert Box(0, 0, width, height).contains(box)
    narrow, low = folded_size(job, width, height)
    assert narrow <= width
    assert low <= height


def test_the_stronger_declaration_wins() -> None:
    both = merged(parse(["paper=matt"]), parse(["paper=gloss", "fold=half", "fold-positions=100"]))
    assert (both.paper, both.fold, len(both.fold_positions)) == ("matt", "half", 1)
