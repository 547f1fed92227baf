"""Write a trained model as the package reads it (`audiogen/cleaner/models/model.py`): the only exporter.

The same inputs, settings and libraries at the same commit give the same bytes: nothing of the time or the machine is
written, and everything has an order.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.cleaner.models.model import FORMAT, features_digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import lightgbm as lgb

PROJECT = Path(__file__).parent.parent
GOLDEN = PROJECT / "tests" / "cleaner" / "golden"
#: The libraries that what is learned depends on: those that learn, and those that read the pages.
LIBRARIES = ("lightgbm", "scikit-learn", "scipy", "numpy", "lxml", "trafilatura")
#: Signs of an input's digest that are kept.
DIGEST_SIGNS = 16
#: Decimals of a leaf's value, significant digits of a threshold.
VALUE_DECIMALS, THRESHOLD_DIGITS = 5, 6


def provenance(inputs: Sequence[tuple[str, str]], seed: int, scores: Mapping[str, float]) -> dict[str, Any]:
    """Tell where a model comes from.

    Args:
        inputs: The pages in the order in which they were learned from: their names and their digests, labels included.
        seed: The seed of everything that draws.
        scores: Figures on pages that were held out, by name.
    """
    return {
        "inputs": [f"{name} {digest[:DIGEST_SIGNS]}" for name, digest in inputs],
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "seed": seed,
        "commit": commit(),
        "scores": {name: int(value) if float(value).is_integer() else float(value) for name, value in scores.items()},
    }


def measured_digest(kind: str, folder: Path = GOLDEN) -> str:
    """Return the digest of the golden tables of a *kind*, "html" or "text": of what is measured today."""
    digest = hashlib.sha256()
    for path in sorted((folder / kind).glob("*.tsv")):
        digest.update(path.name.encode() + b"\n" + path.read_bytes().replace(b"\r\n", b"\n"))
    return f"sha256:{digest.hexdigest()}"


def commit() -> str:
    """Return the commit that trains, with "+" behind it where files of `audiogen` or `training` differ from it."""
    head = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--", "audiogen", "training", ":!audiogen/cleaner/models/*.json")
    return f"{head}+" if changed else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def write_model(
    path: Path,
    *,
    features: Sequence[str],
    measured_digest: str,
    words: Mapping[str, float],
    forests: Sequence[Mapping[str, Any]],
    provenance: Mapping[str, Any],
) -> None:
    """Write a model's file, a line for each part and each tree, so that two of them can be compared."""
    parts = {
        "format": FORMAT,
        "provenance": provenance,
        "features": list(features),
        "features_digest": features_digest(features),
        "measured_digest": measured_digest,
        "words": dict(sorted(words.items())),
    }
    head = [f"{_compact(key)}:{_compact(value)}" for key, value in parts.items()]
    text = "{" + ",\n".join([*head, f'"forests":[\n{_lines(map(_forest, forests))}\n]']) + "}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _forest(forest: Mapping[str, Any]) -> str:
    trees = _lines(_compact(tree) for tree in forest["trees"])
    return f'{{"names":{_compact(forest["names"])},"depth":{forest["depth"]},"trees":[\n{trees}\n]}}'


def _lines(parts: Any) -> str:
    return ",\n".join(parts)


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def forest_of(booster: lgb.Booster, names: Sequence[str]) -> dict[str, Any]:
    """Turn a trained booster into plain lists: the columns that its trees look at, and each tree's nodes.

    *names* are those of the columns it learned from: LightGBM's own have no blanks.
    """
    dump = booster.dump_model()
    trees = [_tree(info["tree_structure"]) for info in dump["tree_info"]]
    used = sorted({column for tree in trees for column, left, node in _nodes(tree) if left != node})
    place = {column: index for index, column in enumerate(used)}
    for tree in trees:
        tree["column"] = [place[column] if left != node else 0 for column, left, node in _nodes(tree)]
    return {"names": [names[column] for column in used], "depth": max(map(_depth, trees)), "trees": trees}


def _nodes(tree: Mapping[str, list[Any]]) -> list[tuple[int, int, int]]:
    return [(column, left, node) for node, (column, left) in enumerate(zip(tree["column"], tree["left"], strict=True))]


def _tree(root: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Lay a tree's nodes out in lists; leaves point to themselves."""
    tree: dict[str, list[Any]] = {key: [] for key in ("column", "threshold", "left", "right", "value")}

    def add(node: Mapping[str, Any]) -> int:
        place = len(tree["value"])
        for values in tree.values():
            values.append(0)
        if "split_feature" not in node:
            tree["left"][place] = tree["right"][place] = place
            tree["value"][place] = round(node["leaf_value"], VALUE_DECIMALS)
        else:
            tree["column"][place] = node["split_feature"]
            tree["threshold"][place] = float(f"{node['threshold']:.{THRESHOLD_DIGITS}g}")
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(root)
    return tree


def _depth(tree: Mapping[str, list[Any]]) -> int:
    """Return the number of steps from a tree's root to its deepest leaf; children stand after their parents."""
    depth = [0] * len(tree["left"])
    for node, (left, right) in enumerate(zip(tree["left"], tree["right"], strict=True)):
        if left != node:
            depth[left] = depth[right] = depth[node] + 1
    return max(depth, default=0)
