"""The headers of the dashboard's pages: nothing runs in the browser that is not a file of ours."""

from __future__ import annotations

import base64
import hashlib
import re

from flask import Response

INLINE = re.compile(r'<script type="text/javascript">(.*?)</script>', re.DOTALL)
# The style attributes that the package's templates hold; a test compares them with what is installed.
STYLES = (
    "",
    "display: none",
    "float: right",
    "float: right; margin-right: 8px;",
    "text-align: center;",
)
POLICY = (
    "default-src 'none'; script-src 'self'{scripts}; style-src 'self'; "
    "style-src-attr 'unsafe-hashes'{styles}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def secured(response: Response, lasting: bool) -> Response:
    """The response with its headers; only the package's own files, which are `lasting`, may be kept."""
    response.headers["Content-Security-Policy"] = content_policy(response)
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": with that a browser hides the origin of our own log-in form, too.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600" if lasting else "no-store"
    return response


def content_policy(response: Response) -> str:
    """The policy of a response: its one inline script is allowed by its hash, and no other."""
    html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
    found = INLINE.findall(html)
    # Two would mean that one was put there by somebody else: then neither runs.
    scripts = [_hashed(found[0].replace("\r\n", "\n"))] if len(found) == 1 else []
    return POLICY.format(scripts=_listed(scripts), styles=_listed([_hashed(style) for style in STYLES]))


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _listed(sources: list[str]) -> str:
    return "".join(f" {source}" for source in sources)
