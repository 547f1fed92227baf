"""audiogen turns saved articles into audio that people want to listen to.

    >>> import audiogen
    >>> audiogen.normalize("Sen. Graham paid $3.5bn on Sept. 6.")
    'Senator Graham paid three point five billion dollars on September sixth.'

Each function loads its package when it is first called, so that `import audiogen` costs next to nothing.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from audiogen.errors import AudiogenError, NotAnArticleError

if TYPE_CHECKING:
    from audiogen.batch import produce_all
    from audiogen.cleaner import clean
    from audiogen.narration import narrate, normalize
    from audiogen.production import produce
    from audiogen.readers import read

# Official builds of onnxruntime, which trained voices and OCR run on, report their use to Microsoft (seen in 1.32);
# huggingface_hub, which fetches models, counts uses. Whoever wants that sets the variables; they are read at loading.
for _variable in ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY"):
    os.environ.setdefault(_variable, "1")

__version__ = "0.2.0"

__all__ = ["AudiogenError", "NotAnArticleError", "clean", "narrate", "normalize", "produce", "produce_all", "read"]

#: The package of each function.
_PACKAGES = {
    "read": "audiogen.readers",
    "clean": "audiogen.cleaner",
    "narrate": "audiogen.narration",
    "normalize": "audiogen.narration",
    "produce": "audiogen.production",
    "produce_all": "audiogen.batch",
}


def __getattr__(name: str) -> object:
    if name not in _PACKAGES:
        raise AttributeError(f"module 'audiogen' has no attribute {name!r}")
    return getattr(import_module(_PACKAGES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
