"""Follows a file that others append lines to."""

from __future__ import annotations

from pathlib import Path

EVENTS = "events.log"


def events_path(data: Path) -> Path:
    """Return where the demo's processes append one line for each thing that its terminal should show."""
    return data / "log" / EVENTS


class Tail:
    """The lines appended after this was made; what stood there before is history."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = path.stat().st_size if path.exists() else 0
        self._rest = b""

    def lines(self) -> list[str]:
        """Return the whole lines that came since the last look; begins anew when the file was cut."""
        try:
            with self._path.open("rb") as file:
                self._offset = self._offset if self._offset <= file.seek(0, 2) else 0
                file.seek(self._offset)
                new = file.read()
        except OSError:
            return []
        self._offset += len(new)
        *whole, self._rest = (self._rest + new).split(b"\n")
        return [line.decode(errors="replace") for line in whole if line.strip()]
