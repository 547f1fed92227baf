"""What a person knows better about a site: files that keep or drop by selector, class or phrase.

A file of any name, `*.toml`, in the package's `sites/`, in a folder of the user's or beside a show:

    hosts = ["example.org"]                       # and their subdomains

    [[drop]]
    selector = "div.story aside.facts"            # tags, classes and ids of elements around the block, outermost first
    reason   = "related"                          # as in the ledger; "site rule" if it is not given

    [[keep]]
    class    = "pull-quote"                       # a class of the block or of an element around it

    [[drop]]
    phrase   = "(?i)^our correspondent writes"    # a regular expression found in the block's text

Later files win over earlier ones, and within a file later rules over earlier ones. A selector knows tags, `.class`,
`#id`, the blank for "somewhere below" and `>` for "right below"; attributes and pseudo-classes are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import LimitError, SettingsError
from audiogen.model import Reason, Removed
from audiogen.untrusted import host_of, parse_toml, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.model import Article, Block

#: The files that come with the package.
FOLDER = Path(__file__).with_name("sites")
#: Ending of the stem of a file that reviews have written beside one that somebody wrote by hand.
REVIEWED = ".reviewed"
SIMPLE = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*")
#: Characters of a text that a phrase is made of.
_BEGINNING = 60
KEYS = ("selector", "class", "phrase")
#: Seconds that a phrase may be searched for in one block; it takes some microseconds unless repeats stand in repeats.
LONGEST_SEARCH = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a site file."""

    keep: bool
    #: "selector", "class" or "phrase".
    key: str
    value: str
    reason: Reason
    #: "site.example.drop.1", for the ledger.
    name: str

    def fits(self, block: Block) -> bool:
        """Return whether the rule speaks of *block*."""
        if self.key == "phrase":
            return self._finds(block.text)
        path = block.evidence.path if block.evidence else ()
        if self.key == "class":
            return any(self.value in _names(segment) for segment in path)
        return _selects(_steps(self.value), path)

    def _finds(self, text: str) -> bool:
        import regex

        try:
            return regex.search(self.value, text, timeout=LONGEST_SEARCH) is not None
        except TimeoutError:
            message = f"The phrase of {self.name} was searched for longer than {LONGEST_SEARCH:g} s in one paragraph; "
            raise LimitError(self.name, f"{message}write it without repeats in repeats.") from None


@dataclass(frozen=True, slots=True)
class Site:
    """A site file."""

    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]

    def covers(self, url: str) -> bool:
        """Return whether the address is on one of the file's hosts."""
        host = host_of(url)
        return any(host == name or host.endswith(f".{name}") for name in self.hosts)


def overrule(article: Article, folders: Iterable[Path] = ()) -> Article:
    """Apply what site files say of the article's host, those of the package first and those of *folders* after them.

    Raises:
        SettingsError: a file has a fault, by file and entry.
    """
    rules = rules_for(article.url, folders)
    if not rules:
        return article
    entries: list[Block | Removed] = []
    removed = {entry.position: entry for entry in article.removed}
    blocks = iter(article.blocks)
    for position in range(len(removed) + len(article.blocks)):
        entry = removed.get(position) or next(blocks)
        entries.append(_judged(entry, position, rules))
    return replace(
        article,
        blocks=tuple(entry for entry in entries if not isinstance(entry, Removed)),
        removed=tuple(entry for entry in entries if isinstance(entry, Removed)),
    )


def rules_for(url: str, folders: Iterable[Path] = ()) -> list[Rule]:
    """Return the rules that hold for an address, the last the one that wins."""
    sites = [site for folder in (FOLDER, *folders) for site in load(folder) if site.covers(url)]
    return [rule for site in sites for rule in site.rules]


def propose(block: Block, others: Iterable[Block]) -> tuple[str, str]:
    """Return key and value of the rule that speaks of a block, and of none of the *others*.

    That is a class of its own element, or of one around it, the innermost first; a class with a number in it is often
    of one page alone and none. Where no class will do it is a phrase: how the block's text begins.
    """
    passed = {name for other in others if other.evidence for segment in other.evidence.path for name in _names(segment)}
    path = block.evidence.path if block.evidence else ()
    for segment in reversed(path):
        for name in sorted(_names(segment) - passed):
            if not re.search(r"\d\d", name):
                return "class", name
    beginning = " ".join(block.text.split())[:_BEGINNING]
    words = beginning.rpartition(" ")[0] if len(beginning) == _BEGINNING and " " in beginning else beginning
    return "phrase", "^" + r"\s+".join(map(re.escape, words.split()))


def decides(block: Block, rules: Sequence[Rule]) -> Rule | None:
    """Return the rule that decides of a block: the last that speaks of it."""
    return next((rule for rule in reversed(rules) if rule.fits(block)), None)


