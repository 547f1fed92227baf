"""The cleaner of HTML pages."""
