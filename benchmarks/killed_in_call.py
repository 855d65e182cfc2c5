"""Kill -9 of workers while their texts are in a call: how long until these are settled, and how often they left.

`python benchmarks/killed_in_call.py`; judged: settled within 60 s, by the rule of each class, and counted.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.core.timing import next_on_days
from app.sandbox.run_files import running_pids
from benchmarks.deployments import Measured, supervised, until
from benchmarks.tables import often, percentile, show
from benchmarks.worlds import MINUTE, ZONE, with_reminder

PHONES_OF_A_CLASS = 3
WORKERS = ("worker-1", "worker-2")
WORDS = {"risk": "I want to kill myself", "confirmation": "HELP", "reply": "5"}
CLASSES = (*WORDS, "scheduled")
SETTLE = 120.0
UNREADABLE = 30
OPEN = ("waiting", "claimed", "calling")


def main() -> None:
    """Measure, and print the table and what was counted."""
    with supervised(with_reminder) as deployment:
        rows = [row for how in HOWS for row in kill_in_call(deployment, how)]
        counts = deployment.parts.marks.counts()
    show(
        f"Killed in a call ({PHONES_OF_A_CLASS} texts of each class)",
        ("the call", "class", "median s until settled", "max s", "ended as", "times in the book"),
        rows,
    )
    print({name: counts.get(name, 0) for name in ("maybe_twice", "second_sid", "unclear", "withheld")})


def kill_in_call(deployment: Measured, how: str) -> list[tuple[object, ...]]:
    """Workers with one text of each class and phone in a call are killed; a row for each class."""
    phones = _phones(deployment, HOWS.index(how))
    prepare, finish = _PREPARED[how]
    everyone = [phone for several in phones.values() for phone in several]
    _let_reminders_wait(deployment)
    go_on = _freeze(deployment, WORKERS)
    _write(deployment, phones)
    after_kill = prepare(deployment, everyone)
    texts = {cls: [_unsent(deployment, phone) for phone in phones[cls]] for cls in CLASSES}
    deployment.parts.marks.release("all")
    go_on()
    until(lambda: not _not_begun(deployment, texts), 30)
    time.sleep(0.3)  # the bytes are on their way
    for worker in WORKERS:
        os.kill(running_pids(deployment.data)[worker], signal.SIGKILL)
    began = time.monotonic()
    after_kill()
    took = _settled(deployment, [text for several in texts.values() for text in several], began)
    finish(deployment)
    return [_row(deployment, how, cls, texts[cls], took) for cls in CLASSES]


def _row(
    deployment: Measured, how: str, cls: str, texts: list[str], took: dict[str, tuple[float, str]]
) -> tuple[object, ...]:
    said = [text.message for text in deployment.book.said()]
    seconds = [took[text][0] for text in texts]
    ends = often(took[text][1] for text in texts)
    copies = often(said.count(text) for text in texts)
    return (how, cls, percentile(seconds, 0.5), max(seconds), ends, copies)


def _settled(deployment: Measured, texts: list[str], began: float) -> dict[str, tuple[float, str]]:
    """Seconds and life of each text when it first was neither waiting, claimed nor in a call."""
    took: dict[str, tuple[float, str]] = {}
    while len(took) < len(texts) and time.monotonic() - began < SETTLE:
        for text in texts:
            life = _life(deployment, text)
            if text not in took and life not in OPEN:
                took[text] = (time.monotonic() - began, life)
        time.sleep(0.05)
    time.sleep(2)  # what goes out once more is counted too
    return took | {text: (SETTLE, "open") for text in texts if text not in took}


def _phones(deployment: Measured, place: int) -> dict[str, list[str]]:
    """Phones for each class; only those of the scheduled one are due for a reminder half an hour later."""
    first = 1000 * (place + 1)
    phones = {
        cls: [_phone(first + 10 * number + one) for one in range(PHONES_OF_A_CLASS)]
        for number, cls in enumerate(CLASSES)
    }
    for clock, classes in (("10:00", ("scheduled",)), ("13:30", tuple(WORDS))):
        marks = deployment.parts.marks
        marks.move_care(next_on_days(marks.care_now(), clock, ZONE) - marks.care_now())
        time.sleep(2)  # whoever is due by then is woken up first
        for phone in (phone for cls in classes for phone in phones[cls]):
            deployment.enroll(phone)
    return phones


def _let_reminders_wait(deployment: Measured) -> None:
    deployment.parts.marks.hold("all")
    deployment.parts.marks.move_care(31 * MINUTE)
    until(lambda: deployment.parts.outbox.waiting(("scheduled",)) >= PHONES_OF_A_CLASS, 20)


def _write(deployment: Measured, phones: dict[str, list[str]]) -> None:
    """A text of each class that answers one of theirs waits."""
    outbox = deployment.parts.outbox
    for cls, words in WORDS.items():
        for phone in phones[cls]:
            deployment.text(phone, words)
        until(lambda c=cls: outbox.waiting((c,)) >= PHONES_OF_A_CLASS, 20)


def _stored(deployment: Measured, phones: Iterable[str], *kinds: str) -> Callable[[], None]:
    for phone in phones:
        for kind in kinds:
            deployment.fault(kind, times=1, number=phone)
    return lambda: None


def _unreadable(deployment: Measured, phones: Iterable[str]) -> Callable[[], None]:
    """The book can be read again after a while; until then nobody knows."""
    deployment.fault("server_error", times=None, on="read")
    _stored(deployment, phones, "timeout", "callback_lost")
    return threading.Timer(UNREADABLE, deployment.fault, ("clear",)).start


def _never_stored(deployment: Measured, _: Iterable[str]) -> Callable[[], None]:
    """The carrier stands still, and dies with what it had not read."""
    pid = running_pids(deployment.data)["carrier"]
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGKILL)


_PREPARED: dict[
    str, tuple[Callable[[Measured, list[str]], Callable[[], None]], Callable[[Measured], None]]
] = {
    "stored, callbacks come": (lambda d, p: _stored(d, p, "timeout"), lambda d: d.fault("clear")),
    "stored, callbacks lost": (
        lambda d, p: _stored(d, p, "timeout", "callback_lost"),
        lambda d: d.fault("clear"),
    ),
    "never stored": (_never_stored, lambda d: d.fault("clear")),
    f"stored, callbacks lost, book unreadable for {UNREADABLE} s": (_unreadable, lambda d: d.fault("clear")),
}
HOWS = tuple(_PREPARED)


def _freeze(deployment: Measured, names: Iterable[str]) -> Callable[[], None]:
    thaws = [deployment.freeze(name) for name in names]

    def go_on() -> None:
        for thaw in thaws:
            thaw()

    return go_on


def _unsent(deployment: Measured, phone: str) -> str:
    """The one text to this phone that has not left."""
    parts = deployment.parts
    (text,) = parts.connection.smembers(parts.keys.unsent(parts.participants.find(phone)))
    return str(text.decode())


def _not_begun(deployment: Measured, texts: dict[str, list[str]]) -> list[str]:
    everything = [text for several in texts.values() for text in several]
    return [text for text in everything if _life(deployment, text) in ("waiting", "claimed")]


def _life(deployment: Measured, message: str) -> str:
    return str(
        (deployment.parts.connection.hget(deployment.parts.keys.text(message), "life") or b"").decode()
    )


def _phone(number: int) -> str:
    return f"+1312556{number:04d}"


if __name__ == "__main__":
    main()
