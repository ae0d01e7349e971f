"""A process that is born warm, does its day, and dies when it is told to, or by itself.

What it says before its death is read here; nothing that it had not said by then is believed.
"""

import json
import os
import selectors
import signal
import time
from dataclasses import dataclass

LONGEST_S = 120


@dataclass(frozen=True)
class Life:
    """What a process said, and how it ended: its exit status, negative for a signal."""

    said: tuple
    status: int

    @property
    def killed(self):
        return self.status == -signal.SIGKILL


def live(act, *, seconds=None):
    """Let `act(say)` happen in a process of its own; kill it after so many seconds, if named."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _act(act, writing)
    os.close(writing)
    said = _listen(reading, child, seconds)
    _, ended = os.waitpid(child, 0)
    return Life(tuple(said), os.waitstatus_to_exitcode(ended))


def _act(act, writing):
    """Do it, and end without a word of the parent's."""
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1):
            os.dup2(nowhere, descriptor)
        act(lambda told: os.write(writing, json.dumps(told).encode() + b"\n"))
        status = 0
    except BaseException:  # noqa: BLE001  (whatever it is, it must not go on as the parent)
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _listen(reading, child, seconds):
    """Return the lines that came whole, once the other end is closed."""
    begun = time.perf_counter()
    patience = LONGEST_S if seconds is None else seconds
    heard = b""
    with selectors.DefaultSelector() as selector, os.fdopen(reading, "rb", 0) as pipe:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = patience - (time.perf_counter() - begun)
            if left <= 0 or not selector.select(left):
                os.kill(child, signal.SIGKILL)
                patience = LONGEST_S + time.perf_counter()
                continue
            more = pipe.read(65536)
            if not more:
                return [json.loads(line) for line in heard.split(b"\n")[:-1]]
            heard += more
