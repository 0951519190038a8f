"""What every test stands on: no network, a home of its own, one random seed, no leaked thread."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import watching

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]
_FLOOR = pytest.StashKey[Any]()
CORPORA = ROOT.parent / "shared" / "corpora"

for _profile, _examples in (("ordinary", 40), ("long", 500)):
    hypothesis.settings.register_profile(
        _profile,
        max_examples=_examples,
        # Same examples in every run and on every machine; a slow machine is not a failure.
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile("ordinary")


class NetworkAttemptError(Exception):
    """A test reached for the network: EvidenceBox opens no socket, ever."""


_attempts: list[str] = []


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    """Audit hook: raise on any use of the network in this process, by whatever library."""
    if event not in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        return
    address = args[0] if event == "socket.getaddrinfo" else args[1]
    if isinstance(address, str | bytes) and event != "socket.getaddrinfo":
        return  # a Unix socket's path
    if sys.platform == "win32" and address[0] in ("127.0.0.1", "::1"):
        return  # socket.socketpair() is made of these there
    _attempts.append(f"{event} {address!r}")
    raise NetworkAttemptError(_attempts[-1])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked long")


def pytest_configure(config: pytest.Config) -> None:
    os.umask(0o077)
    if config.getoption("--long"):
        hypothesis.settings.load_profile("long")
    home = Path(tempfile.mkdtemp(prefix="evidencebox-test-home-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name, folder in (
        ("HOME", ""),
        ("USERPROFILE", ""),
        ("APPDATA", "roaming"),
        ("LOCALAPPDATA", "local"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
    ):
        (home / folder).mkdir(exist_ok=True)
        os.environ[name] = str(home / folder)
    # No test may reach this machine's key store.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    _cheapen_keys(config)
    os.environ.pop("EVIDENCEBOX_PASSPHRASE_FILE", None)
    sys.addaudithook(_refuse_network)


def _cheapen_keys(config: pytest.Config) -> None:
    """Stretching passphrases would be a tenth of the run: here it costs nothing.

    What is about the cost, or has another process open a case, asks for `real_keys`.
    """
    from evidencebox.vault import keys

    config.stash[_FLOOR] = keys.FLOOR
    keys.TARGET_SECONDS = 0.0
    keys.FLOOR = keys.KdfCost(64, 1, 4)


@pytest.fixture
def real_keys(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own floor of what a passphrase costs."""
    from evidencebox.vault import keys

    monkeypatch.setattr(keys, "FLOOR", pytestconfig.stash[_FLOOR])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="long: runs with --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of several tells what it watched to the one that sums up."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[watching.KEY] = watching.WATCHED.told()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hears what a process of several watched; one that crashed told nothing."""
    told = getattr(node, "workeroutput", {}).get(watching.KEY)
    if told is not None:
        watching.WATCHED.add(told)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The drawing thread's figures, where journeys were run."""
    for line in watching.WATCHED.lines():
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test with a window leaves no widget to the collector, which runs in any thread.

    The window itself keeps the collector to its own thread: see `evidencebox.ui.collector`.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    before = _collections()
    try:
        return (yield)
    finally:
        _stop_collectors()
        # What the test made is young still, unless something was collected meanwhile: then it may
        # be of the oldest generation, and a thread would destroy it in a test without a window.
        gc.collect(1 if _collections() == before else 2)
        gc.enable()


def _collections() -> int:
    """How often more than the youngest generation was collected."""
    return sum(int(each["collections"]) for each in gc.get_stats()[1:])


def _stop_collectors() -> None:
    """A window that a test ran as people do leaves its collector to the application."""
    from PySide6.QtWidgets import QApplication

    from evidencebox.ui.collector import Collector

    app = QApplication.instance()
    for each in app.findChildren(Collector) if app is not None else ():
        each.stop()
        each.setParent(None)
        each.deleteLater()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of public sample files beside the repository, where there is one."""
    if not CORPORA.is_dir():
        pytest.skip("needs the sample corpora in ../shared/corpora, which are not on this machine")
    return CORPORA


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail the test that tried, even where the code under test swallowed the refusal."""
    before = len(_attempts)
    yield
    if _attempts[before:]:
        pytest.fail(f"the network was tried: {_attempts[before:]}")


@pytest.fixture(autouse=True)
def _no_leaked_qthreads(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A thread that outlives its test works on a dead window: fail the test that left it."""
    if "ui" not in request.path.relative_to(ROOT / "tests").parts[:-1]:
        yield
        return
    from PySide6.QtCore import QThread

    started: list[QThread] = []
    start = QThread.start

    def remember(self: QThread, *args: Any) -> None:
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", remember)
    yield
    import shiboken6

    left = [thread for thread in started if shiboken6.isValid(thread) and thread.isRunning()]
    for thread in left:
        thread.quit()
        thread.wait(2000)
    if left:
        pytest.fail(f"{len(left)} QThread(s) still ran at the end of the test")
