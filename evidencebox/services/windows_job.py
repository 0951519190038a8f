"""A Windows job object around one worker: killed as a whole, and when this process ends.

The worker starts suspended, enters the job, and only then runs, so nothing it starts escapes; nor
can it start anything, since the job holds no more processes than a worker is.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import wintypes

if sys.platform == "win32":
    CREATE_SUSPENDED = 0x4
    CREATION_FLAGS = CREATE_SUSPENDED | subprocess.CREATE_NO_WINDOW

    # Python in a virtual environment is two: a small one that starts the real one and waits.
    _PROCESSES = 1 if getattr(sys, "frozen", False) else 2
    _MEMORY_AT_START = 2 << 30
    _EXTENDED_LIMIT_INFORMATION = 9
    _UI_RESTRICTIONS = 4
    _ALL_UI_RESTRICTIONS = 0xFF
    _LIMIT_ACTIVE_PROCESS = 0x8
    _LIMIT_PROCESS_MEMORY = 0x100
    _LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400
    _LIMIT_KILL_ON_JOB_CLOSE = 0x2000

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _ntdll = ctypes.WinDLL("ntdll")

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _IoCounters(ctypes.Structure):
        _fields_ = tuple(
            (name, ctypes.c_ulonglong)
            for name in (
                "ReadOperationCount",
                "WriteOperationCount",
                "OtherOperationCount",
                "ReadTransferCount",
                "WriteTransferCount",
                "OtherTransferCount",
            )
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", _IoCounters),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _kernel32.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel32.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    _kernel32.SetInformationJobObject.restype = wintypes.BOOL
    _kernel32.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    )
    _kernel32.AssignProcessToJobObject.restype = wintypes.BOOL
    _kernel32.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel32.TerminateJobObject.restype = wintypes.BOOL
    _kernel32.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
    _kernel32.CloseHandle.restype = wintypes.BOOL
    _kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
    _ntdll.NtResumeProcess.restype = ctypes.c_long
    _ntdll.NtResumeProcess.argtypes = (wintypes.HANDLE,)

    class Job:
        """A job with kill-on-close. Closing its only handle, or dying, ends what is in it."""

        def __init__(self) -> None:
            self._handle = _kernel32.CreateJobObjectW(None, None)
            if not self._handle:
                raise ctypes.WinError(ctypes.get_last_error())
            self.limit_memory(_MEMORY_AT_START)
            # No clipboard, no handles of other windows, no settings of the desktop.
            restrictions = wintypes.DWORD(_ALL_UI_RESTRICTIONS)
            self._set(_UI_RESTRICTIONS, restrictions)

        def limit_memory(self, size: int) -> None:
            """Bounds what the process may commit, in bytes; for each task anew."""
            limits = _ExtendedLimits()
            limits.BasicLimitInformation.LimitFlags = (
                _LIMIT_KILL_ON_JOB_CLOSE
                | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION
                | _LIMIT_ACTIVE_PROCESS
                | _LIMIT_PROCESS_MEMORY
            )
            limits.BasicLimitInformation.ActiveProcessLimit = _PROCESSES
            limits.ProcessMemoryLimit = size
            self._set(_EXTENDED_LIMIT_INFORMATION, limits)

        def _set(self, what: int, value: ctypes.Structure | wintypes.DWORD) -> None:
            if not _kernel32.SetInformationJobObject(
                self._handle, what, ctypes.byref(value), ctypes.sizeof(value)
            ):
                raise ctypes.WinError(ctypes.get_last_error())

        def adopt(self, process: subprocess.Popen[bytes]) -> None:
            """Takes a process that was started suspended, and lets it run."""
            handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]
            if not _kernel32.AssignProcessToJobObject(self._handle, handle):
                error = ctypes.WinError(ctypes.get_last_error())
                process.kill()
                raise error
            if _ntdll.NtResumeProcess(handle) < 0:
                process.kill()
                raise OSError("a worker process could not be resumed")

        def kill(self) -> None:
            """Ends every process in the job."""
            if self._handle:
                _kernel32.TerminateJobObject(self._handle, 1)

        def close(self) -> None:
            """Gives the job up; what is still in it ends."""
            if self._handle:
                _kernel32.CloseHandle(self._handle)
                self._handle = None
