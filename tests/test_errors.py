"""Errors hold their subject, say what to do, and cross processes."""

from __future__ import annotations

import pickle
from inspect import isclass
from pathlib import Path

import pytest

from audiogen import errors
from audiogen.errors import AudiogenError, NotAnArticleError

KINDS = [kind for kind in vars(errors).values() if isclass(kind) and issubclass(kind, AudiogenError)]


def make(kind: type[AudiogenError]) -> AudiogenError:
    if issubclass(kind, NotAnArticleError):
        return kind(Path("page.html"), "listing", "40 links and no paragraph")
    return kind(Path("page.html"), "It could not be read. Save it again.")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_from_one_process_to_another(kind: type[AudiogenError]) -> None:
    error = make(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert copy.__dict__ == error.__dict__
    assert str(copy) == str(error)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_error_is_drawn_in_the_tree(kind: type[AudiogenError]) -> None:
    assert errors.__doc__
    assert kind.__name__ in errors.__doc__


def test_a_page_that_is_no_article_tells_its_kind_and_the_way_round() -> None:
    error = make(NotAnArticleError)
    assert isinstance(error, NotAnArticleError)
    assert (error.kind, error.evidence) == ("listing", "40 links and no paragraph")
    assert "--force" in error.message
