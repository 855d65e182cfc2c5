"""A bounded crew of daemon threads: a hung post never keeps the process from ending."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import TypeVar

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Crew:
    """Runs tasks on at most `size` threads, started when they are first needed."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = Lock()
        self._unfinished = 0
        self._threads: list[Thread] = []

    def submit(self, task: Callable[[], Result]) -> Future[Result]:
        """Queue the task and return its future."""
        future: Future[Result] = Future()
        with self._lock:
            self._unfinished += 1
            self._grow()
        self._tasks.put(lambda: _settle(future, task))
        return future

    def stop(self, seconds: float = 2.0) -> None:
        """Let threads end after what they are doing; wait this long for all of them at most."""
        deadline = monotonic() + seconds
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))

    def _grow(self) -> None:
        if len(self._threads) < min(self._unfinished, self._size):
            thread = Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            with self._lock:
                self._unfinished -= 1


def _settle(future: Future[Result], task: Callable[[], Result]) -> None:
    try:
        future.set_result(task())
    except Exception as error:
        # Only the kind: an error's words may hold a number or a text.
        logger.error("carrier task ended with %s", type(error).__name__)
        future.set_exception(error)
