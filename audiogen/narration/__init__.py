"""The room that rewords: an `Article` goes in, a `Script` of utterances, written and spoken, comes out."""

from __future__ import annotations
