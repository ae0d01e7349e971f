"""How does a second start bring the first window to the front?"""

import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TRIES = 25
_WAIT_MS = 120
_ANSWER_MS = 4000
"""How long a window that works at something may take to answer; after that it hangs."""


class FrontServer(QObject):
    """Listens for a second start on the same folder.

    Signals:
        front_wanted(): someone started ptimer again.
    """

    front_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """Listen from now on."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # Whoever asks is behind the lock: a name that is left over is a crashed window's.
        QLocalServer.removeServer(server_name(folder))
        self._server.listen(server_name(folder))
        self._server.newConnection.connect(self._answer)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _answer(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.write(f"{os.getpid()}\n".encode("ascii"))
            connection.disconnected.connect(connection.deleteLater)
            connection.readyRead.connect(self.front_wanted)


def ask_first_window(folder: Path) -> bool:
    """Ask the folder's window to come to the front; return whether one answered."""
    for _ in range(_TRIES):
        socket = QLocalSocket()
        socket.connectToServer(server_name(folder))
        if socket.waitForConnected(_WAIT_MS):
            return _brought_to_front(socket)
        QThread.msleep(_WAIT_MS)  # the first window may still be starting
    return False


def _brought_to_front(socket: QLocalSocket) -> bool:
    if not socket.waitForReadyRead(_ANSWER_MS):
        return False
    _let_to_front(bytes(socket.readAll().data()).decode("ascii", "replace").strip())
    socket.write(b"front\n")
    socket.waitForBytesWritten(_ANSWER_MS)
    socket.disconnectFromServer()
    return True


def server_name(folder: Path) -> str:
    """Return the name under which the folder's window listens."""
    resolved = str(folder.resolve())
    return f"ptimer-{hashlib.sha256(resolved.encode()).hexdigest()[:24]}"


def _let_to_front(process: str) -> None:
    """Hand the right to the foreground on; Windows asks for that."""
    if sys.platform == "win32" and process.isdigit():
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(int(process))
