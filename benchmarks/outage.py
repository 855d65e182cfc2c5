"""Thirty phones text without a pause while a process is away for a whole minute; then the book is counted.

`python benchmarks/outage.py [NAME…]`, for example `gone-web hung-redis gone-web+redis`; all by default.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.ports import RecordError
from benchmarks.book import Written
from benchmarks.deployments import OURS, ByHand, by_hand
from benchmarks.tables import percentile, show

PHONES = 30
PACE = 5.0  # seconds between two texts of one phone
BEFORE, AWAY, AFTER = 5.0, 60.0, 5.0
CATCH_UP = 240.0
STILL = 6.0  # seconds without a new answer after which nothing more is expected
NAMES = ("web", "worker-1", "worker-2", "clock", "redis", "carrier")
SCENARIOS = (*(f"gone-{name}" for name in NAMES), *(f"hung-{name}" for name in NAMES), "gone-web+redis")


class Counted(msgspec.Struct, frozen=True):
    """What one scenario came to."""

    scenario: str
    written: int
    answered: int
    in_silence: int
    withheld: str
    twice: int
    two_sids: int
    maybe_twice: int
    caught_up: float
    longest: float
    ended: str


class Phones:
    """Phones that text at an even pace; each text has a number and an id of its own, and is tried until taken."""

    def __init__(self, deployment: ByHand) -> None:
        self._carrier = deployment.environment["CAIRN_CARRIER_URL"]
        self._stop = threading.Event()
        self.numbers = [f"+1312555{600 + number:04d}" for number in range(PHONES)]
        self._threads = [
            threading.Thread(target=self._text, args=(place, number), daemon=True)
            for place, number in enumerate(self.numbers)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Write no more, once what was begun is written."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _text(self, place: int, number: str) -> None:
        self._stop.wait(PACE * place / PHONES)
        count = 0
        while not self._stop.is_set():
            count += 1
            began = time.monotonic()
            while not self._try(number, count, f"SM{place:016x}{count:016x}"):
                time.sleep(0.5)
            self._stop.wait(max(0.0, PACE - (time.monotonic() - began)))

    def _try(self, number: str, count: int, sid: str) -> bool:
        text = json.dumps({"from": number, "to": OURS, "body": str(count), "sid": sid}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._carrier}/sandbox/texts", text, headers)
        try:
            with urllib.request.urlopen(request, timeout=5):
                return True
        except OSError:
            return False


def main(scenarios: list[str]) -> None:
    """Live through each scenario on a deployment of its own, and print the table."""
    rows = [live_through(scenario) for scenario in scenarios or SCENARIOS]
    show(
        f"{PHONES} phones, one text each {PACE:.0f} s; away for {AWAY:.0f} s",
        (
            "away",
            "written",
            "answered",
            "silence by decision",
            "withheld",
            "answered twice",
            "ids with two SIDs",
            "counted maybe_twice",
            "caught up after s",
            "longest wait s",
            "ended by themselves",
        ),
        [msgspec.structs.astuple(row) for row in rows],
    )


def live_through(scenario: str) -> Counted:
    """One scenario from the first text to the last answer."""
    kind, _, victims = scenario.partition("-")
    with by_hand() as deployment:
        phones = Phones(deployment)
        for number in phones.numbers:
            deployment.enroll(number)
        time.sleep(1)
        phones.start()
        time.sleep(BEFORE)
        away(deployment, kind, victims.split("+"))
        back = time.time()
        time.sleep(AFTER)
        phones.stop()
        wait_until_still(deployment)
        counted = count(deployment, scenario, phones.numbers, back)
    print(counted, flush=True)
    return counted


def away(deployment: ByHand, kind: str, victims: list[str]) -> None:
    """Take processes away for a minute, or let them hang for as long."""
    for victim in victims:
        deployment.take_away(victim) if kind == "gone" else deployment.hang(victim)
    time.sleep(AWAY)
    for victim in victims:
        deployment.bring_back(victim) if kind == "gone" else deployment.go_on(victim)


def wait_until_still(deployment: ByHand) -> None:
    """Return when every text has an answer and nothing new was said for a while, or when it takes too long."""
    end = time.monotonic() + CATCH_UP
    said, since = -1, time.monotonic()
    while time.monotonic() < end:
        now = len(deployment.book.said())
        if now != said:
            said, since = now, time.monotonic()
        if time.monotonic() - since > STILL and _nothing_open(deployment):
            return
        time.sleep(0.5)


def count(deployment: ByHand, scenario: str, phones: list[str], back: float) -> Counted:
    """Compare the carrier's book with the journal."""
    book, parts = deployment.book, deployment.parts
    heard = [text for text in book.heard() if text.body.isdigit()]
    in_book = defaultdict(list)
    for text in book.said():
        in_book[text.message].append(text)
    said, silent, reasons = _journal(deployment, phones)
    answers = {text.sid: [one for m in said[text.sid] for one in in_book[m]] for text in heard}
    waits = [_first(answers[text.sid]) - text.created for text in heard if answers[text.sid]]
    meanwhile = [text for text in heard if text.created < back and answers[text.sid]]
    unanswered = [text for text in heard if not answers[text.sid]]
    kept_back = Counter(reasons.get(m, "lost") for text in unanswered for m in said[text.sid])
    for text in unanswered:
        if not said[text.sid] and text.sid not in silent:
            kept_back["never heard"] += 1
    return Counted(
        scenario=scenario,
        written=len(heard),
        answered=len(heard) - len(unanswered),
        in_silence=sum(text.sid in silent for text in unanswered),
        withheld=", ".join(f"{reason} {n}" for reason, n in kept_back.items()) or "0",
        twice=sum(len(found) > 1 for found in answers.values()),
        two_sids=sum(len({text.sid for text in found}) > 1 for m, found in in_book.items() if m),
        maybe_twice=parts.marks.counts().get("maybe_twice", 0),
        caught_up=max((_first(answers[text.sid]) - back for text in meanwhile), default=0.0),
        longest=percentile(waits, 1.0) if waits else 0.0,
        ended=", ".join(f"{name} {times}" for name, times in deployment.ended.items()) or "none",
    )


def _journal(deployment: ByHand, phones: list[str]) -> tuple[dict[str, list[str]], set[str], dict[str, str]]:
    """Message ids by the text that they answer; texts left in silence; why a text of ours was kept back."""
    said: dict[str, list[str]] = defaultdict(list)
    silent: set[str] = set()
    reasons: dict[str, str] = {}
    parts = deployment.parts
    for phone in phones:
        for row in parts.journal.rows(parts.participants.find(phone), most=20_000):
            match row.kind:
                case "said":
                    said[row.by].append(row.data["message"])
                case "left_in_silence":
                    silent.add(row.by)
                case "withheld" | "delivery" if "reason" in row.data:
                    reasons[row.data.get("message", row.by)] = row.data["reason"]
    return said, silent, reasons


def _first(answers: list[Written]) -> float:
    return min(text.created for text in answers)


def _nothing_open(deployment: ByHand) -> bool:
    """Whether no text waits, none is in a call, and every text was answered by number."""
    try:
        if deployment.parts.outbox.unsettled(("risk", "confirmation", "reply", "scheduled")):
            return False
    except (RecordError, OSError):
        return False
    heard = Counter(text.phone for text in deployment.book.heard())
    said = Counter(text.phone for text in deployment.book.said())
    return all(said[phone] >= heard[phone] for phone in heard)


if __name__ == "__main__":
    main(sys.argv[1:])
