"""What gunicorn serves."""

from __future__ import annotations

import contextlib
import os

from app.logs import set_up_logs
from app.ports import RecordError
from app.settings import Settings
from app.upkeep import ask_soon
from app.web.app import create_app, start_urgent
from app.wiring import WEB_TIMEOUT, Parts

settings = Settings.from_environment(os.environ)
set_up_logs(settings.log)
parts = Parts(settings, timeout=WEB_TIMEOUT)
application = create_app(parts)
start_urgent(parts)
with contextlib.suppress(RecordError):
    ask_soon(parts.marks)  # what came while no web process was up is asked of the carrier
