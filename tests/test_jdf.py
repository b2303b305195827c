"""Job tickets: what JDF 1.x and XJDF 2.x say of paper, folds, binding and size, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint.errors import BadUsage
from clearprint.formats.jdf import creased, read
from clearprint.run import Asked, Planner
from clearprint.settings import Finder

JDF = """<?xml version="1.0" encoding="UTF-8"?>
<JDF xmlns="http://www.CIP4.org/JDFSchema_1_1" Type="Product" ID="J1" Status="Waiting" Version="1.4" JobPartID="1">
 <ResourcePool>
  <MediaIntent ID="M1" Class="Intent" Status="Available">
   <FrontCoatings DataType="EnumerationSpan" Preferred="Satin" Actual="Matte"/>
   <Weight DataType="NumberSpan" Preferred="115"/>
  </MediaIntent>
  <LayoutIntent ID="L1" Class="Intent" Status="Available" Sides="TwoSidedHeadToHead">
   <Dimensions DataType="XYPairSpan" Preferred="841.89 595.28"/>
   <FinishedDimensions DataType="ShapeSpan" Preferred="280.63 595.28 0"/>
  </LayoutIntent>
  <FoldingIntent ID="F1" Class="Intent" Status="Available">
   <FoldingCatalog DataType="StringSpan" Preferred="F6-4"/>
   {folds}
  </FoldingIntent>
  {more}
 </ResourcePool>
</JDF>
"""
XJDF = """<XJDF xmlns="http://www.CIP4.org/JDFSchema_2_0" JobID="1" Types="Product" Version="2.1">
 <ProductList>
  <Product IsRoot="true" ProductType="Booklet" ID="P1">
   <Intent Name="BindingIntent"><BindingIntent BindingType="{binding}"/></Intent>
   <Intent Name="LayoutIntent"><LayoutIntent FinishedDimensions="419.53 595.28 0" Sides="TwoSided"/></Intent>
   <Intent Name="MediaIntent"><MediaIntent Coating="{coating}" Weight="90"/></Intent>
   <Intent Name="FoldingIntent"><FoldingIntent FoldCatalog="F16-6"/></Intent>
  </Product>
 </ProductList>
