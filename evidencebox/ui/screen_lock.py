"""Hears the system lock its screen or go to sleep, so that the case is locked with it.

Linux: signals of logind and of the screen savers, over D-Bus. Windows: session and power messages.
macOS: the distributed notification of the screen's lock. On all of them, a clock that jumped says
that the computer slept.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QObject,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication

_JUMP_SECONDS = 20.0
_TICK_MS = 5_000
_SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 0x7
_POWER, _SUSPEND = 0x0218, 0x4
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.kde.screensaver")
_LOGIND = "org.freedesktop.login1"
_SAVER: Any = "1_saver(bool)"
_LOCK: Any = "1_lock()"
"""Slots as Qt spells them; PySide6 6.11 declares bytes and takes text."""


class ScreenWatch(QObject):
    """Listens as long as it lives.

    Signals:
        locked(): the screen was locked, or the computer goes to sleep or slept.
    """

    locked = Signal()

    def __init__(
        self,
        parent: QObject,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._apart = wall() - steady()
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self.tick)
        self._ticks.start()
        self._listening: list[Any] = []
        if sys.platform == "linux":
            self._listen_dbus()
        elif sys.platform == "win32":
            self._listen_windows()
        elif sys.platform == "darwin":
            self._listen_macos()

    def tick(self) -> None:
        """Notices that the computer slept: the wall clock ran on, the steady one did not."""
        apart = self._wall() - self._steady()
        slept, self._apart = apart - self._apart > _JUMP_SECONDS, apart
        if slept:
            self.locked.emit()

    # Linux

    def _listen_dbus(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            for name in _SAVERS:
                for path in ("/ScreenSaver", "/" + name.replace(".", "/")):
                    session.connect("", path, name, "ActiveChanged", self, _SAVER)
        if system.isConnected():
            path, manager = "/org/freedesktop/login1", f"{_LOGIND}.Manager"
            system.connect(_LOGIND, path, manager, "PrepareForSleep", self, _SAVER)
            system.connect(_LOGIND, "", f"{_LOGIND}.Session", "Lock", self, _LOCK)

    @Slot(bool)
    def _saver(self, active: bool) -> None:
        if active:
            self.locked.emit()

    @Slot()
    def _lock(self) -> None:
        self.locked.emit()

    # Windows: written after its documentation, not yet run

    def _listen_windows(self) -> None:
        app = QGuiApplication.instance()
        window = next(iter(QGuiApplication.topLevelWindows()), None)
        if app is None:
            return
        listener = _Messages(self.locked.emit)
        app.installNativeEventFilter(listener)
        self._listening.append(listener)
        if window is not None:
            with contextlib.suppress(AttributeError, OSError):
                register = ctypes.windll.wtsapi32.WTSRegisterSessionNotification  # type: ignore[attr-defined]
                register(ctypes.c_void_p(int(window.winId())), 0)

    # macOS: written after its documentation, not yet run

    def _listen_macos(self) -> None:
        heard = _hear_darwin(b"com.apple.screenIsLocked", self.locked.emit)
        if heard is not None:
            self._listening.append(heard)


class _Messages(QAbstractNativeEventFilter):
    """Windows' messages about the session and the power."""

    def __init__(self, locked: Callable[[], None]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        named = kind.data() if isinstance(kind, QByteArray) else bytes(kind)
        if named == b"windows_generic_MSG":
            number, word = _message(int(message))
            if (number, word) in ((_SESSION_CHANGE, _SESSION_LOCK), (_POWER, _SUSPEND)):
                self._locked()
        return False, 0


def _message(address: int) -> tuple[int, int]:
    """Number and wParam of a MSG."""

    class Message(ctypes.Structure):
        _fields_ = (
            ("window", ctypes.c_void_p),
            ("number", ctypes.c_uint),
            ("word", ctypes.c_size_t),
        )

    found = Message.from_address(address)
    return int(found.number), int(found.word)


def _hear_darwin(name: bytes, heard: Callable[[], None]) -> Any:
    """Adds an observer to the distributed centre. Returns what must be kept alive."""
    path = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
    try:
        core = ctypes.CDLL(path)
    except OSError:
        return None
    pointer = ctypes.c_void_p
    callback = ctypes.CFUNCTYPE(None, pointer, pointer, pointer, pointer, pointer)(
        lambda *_: heard()
    )
    core.CFStringCreateWithCString.restype = pointer
    core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    core.CFNotificationCenterGetDistributedCenter.restype = pointer
    add = core.CFNotificationCenterAddObserver
    add.argtypes = [pointer, pointer, pointer, pointer, pointer, ctypes.c_long]
    words = core.CFStringCreateWithCString(None, name, 0x08000100)
    centre = core.CFNotificationCenterGetDistributedCenter()
    add(centre, None, ctypes.cast(callback, pointer), words, None, 4)
    return callback
