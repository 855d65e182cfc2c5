"""A bounded crew of daemon threads: a hung post never keeps the process from ending."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import TypeVar

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Crew:
    """Runs tasks on at most `size` threads, started when they are first needed."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._idle = Semaphore(0)
        self._lock = Lock()
        self._threads: list[Thread] = []

    def submit(self, task: Callable[[], Result]) -> Future[Result]:
        """Queue the task and return its future."""
        future: Future[Result] = Future()
        self._tasks.put(lambda: _settle(future, task))
        self._grow()
        return future

    def stop(self, seconds: float = 2.0) -> None:
        """Let threads end after what they are doing; wait this long for each at most."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(seconds)

    def _grow(self) -> None:
        if self._idle.acquire(blocking=False):
            return
        with self._lock:
            if len(self._threads) < self._size:
                thread = Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            self._idle.release()


def _settle(future: Future[Result], task: Callable[[], Result]) -> None:
    try:
        future.set_result(task())
    except Exception as error:
        # Only the kind: an error's words may hold a number or a text.
        logger.error("carrier task ended with %s", type(error).__name__)
        future.set_exception(error)
