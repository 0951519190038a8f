"""What tests/conftest.py promises: tried on a project of one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).with_name("conftest.py")
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with our conftest.py in its tests/ folder."""
    pytester.mkdir("tests")
    (pytester.path / "tests" / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = long: long\n")
    return pytester


def run(project: pytest.Pytester, body: str, *arguments: str, folder: str = "tests") -> str:
    path = project.path / folder / "test_it.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body)
    # The common ground of the tests takes the application along, which is not installed.
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(paths))
        return project.runpytest_subprocess("-p", "no:cacheprovider", *arguments).stdout.str()


def test_network_is_refused_even_where_the_refusal_is_swallowed(project: pytest.Pytester) -> None:
    output = run(
        project,
        "import socket\n"
        "def test_it():\n"
        "    try:\n"
        "        socket.create_connection(('127.0.0.1', 9))\n"
        "    except Exception:\n"
        "        pass\n",
    )
    assert "the network was tried" in output
    assert "1 passed, 1 error" in output


def test_socket_pairs_are_no_network(project: pytest.Pytester) -> None:
    output = run(project, "import socket\ndef test_it():\n    socket.socketpair()[0].close()\n")
    assert "1 passed" in output


def test_long_tests_wait_for_the_option(project: pytest.Pytester) -> None:
    body = "import pytest\n@pytest.mark.long\ndef test_it():\n    pass\n"
    assert "1 skipped" in run(project, body)
    assert "1 passed" in run(project, body, "--long")


def test_corpora_are_skipped_with_a_message_where_there_are_none(project: pytest.Pytester) -> None:
    output = run(project, "def test_it(corpora):\n    assert corpora.is_dir()\n", "-rs")
    assert "1 skipped" in output
    assert "../shared/corpora" in output


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_home_is_a_folder_of_the_run(project: pytest.Pytester) -> None:
    output = run(
        project,
        "import os, pathlib\n"
        "def test_it():\n"
        "    home = pathlib.Path.home()\n"
        "    assert 'evidencebox-test-home-' in home.name\n"
        "    (home / 'f').touch()\n"
        "    assert (home / 'f').stat().st_mode & 0o777 == 0o600\n"
        "    print('HOME', home)\n",
        "-s",
    )
    assert "1 passed" in output
    home = next(line.split()[-1] for line in output.splitlines() if "HOME " in line)
    assert not Path(home).exists()


def test_a_thread_left_running_fails_its_test(project: pytest.Pytester) -> None:
    output = run(
        project,
        "from PySide6.QtCore import QThread\n"
        "threads = []\n"
        "def test_it():\n"
        "    thread = QThread()\n"
        "    threads.append(thread)\n"
        "    thread.start()\n",
        folder="tests/ui",
    )
    assert "1 QThread(s) still ran" in output
    assert "1 passed, 1 error" in output


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """pytest passes over folders called build unless told otherwise."""
    assert "build" not in pytestconfig.getini("norecursedirs")
    assert (pytestconfig.rootpath / "tests" / "build").is_dir()
