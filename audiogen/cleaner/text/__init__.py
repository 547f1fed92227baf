"""The cleaner of plain-text captures."""
