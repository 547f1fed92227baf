"""Whether the server is well, its figures, and its log."""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from audiogen.server.jobs import Job, State
from audiogen.server.logs import JsonLines, Lines, configure, log_job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.conftest import Served


def test_a_server_that_is_well_says_so_to_everybody(served: Served) -> None:
    answer = served.stranger(host="anything.example").get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "faults": []})


def test_figures_are_what_prometheus_reads(served: Served) -> None:
    served.service.queue.add(Job("", "x", "x", state=State.DONE, finished=time.time(), outcome="new", duration=90.0))
    with served.client as client:
        answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    result = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert result["audiogen_jobs", "done"] == 1
    assert result["audiogen_jobs", "failed"] == 0
    assert result["audiogen_speech_seconds_total",] == 90.0
    assert result["audiogen_queue_age_seconds",] == 0


JOB = Job("17", "The ferry\nsails", "x", state=State.REFUSED, error="NotAnArticleError", message="It is a listing.")


def record(form: logging.Formatter) -> str:
    made = logging.LogRecord("audiogen.server.jobs", logging.WARNING, "", 0, "%s", ("The ferry\nsails",), None)
    made.facts = {"job": "17"}
    return form.format(made)


def test_a_line_of_the_log_is_one_line_whatever_a_title_holds() -> None:
    assert "\n" not in record(Lines())
    report = json.loads(record(JsonLines()))
    assert (report["level"], report["job"], report["message"]) == ("warning", "17", "The ferry sails")


@pytest.fixture
def logging_after() -> Iterator[None]:
    root = logging.getLogger("audiogen")
    before = root.handlers[:], root.level, root.propagate
    yield
    root.handlers[:], root.level, root.propagate = before


@pytest.mark.usefixtures("logging_after")
@pytest.mark.parametrize(("quiet", "lines"), [(False, 2), (True, 1)])
def test_jobs_are_logged_and_quiet_leaves_the_failures(
    capsys: pytest.CaptureFixture[str], quiet: bool, lines: int
) -> None:
    configure("json", quiet=quiet)
    log_job(JOB)
    log_job(Job("18", "Ice", "y", state=State.DONE, outcome="new"))
    report = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(report) == lines
    assert (report[0]["error"], report[0]["state"]) == ("NotAnArticleError", "refused")
