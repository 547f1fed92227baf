"""Loggers of other libraries say nothing while they are silenced, and speak again afterwards."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from audiogen.readers.silenced import silenced


@pytest.fixture
def logger() -> logging.Logger:
    found = logging.getLogger("audiogen-test-library")
    found.setLevel(logging.INFO)
    return found


def test_a_logger_and_those_below_it_are_silent_meanwhile_and_then_as_they_were(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    with silenced(logger.name):
        logger.error("unheard")
        logger.getChild("core").critical("unheard, too")
    logger.info("heard")
    assert [record.message for record in caplog.records] == ["heard"]


def test_the_level_comes_back_after_an_exception(logger: logging.Logger) -> None:
    with pytest.raises(ValueError), silenced(logger.name):
        raise ValueError
    assert logger.level == logging.INFO


def test_a_level_that_a_library_gives_itself_meanwhile_stays(logger: logging.Logger) -> None:
    with silenced(logger.name):
        logger.setLevel(logging.ERROR)
    assert logger.level == logging.ERROR


def test_threads_that_overlap_leave_the_level_as_it_was(logger: logging.Logger) -> None:
    both_in = Barrier(2, timeout=20)

    def call() -> int:
        with silenced(logger.name):
            both_in.wait()
            return logger.level

    with ThreadPoolExecutor(2) as pool:
        levels = [future.result() for future in [pool.submit(call), pool.submit(call)]]
    assert min(levels) > logging.CRITICAL
    assert logger.level == logging.INFO
