"""Console blocks are read and compared as their rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.clean.console import Shell, Step, clean_variables, fits, steps_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Words.

```console
$ one --flag
printed
…
$ two
```

```python
$ three
```
"""


def test_the_commands_of_console_blocks_are_read_with_what_they_print() -> None:
    assert steps_of(TEXT) == [Step(4, "one --flag", ("printed", "…")), Step(7, "two", ())]


def test_a_command_goes_on_where_lines_begin_as_a_shell_asks_for_more() -> None:
    block = "```console\n$ cat <<END\n> one\n>\n> END\none\n```\n"
    assert steps_of(block) == [Step(2, "cat <<END\none\n\nEND", ("one",))]


def test_a_block_that_says_so_is_not_run() -> None:
    assert steps_of("```console\n# Not run by the tests: needs a cluster.\n$ one\n```\n") == []


def test_a_block_that_begins_with_no_command_is_a_fault() -> None:
    with pytest.raises(ValueError, match="line 2"):
        steps_of("```console\nprinted\n```\n")


@pytest.mark.parametrize(
    ("expected", "printed", "fit"),
    [
        ("a\nb", "a\nb\n", True),
        ("a", "a  \n", True),
        ("a", "a\nb\n", False),
        ("a\nb", "a\n", False),
        ("", "", True),
        ("…\nb", "a\na\nb\n", True),
        ("…\nb", "b\n", True),
        ("a\n…", "a\n", True),
        ("a\n…\nc", "a\nb\nd\n", False),
        ("a … c", "a b c\n", True),
        ("a … c", "a b\nc\n", False),
        ("in 2 seconds", "in 1.5 minutes\n", True),
        ("in 2 seconds", "in no time\n", False),
        ("2 new in 2 seconds", "3 new in 2 seconds\n", False),
        ("1.5 MB", "900.1 GB\n", True),
        ("http://192.168.1.20:8000/feed.xml", "http://10.0.0.7:8000/feed.xml\n", True),
        ("http://192.168.1.20:8000/feed.xml", "http://10.0.0.7:8001/feed.xml\n", False),
        (".*", "anything\n", False),
    ],
)
def test_what_is_printed_is_compared(expected: str, printed: str, fit: bool) -> None:
    assert fits(tuple(expected.splitlines()), printed) is fit


def test_a_shell_keeps_its_folder_and_its_variables(tmp_path: Path) -> None:
    shell = Shell(tmp_path, clean_variables(tmp_path))
    (tmp_path / "below").mkdir()
    assert shell.run("cd below; export MARK='two\nlines'; exit 3; echo never") == (3, "")
    assert shell.run('pwd; echo "$MARK"; echo aside >&2') == (0, f"{tmp_path}/below\ntwo\nlines\naside\n")
