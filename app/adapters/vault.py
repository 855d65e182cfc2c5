"""Seals texts, numbers and states under a key of the participant's own, wrapped by a master key that rotates."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import zlib
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE = 12
_ID = 4


class VaultError(Exception):
    """A sealed thing cannot be opened: its key is gone, or it is not what was sealed."""


class Vault:
    """Opens and seals; `masters` are the master keys, newest first."""

    def __init__(self, masters: Sequence[bytes], chance: Callable[[int], bytes] = os.urandom) -> None:
        if not masters or any(len(master) != KEY_BYTES for master in masters):
            raise ValueError("a master key has 32 bytes; make one with: cairn new-key")
        self._masters = {hashlib.sha256(master).digest()[:_ID]: master for master in masters}
        self._newest = masters[0]
        self._lookups = [_derive(master, b"address") for master in masters]
        self._chance = chance

    def addresses(self, number: str) -> list[str]:
        """Keyed hashes of a number under every master key, newest first."""
        return [hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:40] for key in self._lookups]

    def new_key(self, participant: str) -> tuple[bytes, bytes]:
        """A new key for a participant: itself, and wrapped by the newest master key."""
        key = self._chance(KEY_BYTES)
        return key, self.wrap(participant, key)

    def wrap(self, participant: str, key: bytes) -> bytes:
        """A participant's key under the newest master key."""
        identity = hashlib.sha256(self._newest).digest()[:_ID]
        return identity + self._seal(_derive(self._newest, b"wrap"), key, participant.encode())

    def unwrap(self, participant: str, wrapped: bytes) -> bytes:
        """The participant's own key; raises VaultError when its master key is not among ours."""
        master = self._masters.get(wrapped[:_ID])
        if master is None:
            raise VaultError("the master key of this participant is not in CAIRN_KEYS")
        return _open(_derive(master, b"wrap"), wrapped[_ID:], participant.encode())

    def seal(self, key: bytes, plain: bytes, what: str) -> bytes:
        """Seal bytes under a participant's key; `what` says what they are and must be said again to open them."""
        return self._seal(key, zlib.compress(plain, 6), what.encode())

    def open(self, key: bytes, sealed: bytes, what: str) -> bytes:
        """The bytes that were sealed; raises VaultError."""
        return zlib.decompress(_open(key, sealed, what.encode()))

    def _seal(self, key: bytes, plain: bytes, about: bytes) -> bytes:
        nonce = self._chance(_NONCE)
        return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _open(key: bytes, sealed: bytes, about: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise VaultError("a sealed value could not be opened") from error


def _derive(master: bytes, purpose: bytes) -> bytes:
    return hmac.new(master, b"cairn/" + purpose, hashlib.sha256).digest()


def new_key_text() -> str:
    """A fresh master key in base64."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()
