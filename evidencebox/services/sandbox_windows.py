"""Windows: a worker lowers its own integrity once its readers are loaded. The job is its parent's.

Written after the documentation; it was not run. At low integrity a process can write to no file,
registry key or window of the user's own, and cannot send signals to or look into his processes. It
can still read his files and use the network: that would take an AppContainer.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from evidencebox.services.sandbox import Tier

if sys.platform == "win32":
    _TOKEN_ADJUST_DEFAULT, _TOKEN_QUERY = 0x80, 0x8
    _TOKEN_INTEGRITY_LEVEL = 25
    _SE_GROUP_INTEGRITY = 0x20
    _LOW = "S-1-16-4096"

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)

    class _SidAndAttributes(ctypes.Structure):
        _fields_ = (("Sid", wintypes.LPVOID), ("Attributes", wintypes.DWORD))

    _kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel32.LocalFree.argtypes = (wintypes.LPVOID,)
    _advapi32.OpenProcessToken.argtypes = (
        wintypes.HANDLE,
        wintypes.DWORD,
        ctypes.POINTER(wintypes.HANDLE),
    )
    _advapi32.ConvertStringSidToSidW.argtypes = (
        wintypes.LPCWSTR,
        ctypes.POINTER(wintypes.LPVOID),
    )
    _advapi32.GetLengthSid.argtypes = (wintypes.LPVOID,)
    _advapi32.SetTokenInformation.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    )

    def enter() -> Tier:
        """Lowers this process for good. The job it is in holds already."""
        token = wintypes.HANDLE()
        wanted = _TOKEN_ADJUST_DEFAULT | _TOKEN_QUERY
        current = _kernel32.GetCurrentProcess()
        if not _advapi32.OpenProcessToken(current, wanted, ctypes.byref(token)):
            return Tier.JOB
        try:
            return Tier.LOW if _lower(token) else Tier.JOB
        finally:
            _kernel32.CloseHandle(token)

    def _lower(token: wintypes.HANDLE) -> bool:
        sid = wintypes.LPVOID()
        if not _advapi32.ConvertStringSidToSidW(_LOW, ctypes.byref(sid)):
            return False
        label = _SidAndAttributes(sid, _SE_GROUP_INTEGRITY)
        size = ctypes.sizeof(label) + _advapi32.GetLengthSid(sid)
        try:
            return bool(
                _advapi32.SetTokenInformation(
                    token, _TOKEN_INTEGRITY_LEVEL, ctypes.byref(label), size
                )
            )
        finally:
            _kernel32.LocalFree(sid)