def _judged(entry: Block | Removed, position: int, rules: Sequence[Rule]) -> Block | Removed:
    block = entry.block if isinstance(entry, Removed) else entry
    if isinstance(entry, Removed) and entry.reason is Reason.TITLE:
        return entry
    rule = decides(block, rules)
    if rule is None:
        return entry
    return block if rule.keep else Removed(block, rule.reason, rule.name, position)


def load(folder: Path) -> tuple[Site, ...]:
    """Load the site files of a folder, again where one has changed; none if there is no folder.

    They come by name, but `HOST.reviewed.toml` comes after `HOST.toml`: a review corrects what the site's file does.
    """
    paths = sorted(folder.glob("*.toml"), key=_order) if folder.is_dir() else []
    return tuple(_loaded(path, status.st_mtime_ns, status.st_size) for path in paths if (status := path.stat()))


def _order(path: Path) -> tuple[str, bool]:
    return path.stem.removesuffix(REVIEWED), path.stem.endswith(REVIEWED)


@lru_cache(maxsize=1000)
def _loaded(path: Path, changed: int, size: int) -> Site:
    return _site(path)


def _site(path: Path) -> Site:
    """Load a site file."""
    try:
        data = parse_toml(read_file(path).decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise SettingsError(path, f"{path} is no site file: {reason}.") from error
    if unknown := sorted(data.keys() - {"hosts", "drop", "keep"}):
        raise SettingsError(path, f"{path} has an unknown entry '{unknown[0]}'; a site file has hosts, drop and keep.")
    hosts = data.get("hosts")
    if not isinstance(hosts, list) or not hosts:
        raise SettingsError(path, f'{path} names no hosts; add hosts = ["example.org"].')
    rules = [
        _rule(path, entry, verb == "keep", number)
        for verb in ("drop", "keep")
        for number, entry in enumerate(data.get(verb, ()), 1)
    ]
    return Site(tuple(str(host).lower().removeprefix("www.") for host in hosts), tuple(rules))


def _rule(path: Path, entry: dict[str, Any], keep: bool, number: int) -> Rule:
    """Return a rule of a site file, after checking it."""
    name = f"site.{path.stem}.{'keep' if keep else 'drop'}.{number}"
    keys = [key for key in KEYS if key in entry]
    if len(keys) != 1 or not isinstance(entry[keys[0]], str):
        raise SettingsError(path, f"{name} in {path} has to have one of {', '.join(KEYS)}.")
    value = entry[keys[0]]
    try:
        reason = Reason(entry.get("reason", Reason.SITE_RULE))
        _steps(value) if keys[0] == "selector" else _check(value)
    except (re.error, RecursionError) as error:
        raise SettingsError(path, f"The phrase of {name} in {path} is no regular expression: {error}.") from error
    except ValueError as error:
        raise SettingsError(path, f"{name} in {path} cannot be used: {error}.") from error
    return Rule(keep, keys[0], value, reason, name)


def _check(phrase: str) -> None:
    """Compile a phrase with both modules: that of the standard library, whose syntax holds, and that which searches.

    Raises:
        re.error: it is no regular expression.
    """
    import regex

    re.compile(phrase)
    try:
        regex.compile(phrase)
    except regex.error as error:
        raise re.error(str(error)) from error


@cache
def _steps(selector: str) -> tuple[tuple[str, str], ...]:
    """Part a selector into steps: how each follows the one before (" " or ">"), and what it asks of an element."""
    words = selector.replace(">", " > ").split()
    steps: list[tuple[str, str]] = []
    link = " "
    for word in words:
        if word == ">":
            link = ">"
        elif SIMPLE.fullmatch(word):
            steps.append((link, word))
            link = " "
        else:
            raise ValueError(f"the selector {selector!r} asks for more than tags, classes and ids")
    if not steps:
        raise ValueError("the selector is empty")
    return tuple(steps)


def _selects(steps: Sequence[tuple[str, str]], path: Sequence[str]) -> bool:
    """Return whether the steps lead to an element of the path: to the block or to something around it."""
    reached = set(range(len(path)))
    for number, (link, simple) in enumerate(steps):
        fitting = {index for index in range(len(path)) if _fits(simple, path[index])}
        if number == 0:
            reached = fitting
        elif link == ">":
            reached = {index for index in fitting if index - 1 in reached}
        else:
            start = min(reached, default=len(path))
            reached = {index for index in fitting if index > start}
    return bool(reached)


def _fits(simple: str, segment: str) -> bool:
    tag = re.split(r"[.#@]", segment, maxsplit=1)[0]
    wanted = re.split(r"[.#]", simple, maxsplit=1)[0]
    return wanted in {"", "*", tag} and all(
        part in _names(segment, marked=True) for part in re.findall(r"[.#][\w-]+", simple)
    )


def _names(segment: str, *, marked: bool = False) -> set[str]:
    found = re.findall(r"[.#][^.#@]+", segment)
    return set(found) if marked else {name[1:] for name in found if name[0] == "."}
