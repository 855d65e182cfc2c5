"""Which requests may reach the dashboard's package: known pages and arguments, changes from our own pages."""

from __future__ import annotations

import hmac
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Request

from app.adapters.bells import QUEUES

PAGES = ("queues_overview", "workers_overview", "jobs_overview", "job_view")
DATA = ("list_queues", "list_workers", "list_jobs", "job_info", "favicon", "static")
READS = frozenset((*PAGES, *DATA))
CHANGES = frozenset(("requeue_job_view", "requeue_all", "compact_queue"))
REGISTRIES = frozenset(("queued", "scheduled", "deferred", "started", "finished", "failed", "canceled"))
JOB_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
COUNT = re.compile(r"[1-9]\d{0,5}")
MOST_ON_A_PAGE = 200


def refusal(request: Request, endpoint: str) -> int:
    """The HTTP status with which to refuse a request for the package; 0 when it may pass."""
    if endpoint not in READS | CHANGES:
        return 404
    if request.method not in (("GET", "HEAD") if endpoint in READS else ("POST",)):
        return 405
    return 0 if all(_known(name, value) for name, value in (request.view_args or {}).items()) else 404


def is_foreign(request: Request, public_url: str) -> bool:
    """Whether a request that would change something was not made by a page of ours."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return True
    if site is not None and site != "same-origin":
        return True
    return origin is not None and origin != public_url and not _same_host(origin, request.host)


def has_proof(request: Request, proof: str) -> bool:
    """Whether the request carries what only a page of this session knows."""
    return hmac.compare_digest(request.headers.get("X-CSRFToken", "").encode(), proof.encode())


def _same_host(origin: str, host: str) -> bool:
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == host


def _known(name: str, value: Any) -> bool:
    match name:
        case "instance_number":
            return bool(value == 0)
        case "queue_name":
            return value is None or value in QUEUES
        case "registry_name":
            return value in REGISTRIES
        case "order":
            return value in ("asc", "dsc")
        case "page":
            return COUNT.fullmatch(str(value)) is not None
        case "per_page":
            return COUNT.fullmatch(str(value)) is not None and int(value) <= MOST_ON_A_PAGE
        case "job_id":
            return JOB_ID.fullmatch(value) is not None
        case "filename":
            return True
    return False
