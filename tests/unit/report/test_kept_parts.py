"""Parts of a report are made once per content and code, and removed when no report uses them."""

from __future__ import annotations

from pathlib import Path

from gallery.document import document
from halfcell import report
from halfcell.report.kept_parts import KeptParts


def _asked(kept: KeptParts, content: str, made: list[str]) -> bytes:
    return kept.part("x", content, lambda: made.append(content) or content.upper())  # type: ignore[func-returns-value]


def test_a_part_is_made_once_per_content_and_code(tmp_path: Path) -> None:
    made: list[str] = []
    for code in ("1", "1", "2"):
        kept = KeptParts(tmp_path, code)
        assert [_asked(kept, "a", made), _asked(kept, "b", made)] == [b"A", b"B"]
    assert made == ["a", "b", "a", "b"]
    kept.sweep()
    assert len(list(tmp_path.iterdir())) == 2
    assert _asked(KeptParts(None), "a", made) == b"A"


def test_a_report_from_kept_parts_has_the_same_bytes(written: Path, tmp_path: Path) -> None:
    shown = report.gather(document(), written)
    pages = [report.write(shown, written, ("html",), kept)[0].read_bytes() for kept in (None, tmp_path, tmp_path)]
    assert pages[0] == pages[1] == pages[2]
    assert len(list(tmp_path.glob("plot-*.txt"))) == 4
