"""What is kept of one participant stays small, however long they are in care and whatever they write."""

from __future__ import annotations

import random
from pathlib import Path

from app.adapters.vault import Vault
from app.content.load import load_program
from app.core import state as kept
from app.core import tailoring
from app.core.reading.model import Reading

LARGEST = 4_096  # bytes, sealed
CONTENT = Path(__file__).parent.parent.parent / "content" / "lighter-days"
START = 1_790_000_000_000


def at_every_bound(release, chance):
    """A participant whose every list is full."""
    words = (CONTENT / "program.yaml").read_text().split()

    def moment():
        return START + chance.randrange(10**9)

    def said(length):
        return " ".join(chance.choice(words) for _ in range(length))[:length]

    def answer():
        reading = Reading("answer", understood=True, value=said(1_600), quotable=True)
        return tailoring.saved_from(reading, moment(), "some-intervention/event/own")

    state = kept.State("p_" + "a" * 16, release.program, last_now=moment(), zones=["America/Chicago"])
    for variable in release.variables.values():
        many = range(min(variable.keep, kept.MAX_RING))
        if variable.kind == "text":
            state.values[variable.name] = [answer() for _ in many]
        elif variable.kind != "computed":
            state.values[variable.name] = [
                kept.Saved(chance.randrange(10), moment(), "some-intervention/event") for _ in many
            ]
    state.moments = [answer() for _ in range(kept.MAX_MOMENTS)]
    state.outgoing = [
        kept.Outgoing(f"m_{chance.randbytes(10).hex()}", "reply", moment()) for _ in range(kept.MAX_OUTGOING)
    ]
    state.sent = [(moment() // 1000 * 1000, True, False) for _ in range(kept.MAX_SENT)]
    state.used = {name: moment() for name in release.interventions}
    state.recent = [kept.Recent(moment(), said(320)) for _ in range(kept.MAX_RECENT)]
    return state


def test_a_participant_at_every_bound_takes_less_than_four_kilobytes_sealed():
    release = load_program(CONTENT).release
    state = at_every_bound(release, random.Random(1))
    key = b"k" * 32
    sealed = Vault([key]).seal(key, kept.encode(state), "state/p_1")
    assert len(sealed) < LARGEST
