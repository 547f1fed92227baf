"""Types of options and arguments. Their errors say which values are allowed; shells can complete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem


class _NumberInRange(click.ParamType):  # type: ignore[type-arg]  # generic for type checkers alone
    """A number in a range, whose error says which numbers are allowed. A mix-in for click's ranges."""

    name = "number"
    #: What the value has to be, in the error.
    noun: str

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Convert the value, or say which numbers are allowed."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is not {self.noun}, {self._describe_range()}.", param, ctx)

    def _describe_range(self) -> str:
        raise NotImplementedError


class Whole(_NumberInRange, click.IntRange):
    """A whole number in a range."""

    noun = "a whole number"

    def _describe_range(self) -> str:
        return _range(self.min, self.max, minimum_counts=True)


class Decimal(_NumberInRange, click.FloatRange):
    """A number in a range."""

    noun = "a number"

    def _describe_range(self) -> str:
        return _range(self.min, self.max, minimum_counts=not self.min_open)


def _range(minimum: float | None, maximum: float | None, *, minimum_counts: bool) -> str:
    """Describe a range in words.

    >>> _range(80, 450, minimum_counts=True), _range(0, None, minimum_counts=False)
    ('from 80 to 450', 'above 0')
    """
    if maximum is not None:
        return f"from {minimum} to {maximum}"
    return f"at least {minimum}" if minimum_counts else f"above {minimum}"


def web_address(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse the value of an option that is no address of a page."""
    if value:
        from audiogen.untrusted import split_address

        parts = split_address(value)
        if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
            raise click.BadParameter(f"{value!r} is no address of a page, such as https://news.example/ferry.")
    return value


def complete_files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Have the shell complete the names of files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


class Folder(click.Path):
    """What a function makes of the name of a folder, or of an address; shells complete names of folders."""

    def __init__(self, made: Callable[[str], Any]) -> None:
        """Take the function; its name is the type's."""
        super().__init__(file_okay=False)
        self.name = made.__name__
        self._made = made

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Convert a name as the function does."""
        return self._made(value)
