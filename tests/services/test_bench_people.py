"""The bench of people: its truth from headers, and that its figures are of what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencebox.services.bench_people import bench_mail, bench_sample, header_people

LETTERS = {
    "a": ("Dana Brandolini <d@x.example>", "Luz Ferrante <luz@x.example>", "Hello Luz"),
    "b": ('"Ferrante, Luz" <luz@y.example>', "list@x.example", "Dana Brandolini was here"),
    "c": ("Sales <sales@x.example>", "d@x.example", "No names. Ask Ferrante Street."),
}


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "mails"
    folder.mkdir()
    for name, (sender, to, body) in LETTERS.items():
        head = f"From: {sender}\nTo: {to}\nSubject: {name}\nMessage-ID: <{name}@x.example>"
        (folder / f"{name}.eml").write_text(f"{head}\n\n{body}\n", encoding="utf-8")
    return folder


def test_who_stands_in_headers(mails: Path) -> None:
    people, truth = header_people(mails)
    assert people == {
        ("Brandolini", "Dana", ""): {"d@x.example"},
        ("Ferrante", "Luz", ""): {"luz@x.example", "luz@y.example"},
    }
    assert sorted(len(who) for who in truth.values()) == [0, 1, 2]


def test_mail_is_measured(mails: Path, tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    lines = {line.name: line.value for line in bench_mail(tmp_path / "bench", mails)}
    assert lines["people in the roster"] == 2
    assert lines["mail recall, headers"] == 1.0
    assert lines["mail precision, at least"] == 1.0


@pytest.mark.long
def test_the_gates_on_the_sample(tmp_path: Path) -> None:
    lines = {line.name: line.value for line in bench_sample(tmp_path, 600)}
    assert lines["mentions, text: recall"] >= 0.97
    assert lines["mentions, text: precision"] >= 0.97
    assert lines["mentions, recognised: recall"] >= 0.90
