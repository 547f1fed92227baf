"""The folders of voice cards, models and the speech cache, where the platform keeps such files."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def package_cards() -> Path:
    """Return the folder of the cards that come with audiogen.

    An installed wheel has them inside the package; a checkout has them beside it.
    """
    inside = _PACKAGE / "voices"
    return inside if inside.is_dir() else _PACKAGE.parent / "voices"


def user_cards() -> Path:
    """Return where a person's own cards are kept, whether or not it exists: beside the settings."""
    from platformdirs import user_config_path

    return user_config_path("audiogen", appauthor=False) / "voices"


def models() -> Path:
    """Return where the models of neural voices are kept, whether or not it exists."""
    from platformdirs import user_data_path

    return user_data_path("audiogen", appauthor=False) / "models"


def kept_speech() -> Path:
    """Return where the speech cache is, whether or not it exists."""
    from platformdirs import user_cache_path

    return user_cache_path("audiogen", appauthor=False) / "speech"
