"""A worker's main loop that finds elements: rules and a batch of texts in, what is exposed out.

A role of its own, since the forms of the world's telephone numbers take longer to load than most
documents to read. Holds no key. Imports `evidencebox.analysis` and `evidencebox.model`.
"""

from __future__ import annotations

from evidencebox.model.messages import Request
from evidencebox.services.analyse_worker import answer
from evidencebox.services.worker import WorkerChannel, open_channel, say_ready
from evidencebox.services.worker_loop import Tiers, run

ROLE = "expose"


def main(tiers: Tiers = None) -> int:
    """Serves batches until the parent closes the stream. `tiers`: see `worker_loop.run`."""
    channel = open_channel()
    try:
        from evidencebox.services.element_work import exposures, warm

        warm()
    except Exception as error:  # said to the parent, which shows it: nothing was read yet
        say_ready(channel, ROLE, error=f"{type(error).__name__}: {error}")
        return 1

    def one(own: WorkerChannel, request: Request) -> None:
        answer(own, request, exposures)

    return run(channel, ROLE, one, tiers)
