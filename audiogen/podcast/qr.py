"""Draws the feed's address as a QR code, for a phone's camera."""

from __future__ import annotations

import io


def qr_svg(address: str) -> bytes:
    """Return the code as SVG, dark on white with its quiet zone, so that it is readable on a dark page, too."""
    import segno

    out = io.BytesIO()
    bare = {"xmldecl": False, "svgclass": None, "lineclass": None, "omitsize": True}
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, dark="#111", light="#fff", **bare)
    return out.getvalue()


def qr_text(address: str) -> str:
    """Return the code for a terminal, with two modules per character."""
    import segno

    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, compact=True, border=2)
    return out.getvalue()
