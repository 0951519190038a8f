from __future__ import annotations

import io
import zipfile
from pathlib import Path

from evidencebox.services.bench_formats import measure


def test_each_format_is_counted_once_with_what_is_inside_it(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("inside.txt", "words inside the archive")
    (tmp_path / "a.zip").write_bytes(archive.getvalue())
    (tmp_path / "b.txt").write_text("words beside it")
    (tmp_path / "copy.txt").write_text("words beside it")
    (tmp_path / "none.txt").write_bytes(b"")
    lines = {line.format: line for line in measure(tmp_path)}
    assert lines["application/zip"].documents == 1
    assert lines["application/zip"].with_text == 1  # the list of its members
    texts = lines["text/plain"]
    assert (texts.documents, texts.with_text, texts.statuses) == (2, 2, {"ok": 2})
    assert 0 < texts.median_ms <= texts.worst_ms
    empty = [line for line in lines.values() if "empty" in line.statuses]
    assert [line.documents for line in empty] == [1]