</XJDF>
"""


def ticket(folder: Path, text: str, name: str = "leaflet.jdf") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(path: Path) -> dict[str, str]:
    return {item.name: item.value for item in read(path)[0].told}


def test_a_jdf_of_intents(tmp_path: Path) -> None:
    source, remarks = read(ticket(tmp_path, JDF.format(folds="", more="")))
    assert {item.name: item.value for item in source.told} == {
        "paper": "matt",
        "weight": "115",
        "both-sides": "yes",
        "fold": "tri",
        "finished-size": "99x210",
    }
    assert {item.where for item in source.told} == {"leaflet.jdf"}
    assert (source.ticket, remarks) == (True, ())


def test_folds_with_their_travel(tmp_path: Path) -> None:
    folds = '<Fold From="Left" To="Up" Travel="563.74"/><Fold From="Left" To="Up" Travel="278.15"/>'
    found = said(ticket(tmp_path, JDF.format(folds=folds, more="")))
    assert (found["fold"], found["fold-positions"]) == ("tri", "100.7,198.9")


def test_folds_from_the_front_are_heights_from_the_top(tmp_path: Path) -> None:
    folds = '<Fold From="Front" To="Up" Travel="200"/>'
    assert said(ticket(tmp_path, JDF.format(folds=folds, more="")))["fold-heights"] == "139.4"


def test_an_xjdf_booklet(tmp_path: Path) -> None:
    found = said(ticket(tmp_path, XJDF.format(binding="SaddleStitch", coating="HighGloss"), "leaflet.xjdf"))
    assert found == {
        "kind": "booklet",
        "paper": "gloss",
        "weight": "90",
        "both-sides": "yes",
        "binding": "saddle",
        "finished-size": "148x210",
    }


@pytest.mark.parametrize(
    ("word", "paper"),
    [
        ("None", "uncoated"),
        ("Matte", "matt"),
        ("Satin", "silk"),
        ("Semigloss", "silk"),
        ("Glossy", "gloss"),
        ("HighGloss", "gloss"),
    ],
)
def test_coatings(tmp_path: Path, word: str, paper: str) -> None:
    assert said(ticket(tmp_path, XJDF.format(binding="HardCover", coating=word)))["paper"] == paper


@pytest.mark.parametrize(
    ("word", "binding"),
    [
        ("SoftCover", "perfect"),
        ("HardCover", "case"),
        ("WireComb", "wire"),
        ("CoilBinding", "spiral"),
        ("PlasticComb", "comb"),
        ("Ring", "ring"),
        ("Tape", "tape"),
        ("CornerStitch", "staple"),
    ],
)
def test_bindings(tmp_path: Path, word: str, binding: str) -> None:
    assert said(ticket(tmp_path, XJDF.format(binding=word, coating="None")))["binding"] == binding


def test_resources_of_processes(tmp_path: Path) -> None:
    text = """<JDF xmlns="http://www.CIP4.org/JDFSchema_1_1" Type="Combined" Types="Folding Stitching" ID="1" Status="Ready">
      <ResourcePool><Media ID="P" MediaType="Plate" FrontCoatings="Glossy"/>
      <Media ID="M" MediaType="Paper" FrontCoatings="None" Weight="80"/>
      <StitchingParams ID="S" StitchType="Saddle"/><FoldingParams ID="F" FoldCatalog="F8-7"/></ResourcePool></JDF>"""
    assert said(ticket(tmp_path, text)) == {"paper": "uncoated", "weight": "80", "binding": "saddle"}
    unbound = text.replace('<StitchingParams ID="S" StitchType="Saddle"/>', "")
    assert said(ticket(tmp_path, unbound))["fold"] == "french"


def test_what_is_not_known_is_said_and_not_guessed(tmp_path: Path) -> None:
    text = XJDF.format(binding="StripBind", coating="InkJet").replace("F16-6", "F10-3")
    source, remarks = read(ticket(tmp_path, text, "order.xjdf"))
    assert {item.name for item in source.told} == {"kind", "weight", "both-sides", "finished-size"}
    assert [remark.split(": ")[0] for remark in remarks] == ["order.xjdf"] * 3
    assert ["InkJet" in remarks[0], "StripBind" in remarks[1], "F10-3" in remarks[2]] == [True] * 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not XML", "is not XML"),
        ("<html/>", "neither a JDF nor an XJDF"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><JDF>&a;</JDF>', "document type"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><JDF Type="&a;"/>', "document type"),
        ("", "is not XML"),
    ],
)
def test_what_is_no_ticket_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadUsage, match=says) as caught:
        read(ticket(tmp_path, text))
    assert caught.value.exit_code == 2
    with pytest.raises(BadUsage, match="cannot be read"):
        read(tmp_path / "none.jdf")


def test_nonsense_values_are_left_out(tmp_path: Path) -> None:
    text = JDF.replace('Preferred="115"', 'Preferred="heavy"').replace("280.63 595.28 0", "nan inf").format(folds="", more="")
    assert said(ticket(tmp_path, text)) == {"paper": "matt", "both-sides": "yes", "fold": "tri"}
    text = JDF.replace('Preferred="115"', 'Preferred="99999"').format(folds="", more="")
    assert "weight=99999 is not possible" in read(ticket(tmp_path, text))[1][0]


def test_the_ticket_beside_a_document_is_weaker_than_its_sidecar(tmp_path: Path) -> None:
    ticket(tmp_path, JDF.format(folds="", more=""))
    (tmp_path / "leaflet.clearprint.toml").write_text('[declare]\npaper = "uncoated"\nfold = "tri"\n')
    (task,) = Planner(Finder(), Asked(), day="2026-11-22").tasks([tmp_path / "leaflet.pdf"])
    assert (task.job.paper, task.job.paper_weight) == ("uncoated", 115.0)
    found = [(item.name, item.used.where, item.other.where) for item in task.known.contradictions]
    assert found == [("paper", "leaflet.clearprint.toml, line 2", "leaflet.jdf")]
    (other,) = Planner(Finder(), Asked(ticket=tmp_path / "leaflet.jdf"), day="").tasks([tmp_path / "other.pdf"])
    assert other.job.paper == "matt"
    (none,) = Planner(Finder(), Asked(), day="").tasks([tmp_path / "other.pdf"])
    assert none.job.paper is None


# --- folds one after another ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("travels", "places"),
    [
        ([150], [150]),
        ([200, 100], [100, 200]),  # a letter: two thirds over, then the third that is left
        ([100, 100], [100, 200]),  # a zigzag
        ([150, 75], [75, 150, 225]),  # in half and in half again
        ([100], [100]),
    ],
)
def test_a_later_fold_goes_through_all_layers(travels: list[float], places: list[float]) -> None:
    assert creased(travels, 300) == places


@given(st.lists(st.floats(1, 300), max_size=6))
def test_folds_lie_on_the_sheet(travels: list[float]) -> None:
    found = creased(travels, 300)
    assert all(0 < place < 300 for place in found)
    assert found == sorted(set(found))
