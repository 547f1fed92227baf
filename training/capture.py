"""Train the model of plain-text captures: `python -m training.capture --data DIR [--write]`.

DIR holds hand-labelled captures (`gold/pages/*.txt`, `gold/labels/*.json`, `gold/index.json`) and pages whose article
is known (`extraction/*/ground-truth.json`, `extraction/*/html`). Pages are rendered as captures and their lines
labelled by alignment with the known article. Everything is cross-validated by page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.capture_lines import features, look
from training.render import capture_lines

BODY, TITLE, DEK, FREE, OTHER = "body", "title", "dek", "free", "other"


@dataclass
class Page:
    name: str
    lines: list[str]
    kinds: list[str]
    weight: float
    gold: bool
    detail: list[str]


def tokens(text):
    text = unicodedata.normalize("NFKC", text).lower()
    return re.findall(r"[^\W_]+", text)


def spans(value):
    if isinstance(value, list):
        return [int(v) for v in value]
    out = []
    for part in filter(None, re.split(r"[,\s]+", value or "")):
        a, _, b = part.partition("-")
        out += range(int(a), int(b or a) + 1)
    return out


def gold_pages(root):
    pages = []
    for entry in json.loads((root / "index.json").read_text()):
        name = entry["id"]
        lines = [line for line in (root / "pages" / f"{name}.txt").read_text().split("\n") if line]
        label = json.loads((root / "labels" / f"{name}.json").read_text())
        kinds, detail = [OTHER] * len(lines), ["chrome"] * len(lines)
        for key in ("neutral", "byline", "caption", "cta", "related", "body", "dek", "title"):
            for k in spans(label.get(key)):
                kinds[k - 1] = {"neutral": FREE, "byline": FREE, "body": BODY, "dek": DEK, "title": TITLE}.get(key, OTHER)
                detail[k - 1] = key
        pages.append(Page(name, lines, kinds, 1.0, True, detail))
    return pages


def shingles(words, n=4):
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def align(lines, truth, title):
    known = shingles(tokens(truth))
    truth_lines = {" ".join(tokens(line)) for line in truth.split("\n")}
    flat = " " + " ".join(tokens(truth)) + " "
    strong, weak = [], []
    for line in lines:
        words = tokens(re.sub(r"\A([*+o-]|\d+\.) ", "", line))
        mine = shingles(words)
        cover = sum(s in known for s in mine) / len(mine) if mine else 0.0
        key = " ".join(words)
        strong.append(len(words) >= 8 and cover >= 0.8)
        weak.append(bool(words) and (cover >= 0.8 or key in truth_lines or (len(words) > 2 and f" {key} " in flat)))
    hits = [i for i, s in enumerate(strong) if s]
    if len(hits) < 3:
        return None
    kinds = [OTHER] * len(lines)
    for i in range(max(0, hits[0] - 3), min(len(lines), hits[-1] + 4)):
        if strong[i] or weak[i]:
            kinds[i] = BODY
    want = " ".join(tokens(title))
    best = None
    if want:
        for i in range(hits[0] + 1):
            key = " ".join(tokens(lines[i]))
            if key and (key == want or (len(key) > 20 and (want.startswith(key) or key in want))):
                best = i
    if best is not None:
        for i in range(best):
            if kinds[i] == BODY:
                kinds[i] = FREE
        kinds[best] = TITLE
    covered = sum(len(tokens(l)) for l, k in zip(lines, kinds) if k == BODY)
    if covered < 0.75 * len(tokens(truth)):
        return None
    return kinds


def known_pages(root, exclude):
    pages = []
    for name in ("articles", "wcxb"):
        truth = json.loads((root / name / "ground-truth.json").read_text())
        for key, entry in truth.items():
            if any(key.startswith(x) or x.endswith(key) for x in exclude):
                continue
            try:
                lines = capture_lines(gzip.decompress((root / name / "html" / f"{key}.html.gz").read_bytes()))
            except Exception as error:
                print("skipped", key, error)
                continue
            lines = lines[:1500]
            kinds = align(lines, entry.get("articleBody") or entry.get("main_content") or "", entry.get("title") or "")
            if kinds:
                pages.append(Page(f"{name}/{key}", lines, kinds, 0.3, False, list(kinds)))
    return pages


def exclude(root):
    out = set()
    for entry in json.loads((root / "index.json").read_text()):
        out.add(Path(entry["path"]).name.split(".")[0])
    return out
