"""Our own numbers at the carrier: where their texts go, and whether the carrier answers STOP itself."""

from __future__ import annotations

import hashlib

import msgspec

from app.sandbox.carrier.settings import CarrierSettings
from app.sandbox.carrier.store import Store


class Sender(msgspec.Struct, frozen=True):
    """One of our numbers."""

    number: str
    sms_url: str
    answers_stop: bool = False

    @property
    def sid(self) -> str:
        """Return the number's own id, the same in every run."""
        return "PN" + hashlib.sha256(self.number.encode()).hexdigest()[:32]


def bare_number(address: str) -> str:
    """Return the number in an address such as `whatsapp:+1555...`."""
    return address.removeprefix("whatsapp:")


class Senders:
    """Our numbers with their settings, and who has opted out of which."""

    def __init__(self, store: Store, settings: CarrierSettings) -> None:
        self._store = store
        self._settings = settings

    def all(self) -> list[Sender]:
        """Return our numbers: those that the settings name first, then those set up later."""
        kept = {row["number"]: row for row in self._store.rows("SELECT * FROM senders ORDER BY rowid")}
        numbers = dict.fromkeys((*self._settings.numbers, *kept))
        return [self._sender(number, kept.get(number)) for number in numbers]

    def of(self, address: str) -> Sender:
        """Return the settings of the number in this address; unknown numbers have the usual ones."""
        number = bare_number(address)
        rows = self._store.rows("SELECT * FROM senders WHERE number = :number", {"number": number})
        return self._sender(number, rows[0] if rows else None)

    def owns(self, address: str) -> bool:
        """Say whether we may send from this address; with no number set up, any is ours."""
        numbers = {sender.number for sender in self.all()}
        return not numbers or bare_number(address) in numbers

    def keep(self, sender: Sender) -> None:
        """Write down a number's settings."""
        self._store.write(
            "INSERT OR REPLACE INTO senders (number, sms_url, answers_stop)"
            " VALUES (:number, :sms_url, :answers_stop)",
            msgspec.structs.asdict(sender),
        )

    def opt_out(self, address: str, number: str) -> None:
        """Note that the person at the number wants nothing more from this sender."""
        self._store.write("INSERT OR IGNORE INTO opt_outs VALUES (:sender, :number)", _pair(address, number))

    def opt_in(self, address: str, number: str) -> None:
        """Note that the person at the number wants this sender's texts again."""
        self._store.write(
            "DELETE FROM opt_outs WHERE sender = :sender AND number = :number", _pair(address, number)
        )

    def has_opted_out(self, address: str, number: str) -> bool:
        """Say whether the carrier blocks this sender's texts to the number."""
        query = "SELECT 1 FROM opt_outs WHERE sender = :sender AND number = :number"
        return bool(self._store.rows(query, _pair(address, number)))

    def _sender(self, number: str, row: dict[str, object] | None) -> Sender:
        if row is None:
            return Sender(number, self._settings.webhook_url)
        return Sender(number, str(row["sms_url"] or self._settings.webhook_url), bool(row["answers_stop"]))


def _pair(address: str, number: str) -> dict[str, str]:
    return {"sender": bare_number(address), "number": number}
