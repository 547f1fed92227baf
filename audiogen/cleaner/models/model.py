"""Loads a model file, which has this format:

    {"format": 1,
     "provenance": {"inputs": […], "versions": {…}, "seed": …, "commit": …, "scores": {…}, …},
     "features": ["words", "characters", …],       all features in the order of the training
     "features_digest": "sha256:…",                 of the names, one in each line
     "measured_digest": "sha256:…",                 of the golden tables at that time (`tests/cleaner/golden`)
     "words": {"": 0.5, "our": -1.2, …},            weights of words (`word_weights`)
     "forests": [{"names": […], "depth": 9, "trees": […]}, …]}

`training/export.py` writes it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from audiogen.cleaner.models.forest import Forest, load_forest
from audiogen.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: The supported version of the format.
FORMAT = 1
#: Most differing features that an error message names.
MAX_NAMED = 3


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model."""

    path: Path
    #: Names of the features that were measured when it was trained, in their order.
    features: tuple[str, ...]
    #: Digest of the features of the project's own pages at that time.
    measured_digest: str
    #: Weights of words.
    words: Mapping[str, float]
    #: The forests in the order in which they are evaluated.
    forests: tuple[Forest, ...]
    provenance: Mapping[str, Any]

    def check(self, features: Sequence[str]) -> None:
        """Raise an error if *features* are not those that the model was trained on, in the same order.

        Raises:
            ModelError: a name is missing, unknown, or at another index.
        """
        if tuple(features) != self.features:
            raise ModelError(self.path, _difference(self.path, self.features, tuple(features)))


@cache
def load(path: Path) -> Model:
    """Return the model in the file *path*.

    Raises:
        ModelError: the file has another format, or its features do not match its digest.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ModelError(path, f"{path.name} is no model of format {FORMAT}; train it again (training/README.md).")
    features = tuple(data["features"])
    if features_digest(features) != data["features_digest"]:
        raise ModelError(
            path,
            f"The features in {path.name} are not those it was trained on; repair the installation (docs/install.md).",
        )
    return Model(
        path=path,
        features=features,
        measured_digest=data["measured_digest"],
        words=data["words"],
        forests=tuple(load_forest(forest) for forest in data["forests"]),
        provenance=data["provenance"],
    )


def features_digest(features: Sequence[str]) -> str:
    """Return the SHA-256 digest of the names of features, which depends on their order."""
    return "sha256:" + hashlib.sha256("\n".join(features).encode()).hexdigest()


def _difference(path: Path, known: tuple[str, ...], measured: tuple[str, ...]) -> str:
    """Return the error message for features that differ from those of the model."""
    missing = [name for name in known if name not in measured]
    new = [name for name in measured if name not in known]
    differences = [
        f"{word} {', '.join(names[:MAX_NAMED])}{' and more' if len(names) > MAX_NAMED else ''}"
        for word, names in (("without", missing), ("with", new))
        if names
    ] or ["in another order"]
    return (
        f"The model {path.name} was trained on other features than this version measures ({'; '.join(differences)}): "
        f"repair the installation (docs/install.md), or train the model (training/README.md)."
    )
