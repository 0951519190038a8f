"""macOS: a worker that has loaded its readers denies itself everything else.

Written after the headers and what Chromium does with the same call; it was not run. The profile is
the language of `sandbox-exec`, taken in by the process itself: done from outside it would have to
let Python's own files be read for good.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
import time

from evidencebox.services.sandbox import Tier

if sys.platform == "darwin":
    # Nothing by path, no network, no process, no service. What is open stays open.
    _PROFILE = b"(version 1)(deny default)(allow signal (target self))(allow sysctl-read)"
    _LOOK_SECONDS = 0.2
    _BESIDES = 512 << 20

    def enter(memory: int) -> Tier:
        """Shuts this process in for good, and says how far that went.

        `memory` bounds what the process may ever hold, in bytes: this system has no limit on it
        that holds, so a thread looks, and ends the process as the system would.
        """
        for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            resource.setrlimit(what, (0, 0))
        threading.Thread(target=_watch, args=(memory + _BESIDES,), daemon=True).start()
        return Tier.SEATBELT if _deny() and not _reads() else Tier.LIMITS

    def _deny() -> bool:
        try:
            library = ctypes.CDLL("libsystem_sandbox.dylib")
        except OSError:
            return False
        error = ctypes.c_char_p()
        library.sandbox_init.argtypes = (
            ctypes.c_char_p,
            ctypes.c_uint64,
            ctypes.POINTER(ctypes.c_char_p),
        )
        return bool(library.sandbox_init(_PROFILE, 0, ctypes.byref(error)) == 0)

    def _reads() -> bool:
        """Whether a file that anybody may read can still be read."""
        try:
            os.close(os.open("/etc/hosts", os.O_RDONLY))
        except OSError:
            return False
        return True

    def _watch(memory: int) -> None:
        # The peak, in bytes here: it never falls, so a worker that was large once is replaced.
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < memory:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)
