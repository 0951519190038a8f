"""What a build runs to prove itself."""

from __future__ import annotations

import pytest

from evidencebox.services import selftest


def test_every_step_passes() -> None:
    steps = list(selftest.run())
    assert [step.name for step in steps if not step.passed] == []
    assert len(steps) == 8
    assert all(step.detail for step in steps)


def test_a_step_that_fails_is_reported_and_those_after_it_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(selftest, "ingest", broken)
    steps = {step.name: step for step in selftest.run()}
    assert not steps["ingest in workers"].passed
    assert "OSError: no such thing" in steps["ingest in workers"].detail
    assert not steps["search"].passed
    assert steps["lock and reopen"].passed
