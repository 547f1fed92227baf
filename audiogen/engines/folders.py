"""The folders of voice cards, models and the speech cache, by the conventions of the platform."""

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
    """Return the folder of the user's own cards, beside the settings; it may not exist."""
    from platformdirs import user_config_path

    return user_config_path("audiogen", appauthor=False) / "voices"


def models() -> Path:
    """Return the folder of the models of neural voices; it may not exist."""
    from platformdirs import user_data_path

    return user_data_path("audiogen", appauthor=False) / "models"


def kept_speech() -> Path:
    """Return the path of the speech cache; it may not exist."""
    from platformdirs import user_cache_path

    return user_cache_path("audiogen", appauthor=False) / "speech"
