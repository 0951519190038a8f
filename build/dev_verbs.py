"""The verbs of build/dev.py, once a Python that suits is running."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import dev_check
import dev_common
import dev_demo
import dev_lock
import dev_package
import dev_setup
import dev_system
import dev_wheelhouse
from dev_common import DevError, say

USAGE = """\
usage: python3 build/dev.py VERB [arguments]

  setup     make .venv and install the locked libraries; says what the system lacks
  demo      a sample trove, an encrypted case, a search, a tag, a matrix, the window
  test      everything: ruff, mypy, import-linter, pytest (--long for the long forms;
            --package: instead, what the frozen bundle says of itself)
  run       evidencebox, from the source tree: run gui, run search CASE QUERY ...
  bench     evidencebox bench: measured side by side with its peers
  package   everything for this system in .work/packages, from a bundle that proves itself
            (--bundle: only that, in .work/dist; --twice: builds again and compares)
  wheelhouse  every locked wheel for a machine without a network (--for linux|windows|
            macos-arm64), into .work/wheelhouse
  lock      pin the libraries again by hash (--upgrade takes newer ones)
"""


def setup(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    say("Ready. Next: python3 build/dev.py demo, or python3 build/dev.py run gui")
    return 0


def demo(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    return dev_demo.demo()


def test(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    if "--package" in arguments:
        return dev_package.prove()
    dev_system.offer_test_tools()
    return dev_check.test(arguments)


def run(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    return dev_common.run(dev_common.evidencebox(*arguments))


def bench(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    return dev_common.run(dev_common.evidencebox("bench", *arguments))


def package(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    return dev_package.package(arguments)


def wheelhouse(arguments: Sequence[str]) -> int:
    dev_setup.setup()
    return dev_wheelhouse.wheelhouse(arguments)


def lock(arguments: Sequence[str]) -> int:
    return dev_lock.lock(upgrade="--upgrade" in arguments)


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "run": run,
    "bench": bench,
    "package": package,
    "wheelhouse": wheelhouse,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Run the verb that is named first. Returns the exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(USAGE)
        return 0
    verb = VERBS.get(arguments[0])
    if verb is None:
        print(f"No verb is called {arguments[0]!r}.\n\n{USAGE}", file=sys.stderr)
        return 2
    try:
        return verb(arguments[1:])
    except DevError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
