"""What the dashboard says about jobs and workers: ids, times and kinds, never what a job was called with."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis
from flask import Flask, abort, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from rq import VERSION, Queue, Worker
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job, requeue_job
from rq.serializers import JSONSerializer
from rq_dashboard.version import VERSION as DASHBOARD_VERSION

DESCRIPTION = re.compile(r"(wake \d{1,9}|deliver [a-z]{1,20})")
FAULT = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")
View = Callable[..., Any]


def replace_views(app: Flask) -> None:
    """Put our own views in the place of the package's that would show or read too much."""
    views = app.view_functions
    views["rq_dashboard.list_jobs"] = _thinned(views["rq_dashboard.list_jobs"], _thin_page)
    views["rq_dashboard.job_info"] = _thinned(views["rq_dashboard.job_info"], _thin_job)
    views["rq_dashboard.list_workers"] = _list_workers
    views["rq_dashboard.job_view"] = _job_view
    views["rq_dashboard.requeue_job_view"] = _requeue
    views["rq_dashboard.requeue_all"] = _requeue_all
    views["rq_dashboard.compact_queue"] = _compact


def described(text: str | None) -> str:
    """The description of a job of ours; nothing of any other."""
    return text if text and DESCRIPTION.fullmatch(text) else "not shown"


def fault_of(trace: str | None) -> str | None:
    """The kind of the exception that ended a job, without its message or its lines; None without a trace."""
    if not trace:
        return None
    found = FAULT.match(trace.strip().rsplit("\n", 1)[-1])
    return found.group(1) if found else "fault"


def _thinned(view: View, thin: Callable[[dict[str, Any]], dict[str, Any]]) -> View:
    def answer(**arguments: Any) -> ResponseReturnValue:
        try:
            response, _ = view(**arguments)
        except NoSuchJobError:
            abort(404)
        return jsonify(thin(response.get_json()))

    return answer


def _thin_page(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "jobs": [_thin_job(job) for job in page["jobs"]]}


def _thin_job(job: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "created_at", "enqueued_at", "started_at", "ended_at", "origin", "status")
    thin = {name: job[name] for name in kept if name in job}
    return thin | {
        "description": described(job["description"]),
        "exc_info": fault_of(job["exc_info"]),
        "result": None,
        "metadata": "",
    }


def _list_workers(**_: int) -> ResponseReturnValue:
    """Not the package's: it reads every job as a pickle and prints how it was called."""
    workers = Worker.all(connection=_connection(), serializer=JSONSerializer)
    return jsonify(workers=sorted((_worker(worker) for worker in workers), key=lambda shown: shown["name"]))


def _worker(worker: Any) -> dict[str, Any]:
    job_id = worker.get_current_job_id()
    return {
        "name": worker.name,
        "queues": worker.queue_names(),
        "state": str(worker.get_state()),
        "current_job": _running(job_id) if job_id else "idle",
        "version": worker.version or "",
        "python_version": worker.python_version or "",
    }


def _running(job_id: str) -> dict[str, Any] | str:
    try:
        job = Job.fetch(job_id, connection=_connection(), serializer=JSONSerializer)
    except NoSuchJobError:
        return "idle"
    words = described(job.description)
    created = job.created_at.isoformat() if job.created_at else None
    return {"job_id": job.id, "description": words, "call_string": words, "created_at": created}


def _job_view(instance_number: int, job_id: str) -> ResponseReturnValue:
    if not Job.exists(job_id, connection=_connection()):
        abort(404)
    return render_template(
        "rq_dashboard/job.html",
        current_instance=instance_number,
        instance_list=current_app.config["RQ_DASHBOARD_REDIS_URL"],
        id=job_id,
        rq_url_prefix=url_for("rq_dashboard.queues_overview"),
        rq_dashboard_version=DASHBOARD_VERSION,
        rq_version=VERSION,
        enable_delete=False,
    )


def _requeue(job_id: str) -> ResponseReturnValue:
    try:
        requeue_job(job_id, _connection(), serializer=JSONSerializer)
    except (NoSuchJobError, InvalidJobOperation):
        abort(409)
    return jsonify(status="OK")


def _requeue_all(queue_name: str) -> ResponseReturnValue:
    failed = Queue(queue_name, connection=_connection(), serializer=JSONSerializer).failed_job_registry
    count = 0
    for job_id in failed.get_job_ids(cleanup=False):
        try:
            requeue_job(job_id, _connection(), serializer=JSONSerializer)
            count += 1
        except (NoSuchJobError, InvalidJobOperation):
            continue  # somebody else took it
    return jsonify(status="OK", count=count)


def _compact(queue_name: str) -> ResponseReturnValue:
    with suppress(redis.ResponseError):  # an empty queue has nothing to rename
        Queue(queue_name, connection=_connection(), serializer=JSONSerializer).compact()
    return jsonify(status="OK")


def _connection() -> redis.Redis:
    found: redis.Redis = current_app.extensions["dashboard_connection"]
    return found
