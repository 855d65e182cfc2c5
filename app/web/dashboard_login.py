"""The way into the queue dashboard: a password, or a ticket that works once; and the way out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request

from app.web.dashboard_allowed import has_proof, is_foreign
from app.web.dashboard_door import SESSION_SECONDS, Door

SESSION_COOKIE = "cairn_rq"
PROOF_COOKIE = "_csrf_token"  # by this name the package's pages read it and send it along
HOME = "/rq/"
LONGEST_PASSWORD = 1024


def login_blueprint(door: Door, public_url: str) -> Blueprint:
    """Return the routes for signing in and out."""
    blueprint = Blueprint("dashboard_login", __name__, url_prefix="/rq")
    secure = public_url.startswith("https://")

    @blueprint.before_request
    def guard() -> Response | None:
        if door.closed:
            return _page("CAIRN_DASHBOARD_PASSWORD and CAIRN_SESSION_SECRET are not set.", 503)
        if request.method == "POST" and is_foreign(request, public_url):
            abort(403)
        return None

    @blueprint.get("")
    def enter() -> Response:
        ticket = request.args.get("ticket", "")
        if not ticket:
            return make_response(redirect(HOME))
        # A preview that only asks for the head of a link must not use it up.
        if request.method != "GET" or not door.take(ticket):
            return _page("This link was used before, or is too old. A new one: cairn ticket", 403)
        return _signed_in(door, secure)

    @blueprint.get("/login")
    def form() -> Response:
        return _page("")

    @blueprint.post("/login")
    def log_in() -> Response:
        if wait := door.seconds_to_wait(request.remote_addr or ""):
            page = _page(f"Too many tries. Try again in {wait} seconds.", 429)
            page.headers["Retry-After"] = str(wait)
            return page
        if not door.knows(request.form.get("password", "")[:LONGEST_PASSWORD]):
            return _page("That is not the password.", 403)
        return _signed_in(door, secure)

    @blueprint.post("/logout")
    def log_out() -> Response:
        cookie = request.cookies.get(SESSION_COOKIE, "")
        if not has_proof(request, door.proof(cookie)):
            abort(403)
        door.end(cookie)
        response = make_response("", 204)
        for name in (SESSION_COOKIE, PROOF_COOKIE):
            response.delete_cookie(name, path="/rq")
        return response

    return blueprint


def _signed_in(door: Door, secure: bool) -> Response:
    cookie = door.begin()
    response = make_response(redirect(HOME))
    for name, value, http_only in (
        (SESSION_COOKIE, cookie, True),
        (PROOF_COOKIE, door.proof(cookie), False),
    ):
        response.set_cookie(
            name,
            value,
            max_age=SESSION_SECONDS,
            path="/rq",
            secure=secure,
            httponly=http_only,
            samesite="Strict",
        )
    return response


def _page(words: str, status: int = 200) -> Response:
    return make_response(render_template("dashboard_login.html", words=words), status)
