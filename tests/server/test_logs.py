"""Logs: one line for each record, without what harms a terminal or lets somebody in."""

from __future__ import annotations

import json
import logging

import pytest

from audiogen.server.logs import JsonLines, Lines

ADDRESS = "https://ada:hunter2@news.example/a?token=hunter2&id=7"


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, None) if error else None
    return logging.LogRecord("audiogen.server.jobs", logging.WARNING, "", 0, "%s", (message,), told)


@pytest.mark.parametrize("form", [Lines(), JsonLines()], ids=["text", "json"])
def test_a_line_holds_no_secret_and_nothing_that_a_terminal_obeys(form: logging.Formatter) -> None:
    text = form.format(record(f"{ADDRESS}: a \x1b[2Jtitle\u202e\nof two\u2028lines", ValueError(ADDRESS)))
    assert "hunter2" not in text
    assert not {"\x1b", "\u202e", "\u2028"} & set(text)
    if isinstance(form, JsonLines):
        assert json.loads(text)["message"] == "https://news.example/a?id=7: a  [2Jtitle of two lines"
    else:
        assert "https://news.example/a?id=7" in text.splitlines()[0]
