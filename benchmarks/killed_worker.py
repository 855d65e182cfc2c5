"""Kill -9 of workers that hold texts: how long until these leave, or are settled, and how often they left.

`python benchmarks/killed_worker.py`; judged: not begun to send leaves within 15 s, in a call settles within 60.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.core.timing import next_on_days
from app.sandbox.run_files import running_pids
from benchmarks.deployments import Measured, supervised, until
from benchmarks.tables import percentile, show

TRIALS, BURST = 6, 24
PHONES_OF_A_CLASS = 3
MINUTE = 60_000
ZONE = "America/Chicago"
WORKERS = ("worker-1", "worker-2")
WORDS = {"risk": "I want to kill myself", "confirmation": "HELP", "reply": "5"}
CLASSES = (*WORDS, "scheduled")
SETTLE = 120.0
UNREADABLE = 30
OPEN = ("waiting", "claimed", "calling")
LIVES = """
local found = {}
for _, text in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  found[#found + 1] = text
  found[#found + 1] = redis.call('HGET', ARGV[1] .. text, 'life') or ''
end
return found
"""


class Held(msgspec.Struct, frozen=True):
    """Texts by their life at the moment a worker was killed, and that moment."""

    at: float
    claimed: list[str]
    calling: list[str]
    waiting: list[str]


def main() -> None:
    """Measure both, and print the tables."""
    with supervised(_with_reminder) as deployment:
        show_held([kill_while_claimed(deployment, trial) for trial in range(TRIALS)], deployment)
        rows = [row for how in HOWS for row in kill_in_call(deployment, how)]
        counts = deployment.parts.marks.counts()
    show(
        f"Killed in a call ({PHONES_OF_A_CLASS} texts of each class)",
        ("the call", "class", "median s until settled", "max s", "ended as", "times in the book"),
        rows,
    )
    print({name: counts.get(name, 0) for name in ("maybe_twice", "second_sid", "unclear", "withheld")})


def kill_while_claimed(deployment: Measured, trial: int) -> Held:
    """Many write at once; the worker stands still as soon as it holds a text it has not begun to send."""
    phones = [_phone(100 * (trial + 1) + number) for number in range(BURST)]
    for phone in phones:
        deployment.enroll(phone)
    time.sleep(1)
    pid = running_pids(deployment.data)["worker-1"]
    texts = [threading.Thread(target=deployment.text, args=(phone, "5")) for phone in phones]
    for text in texts:
        text.start()
    until(lambda: "claimed" in _lives(deployment).values(), 20)
    os.kill(pid, signal.SIGSTOP)
    for text in texts:
        text.join()
    time.sleep(0.1)  # what it had asked of Redis before it stood still is done by now
    lives = _lives(deployment)
    waiting = deployment.parts.connection.zrange(deployment.parts.keys.outbox("reply"), 0, -1)
    os.kill(pid, signal.SIGKILL)
    held = Held(
        time.time(),
        [text for text, life in lives.items() if life == "claimed"],
        [text for text, life in lives.items() if life == "calling"],
        [text.decode() for text in waiting],
    )
    wanted = {*held.claimed, *held.calling, *held.waiting}
    until(lambda: wanted <= {text.message for text in deployment.book.said()}, SETTLE)
    until(lambda: not _lives(deployment), SETTLE)
    return held


def show_held(trials: list[Held], deployment: Measured) -> None:
    """Print what became of the texts that killed workers held, and of those nobody had claimed yet."""
    left = defaultdict(list)
    for text in deployment.book.said():
        left[text.message].append(text.created)
    rows = []
    for name, texts in (
        ("claimed, not begun to send", [(m, held.at) for held in trials for m in held.claimed]),
        ("waiting, not claimed", [(m, held.at) for held in trials for m in held.waiting]),
        ("in a call", [(m, held.at) for held in trials for m in held.calling]),
    ):
        took = [max(0.0, left[message][0] - at) for message, at in texts]
        if took:
            often = _often(len(left[message]) for message, _ in texts)
            rows.append((name, len(took), percentile(took, 0.5), percentile(took, 0.95), max(took), often))
    show(
        f"The worker of replies killed while it held texts ({len(trials)} times)",
        ("text", "n", "p50 s until it left", "p95", "max", "times in the book"),
        rows,
    )


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
    ends = _often(took[text][1] for text in texts)
    often = _often(said.count(text) for text in texts)
    return (how, cls, percentile(seconds, 0.5), max(seconds), ends, often)


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


def _lives(deployment: Measured) -> dict[str, str]:
    """The life of every text that is leased to a worker."""
    parts = deployment.parts
    found = parts.connection.eval(LIVES, 1, parts.keys.leases, parts.keys.text(""))
    return {text.decode(): life.decode() for text, life in zip(found[::2], found[1::2], strict=True)}


def _often(values: Iterable[object]) -> str:
    counted: dict[object, int] = defaultdict(int)
    for value in values:
        counted[value] += 1
    return ", ".join(f"{value} ({count} texts)" for value, count in sorted(counted.items(), key=str))


def _phone(number: int) -> str:
    return f"+1312556{number:04d}"


def _with_reminder(program: Path) -> None:
    """A question that is asked again after four hours, which is the only text nobody asked for."""
    file = program / "interventions" / "count.yaml"
    silence = (
        "    silence:\n      - after: 4 h\n        say: |\n          Still there? Which number?\n"
        "      - after: 20 h\n        go: end\n"
    )
    file.write_text(file.read_text() + silence)


if __name__ == "__main__":
    main()
