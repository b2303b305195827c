"""Results wait in a file when there are many, and read as if they were all in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearprint.answers import PagePicture, Report
from clearprint.errors import BadUsage
from clearprint.run import Checked, Results, View


def some(number: int) -> list[Checked]:
    picture = PagePicture(b"drawn", "image/webp", 595.0, 842.0)
    return [
        Checked(Report(path=f"{index}.pdf", pages=index), {1: picture} if index % 3 == 0 else {}) for index in range(number)
    ]


def test_what_is_past_the_limit_reads_as_what_is_not() -> None:
    items = some(12)
    with Results(limit=5) as kept:
        for item in items:
            kept.add(item)
        assert len(kept) == 12
        assert list(kept) == list(kept) == items
        assert kept[11] == kept[-1] == items[11]
        assert kept[3:9:2] == items[3:9:2]
        assert [report.path for report in kept.reports] == [f"{index}.pdf" for index in range(12)]
        assert kept.reports[7].pages == 7
        pictures = kept.pictures()
        assert set(pictures) == {"0.pdf", "3.pdf", "6.pdf", "9.pdf"}
        assert pictures["9.pdf"][1].data == b"drawn"
        assert pictures.get("1.pdf", {}) == {}
        kept.add(items[0])
        assert list(kept) == [*items, items[0]]
        with pytest.raises(IndexError):
            kept[13]


def test_a_view_is_made_anew_each_time_it_is_read() -> None:
    view = View([1, 2, 3], lambda number: number * 10)
    assert list(view) == [10, 20, 30]
    assert (view[1], view[-2:], len(view)) == (20, [20, 30], 3)


def test_no_room_for_results_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda prefix: Path("/dev/full").open("w+b"))  # noqa: SIM115

    def keep() -> None:
        with Results(limit=0) as kept:
            for item in some(2_000):
                kept.add(item)
            list(kept)

    with pytest.raises(BadUsage, match=r"temporary folder .*TMPDIR"):
        keep()
