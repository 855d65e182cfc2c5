"""Who may see the queue dashboard: tickets, tries and sessions, kept in Redis for all web processes."""

from __future__ import annotations

import hashlib
import hmac
import secrets

import redis
from itsdangerous import BadSignature, URLSafeSerializer

from app.ports import RecordError

TICKET_SECONDS = 600
SESSION_SECONDS = 8 * 3600
MOST_TRIES = 8
TRIES_SECONDS = 300


class Door:
    """Opens for a password or a ticket; every secret is kept in Redis only as its hash."""

    def __init__(self, connection: redis.Redis, prefix: str, secret: str, password: str) -> None:
        self._redis, self._prefix = connection, f"{prefix}dashboard:"
        self._password = password
        # A new password or a new secret ends every session.
        self._key = hmac.digest(secret.encode(), password.encode(), "sha256") if secret else b""
        self._signer = URLSafeSerializer(self._key or secrets.token_bytes(32), salt="cairn dashboard")

    @property
    def closed(self) -> bool:
        """Whether nobody can come in, since no password or no secret is set."""
        return not (self._password and self._key)

    def new_ticket(self, seconds: int = TICKET_SECONDS) -> str:
        """A ticket that lets one person in once within so many seconds; raises RecordError."""
        ticket = secrets.token_urlsafe(24)
        try:
            self._redis.set(self._name("ticket", ticket), "1", ex=seconds)
        except redis.RedisError as error:
            raise RecordError(type(error).__name__) from error
        return ticket

    def take(self, ticket: str) -> bool:
        """Whether the ticket was good; it is not any more."""
        return self._redis.getdel(self._name("ticket", ticket)) is not None

    def seconds_to_wait(self, who: str) -> int:
        """Count one try of somebody; returns for how long they must wait, 0 when they may try now."""
        name = self._name("tries", who)
        with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.set(name, 0, ex=TRIES_SECONDS, nx=True)
            pipeline.incr(name)
            pipeline.ttl(name)
            _, tries, left = pipeline.execute()
        return max(int(left), 1) if int(tries) > MOST_TRIES else 0

    def knows(self, password: str) -> bool:
        """Whether this is the password."""
        return hmac.compare_digest(password.encode(), self._password.encode()) and not self.closed

    def begin(self) -> str:
        """A new session, as its signed cookie says it."""
        session = secrets.token_urlsafe(24)
        self._redis.set(self._name("session", session), "1", ex=SESSION_SECONDS)
        return str(self._signer.dumps(session))

    def is_open(self, cookie: str) -> bool:
        """Whether the cookie belongs to a session that has not ended."""
        session = self._session(cookie)
        return bool(session) and self._redis.exists(self._name("session", session)) == 1

    def end(self, cookie: str) -> None:
        """End a session everywhere."""
        self._redis.delete(self._name("session", self._session(cookie)))

    def proof(self, cookie: str) -> str:
        """What a page of this session, and no foreign page, can send along."""
        return hmac.new(self._key, f"proof/{cookie}".encode(), "sha256").hexdigest()

    def _session(self, cookie: str) -> str:
        try:
            found = self._signer.loads(cookie) if cookie else ""
        except BadSignature:
            return ""
        return found if isinstance(found, str) and not self.closed else ""

    def _name(self, kind: str, secret: str) -> str:
        return f"{self._prefix}{kind}:{hashlib.sha256(secret.encode()).hexdigest()[:32]}"
