"""Chance that can be audited: each draw is a keyed hash of what it decides."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import msgspec

ALGORITHM = 1


class StudyKey(msgspec.Struct, frozen=True):
    """The key that draws are made with; its id goes into the journal, the key never does."""

    id: str
    secret: bytes


class Draw(msgspec.Struct, frozen=True):
    """One draw as the journal keeps it."""

    factor: str
    options: dict[str, float]
    u: float
    taken: str
    p: float
    randomized: bool
    key: str
    algorithm: int = ALGORITHM


def uniform(key: StudyKey, participant: str, point: str, occurrence: int, factor: str) -> float:
    """A number in [0, 1) that only these arguments decide, uniform over them.

    HMAC-SHA256 over length-prefixed fields; the first 53 bits become the fraction.
    """
    fields = (str(ALGORITHM), key.id, participant, point, str(occurrence), factor)
    message = b"".join(len(f.encode()).to_bytes(4, "big") + f.encode() for f in fields)
    digest = hmac.new(key.secret, message, hashlib.sha256).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def draw(
    key: StudyKey, participant: str, point: str, occurrence: int, factor: str, options: Mapping[str, float]
) -> Draw:
    """The option that is taken, with its probability; options are weighed in the order of their names.

    Raises ValueError when no option has a chance.
    """
    total = sum(options.values())
    if total <= 0:
        raise ValueError("no option has a chance")
    chances = {name: options[name] / total for name in sorted(options)}
    u = uniform(key, participant, point, occurrence, factor)
    taken = _taken(chances, u)
    p = chances[taken]
    return Draw(factor, chances, u, taken, p, randomized=0 < p < 1, key=key.id)


def _taken(chances: Mapping[str, float], u: float) -> str:
    reached = 0.0
    last = ""
    for name, chance in chances.items():
        if chance <= 0:
            continue
        reached += chance
        last = name
        if u < reached:
            return name
    return last  # only rounding of the sum comes here
