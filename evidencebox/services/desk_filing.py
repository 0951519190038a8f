"""The part of an open case that files and lets out: exports, exhibits, and how sheets will look."""

from __future__ import annotations

from evidencebox.services.case import Case
from evidencebox.services.desk_exhibits import Exhibits
from evidencebox.services.desk_exports import Exports
from evidencebox.services.desk_redactions import Redactions
from evidencebox.services.seals import Seals
from evidencebox.services.sheet_preview import Previews


class FilingDesk:
    """See `ui.filing_port`. `Desk` starts, stops and closes it."""

    exports: Exports
    exhibits: Exhibits
    redactions: Redactions

    def _start_filing(self, case: Case, seen: Seals) -> None:
        self._previews = Previews(case)
        self.exports = Exports(case)
        self.exhibits = Exhibits(case, seen, self._previews)
        self.redactions = Redactions(case, seen, self._previews)

    def _stop_filing(self) -> None:
        self.exports.stop()
        self.redactions.stop()
        self._previews.stop()
