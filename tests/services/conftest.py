"""A sample trove and a case that holds it, made once; each test gets a copy of the case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebox.model.ids import DocumentId
from evidencebox.sample import generate
from evidencebox.services import officers
from evidencebox.services.case import Case
from tests.services.making import copied, copy_case, found, make_case, plant, ready, take


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """trove/, roster.csv, answers.jsonl."""
    folder = tmp_path_factory.mktemp("sample")
    generate(folder, 60, 40, 1)
    return folder


@pytest.fixture(scope="session")
def ingested(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The sample, ingested, with its roster; closed, to be copied."""
    case = make_case(tmp_path_factory.mktemp("ingested") / "sample")
    try:
        officers.import_roster(case, sample / "roster.csv")
        take(case, sample / "trove")
    finally:
        case.close()
    return case


@pytest.fixture
def case(ingested: Case, tmp_path: Path) -> Iterator[Case]:
    """An open copy of the ingested sample."""
    (tmp_path / "copy").mkdir()
    opened = copy_case(ingested, tmp_path / "copy")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _eight(_blank: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    def fill(case: Case, folder: Path) -> None:
        take(case, plant(folder / "t", {f"{n}.txt": f"polygraph note {n}" for n in range(8)}))

    return ready(_blank, tmp_path_factory.mktemp("eight"), fill)


@pytest.fixture
def eight(_eight: Case, tmp_path: Path) -> Iterator[tuple[Case, list[DocumentId]]]:
    """An open case of eight documents that hold `polygraph`, and these in order."""
    with copied(_eight, tmp_path / "eight") as case:
        yield case, sorted(found(case, "polygraph"))


@pytest.fixture(scope="session")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = make_case(tmp_path_factory.mktemp("blank") / "blank")
    made.close()
    return made


@pytest.fixture
def empty(_blank: Case, tmp_path: Path) -> Iterator[Case]:
    """An open case with nothing in it."""
    (tmp_path / "cases").mkdir()
    opened = copy_case(_blank, tmp_path / "cases")
    yield opened
    opened.close()
