"""Redis as the record of care."""
