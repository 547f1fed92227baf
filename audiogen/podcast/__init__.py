"""The room that publishes: feed, transcripts, chapters and pages, all from manifests."""

from __future__ import annotations
