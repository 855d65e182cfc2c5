"""Every check of a whole program, in one place."""

from __future__ import annotations

from app.content.whole import Whole


def check(whole: Whole) -> tuple[str, ...]:
    """Note every mistake in the findings of its file and return what is proven."""
    return ()
