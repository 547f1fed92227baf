"""The base class of engines that load models of voices."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class LoadsModels:
    """Keeps the models that an engine has loaded, until the engine is closed."""

    def __init__(self) -> None:
        self._loaded: dict[Any, Any] = {}
        self._loading = Lock()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loaded.clear()

    def _load_once(self, key: object, load: Callable[[], Any]) -> Any:
        """Return the model of *key*; *load* is called for the first caller, and the other threads wait for it."""
        with self._loading:
            if key not in self._loaded:
                self._loaded[key] = load()
            return self._loaded[key]
