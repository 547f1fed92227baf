"""Site files: rules of a user that keep or drop the blocks of one site, by selector, class or phrase.

A site file is any `*.toml` in the package's folder `sites/`, in a folder of the user, or in a library:

    hosts = ["example.org"]                       # and their subdomains

    [[drop]]
    selector = "div.story aside.facts"            # tags, classes and ids of elements around the block, outermost first
    reason   = "related"                          # for the ledger; "site rule" if it is missing

    [[keep]]
    class    = "pull-quote"                       # a class of the block or of an element around it

    [[drop]]
    phrase   = "(?i)^our correspondent writes"    # a regular expression, searched for in the block's text

Later files win over earlier ones, and later rules over earlier ones of the same file. A selector consists of tags,
`.class`, `#id`, the blank (a descendant) and `>` (a child); attributes and pseudo-classes are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import LimitError, SettingsError
from audiogen.model import Reason, Removed
from audiogen.untrusted import host_of, parse_toml, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.model import Article, Block

#: The site files of the package.
FOLDER = Path(__file__).with_name("sites")
#: End of the stem of a file that holds the rules of reviews, beside a file of the same site that a user wrote.
REVIEWED = ".reviewed"
#: Tables of a site file that hold rules.
_VERBS = ("drop", "keep")
#: Keys of a rule, of which it has exactly one.
KEYS = ("selector", "class", "phrase")
#: One step of a selector: a tag with classes and ids.
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*")
#: Number of characters from a block's beginning in a proposed phrase.
_PHRASE_LENGTH = 60
#: Seconds that the search for a phrase in one block may take. Without nested repeats it takes some microseconds.
MAX_SEARCH = 1.0
#: Greatest depth of groups in a phrase, and greatest product of the counts ("{20}") at all depths. To compile ten
#: groups with "{2}" takes `regex` 0.1 s, fifteen 20 s and 6 GB.
_MAX_DEPTH, _MAX_COPIES = 8, 10_000
#: Greatest length of a phrase, in characters.
_MAX_PHRASE = 10_000
#: Escaped characters and sets of a regular expression, in which brackets and braces have no meaning.
_LITERALS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
#: Comments of a regular expression, and flags that allow them. An odd bracket in one would hide what follows it.
_COMMENTS = re.compile(r"\(\?(?:#|[a-zA-Z]*x)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a site file."""

    #: Whether matching blocks are kept; otherwise they are dropped.
    keep: bool
    #: "selector", "class" or "phrase".
    key: str
    value: str
    reason: Reason
    #: Name of the rule in the ledger, as "site.example.drop.1".
    name: str

    def matches(self, block: Block) -> bool:
        """Return whether the rule applies to *block*.

        Raises:
            LimitError: the search for a phrase took longer than `MAX_SEARCH`.
        """
        if self.key == "phrase":
            return self._finds_phrase(block.text)
        path = block.evidence.path if block.evidence else ()
        if self.key == "class":
            return any(self.value in _classes(element) for element in path)
        return _selects(_parse_selector(self.value), path)

    def _finds_phrase(self, text: str) -> bool:
        import regex

        try:
            return regex.search(self.value, text, timeout=MAX_SEARCH) is not None
        except TimeoutError:
            message = f"The phrase of {self.name} was searched for longer than {MAX_SEARCH:g} s in one paragraph; "
            raise LimitError(self.name, f"{message}write it without repeats in repeats.") from None


@dataclass(frozen=True, slots=True)
class Site:
    """The content of a site file."""

    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]

    def covers(self, url: str) -> bool:
        """Return whether an address is on one of the hosts or their subdomains."""
        host = host_of(url)
        return any(host == name or host.endswith(f".{name}") for name in self.hosts)


def apply_site_files(article: Article, folders: Iterable[Path] = ()) -> Article:
    """Return the article after the rules for its host: first those of the package, then those of each folder.

    Raises:
        SettingsError: a file is invalid; the message names the file and the rule.
        LimitError: the search for a phrase took too long.
    """
    rules = rules_for(article.url, folders)
    if not rules:
        return article
    entries: list[Block | Removed] = []
    removed = {entry.position: entry for entry in article.removed}
    blocks = iter(article.blocks)
    for position in range(len(removed) + len(article.blocks)):
        entry = removed.get(position) or next(blocks)
        entries.append(_apply_rules(entry, position, rules))
    return replace(
        article,
        blocks=tuple(entry for entry in entries if not isinstance(entry, Removed)),
        removed=tuple(entry for entry in entries if isinstance(entry, Removed)),
    )


def _apply_rules(entry: Block | Removed, position: int, rules: Sequence[Rule]) -> Block | Removed:
    """Return the block or the entry of the ledger, after the rules. The headline's entry never changes."""
    block = entry.block if isinstance(entry, Removed) else entry
    if isinstance(entry, Removed) and entry.reason is Reason.TITLE:
        return entry
    rule = find_rule(block, rules)
    if rule is None:
        return entry
    return block if rule.keep else Removed(block, rule.reason, rule.name, position)


def find_rule(block: Block, rules: Sequence[Rule]) -> Rule | None:
    """Return the rule that decides about a block: the last that matches; None if none does."""
    return next((rule for rule in reversed(rules) if rule.matches(block)), None)


def rules_for(url: str, folders: Iterable[Path] = ()) -> list[Rule]:
    """Return the rules for an address, in the order of precedence: the last rule wins.

    Raises:
        SettingsError: a file is invalid.
    """
    sites = [site for folder in (FOLDER, *folders) for site in load(folder) if site.covers(url)]
    return [rule for site in sites for rule in site.rules]


def propose_rule(block: Block, others: Iterable[Block]) -> tuple[str, str]:
    """Return the key and the value of a rule that matches a block and none of *others*.

    It is a class of the block's element or, outwards, of one around it. Classes with two digits are left out, because
    they often belong to a single page. If no class is left, it is a phrase: the first words of the block.
    """
    excluded = {
        name for other in others if other.evidence for element in other.evidence.path for name in _classes(element)
    }
    path = block.evidence.path if block.evidence else ()
    for element in reversed(path):
        for name in sorted(_classes(element) - excluded):
            if not re.search(r"\d\d", name):
                return "class", name
    beginning = " ".join(block.text.split())[:_PHRASE_LENGTH]
    words = beginning.rpartition(" ")[0] if len(beginning) == _PHRASE_LENGTH and " " in beginning else beginning
    return "phrase", "^" + r"\s+".join(map(re.escape, words.split()))


def load(folder: Path) -> tuple[Site, ...]:
    """Return the site files of a folder, sorted by name; () if the folder does not exist.

    `HOST.reviewed.toml` follows `HOST.toml`, because a review corrects what the site's file does. A file is read
    again after a change.

    Raises:
        SettingsError: a file is invalid.
    """
    paths = sorted(folder.glob("*.toml"), key=_sort_key) if folder.is_dir() else []
    return tuple(_load_file(path, status.st_mtime_ns, status.st_size) for path in paths if (status := path.stat()))


def _sort_key(path: Path) -> tuple[str, bool]:
    return path.stem.removesuffix(REVIEWED), path.stem.endswith(REVIEWED)


@lru_cache(maxsize=1000)
def _load_file(path: Path, changed: int, size: int) -> Site:
    """Read a site file; the time of its last change (ns) and its size (bytes) are part of the cache's key."""
    try:
        data = parse_toml(read_file(path).decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise SettingsError(path, f"{path} is no site file: {reason}.") from error
    if unknown := sorted(data.keys() - {"hosts", *_VERBS}):
        raise SettingsError(path, f"{path} has an unknown entry '{unknown[0]}'; a site file has hosts, drop and keep.")
    hosts = data.get("hosts")
    if not isinstance(hosts, list) or not hosts:
        raise SettingsError(path, f'{path} names no hosts; add hosts = ["example.org"].')
    rules = [
        _read_rule(path, table, verb == "keep", number)
        for verb in _VERBS
        for number, table in enumerate(_read_tables(path, data, verb), 1)
    ]
    return Site(tuple(str(host).lower().removeprefix("www.") for host in hosts), tuple(rules))


def _read_tables(path: Path, data: dict[str, Any], verb: str) -> list[dict[str, Any]]:
    """Return the tables `[[drop]]` or `[[keep]]` of a site file."""
    tables = data.get(verb, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError(path, f"{verb} in {path} is no list of tables; begin each rule with a line [[{verb}]].")
    return tables


def _read_rule(path: Path, table: dict[str, Any], keep: bool, number: int) -> Rule:
    """Return the rule of one table of a site file."""
    name = f"site.{path.stem}.{'keep' if keep else 'drop'}.{number}"
    keys = [key for key in KEYS if key in table]
    if len(keys) != 1 or not isinstance(table[keys[0]], str):
        raise SettingsError(path, f"{name} in {path} has to have one of {', '.join(KEYS)}.")
    value = table[keys[0]]
    try:
        _parse_selector(value) if keys[0] == "selector" else _check_phrase(value)
    except (re.error, RecursionError) as error:
        raise SettingsError(path, f"The phrase of {name} in {path} is no regular expression: {error}.") from error
    except ValueError as error:
        raise SettingsError(path, f"{name} in {path} cannot be used: {error}.") from error
    return Rule(keep, keys[0], value, _read_reason(path, name, table.get("reason", Reason.SITE_RULE)), name)


def _read_reason(path: Path, name: str, value: Any) -> Reason:
    try:
        return Reason(value)
    except ValueError as error:
        reasons = ", ".join(reason.value for reason in Reason)
        raise SettingsError(path, f"{name} in {path} has an unknown reason '{value}'; known are {reasons}.") from error


def _check_phrase(phrase: str) -> None:
    """Refuse a phrase that is invalid, or that takes too much time and memory to compile.

    Both modules compile it: `re` defines the syntax, `regex` searches, because its search can be ended.

    Raises:
        re.error: it is no regular expression.
        ValueError: it is too long, or too deeply nested.
    """
    import regex

    if len(phrase) > _MAX_PHRASE:
        raise ValueError(f"the phrase is longer than {_MAX_PHRASE} characters")
    # First, because an expression that `re` accepts has no open set, which would be searched for its end at each "[".
    re.compile(phrase)
    depth, copies = _measure_nesting(phrase)
    if depth > _MAX_DEPTH or copies > _MAX_COPIES:
        raise ValueError(f"the phrase nests groups deeper than {_MAX_DEPTH}, or repeats them over {_MAX_COPIES} times")
    try:
        regex.compile(phrase)
    except regex.error as error:
        raise re.error(str(error)) from error


def _measure_nesting(phrase: str) -> tuple[int, int]:
    """Return the greatest depth of groups in a phrase, and the product of each depth's greatest count.

    >>> _measure_nesting(r"(?:(?:tide|ebb){2} [(){9}]\\(){3}")
    (2, 6)
    """
    if _COMMENTS.search(phrase):
        return phrase.count("("), prod(int(count) for count in re.findall(r"\{(\d{1,9})", phrase))
    signs = re.findall(r"[()]|\{\d{1,9}", _LITERALS.sub("", phrase))
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in signs))
    greatest: dict[int, int] = {}
    for sign, depth in zip(signs, depths, strict=True):
        if sign[0] == "{":
            greatest[depth] = max(int(sign[1:]), greatest.get(depth, 1))
    return max(depths, default=0), prod(greatest.values())


@cache
def _parse_selector(selector: str) -> tuple[tuple[str, str], ...]:
    """Return the steps of a selector: each as its combinator (" " or ">") and its simple selector ("p.lead").

    Raises:
        ValueError: the selector is empty, or has parts that site files do not support.
    """
    steps: list[tuple[str, str]] = []
    combinator = " "
    for word in selector.replace(">", " > ").split():
        if word == ">":
            combinator = ">"
        elif _SIMPLE_SELECTOR.fullmatch(word):
            steps.append((combinator, word))
            combinator = " "
        else:
            raise ValueError(f"the selector {selector!r} asks for more than tags, classes and ids")
    if not steps:
        raise ValueError("the selector is empty")
    return tuple(steps)


def _selects(steps: Sequence[tuple[str, str]], path: Sequence[str]) -> bool:
    """Return whether the steps of a selector select an element of *path*: the block's own, or one around it."""
    selected: set[int] = set()
    for number, (combinator, simple) in enumerate(steps):
        matching = {index for index in range(len(path)) if _matches_element(simple, path[index])}
        if number == 0:
            selected = matching
        elif combinator == ">":
            selected = {index for index in matching if index - 1 in selected}
        else:
            first = min(selected, default=len(path))
            selected = {index for index in matching if index > first}
    return bool(selected)


def _matches_element(simple: str, element: str) -> bool:
    """Return whether a simple selector matches an element of a path, as "p.lead#intro"."""
    tag = re.split(r"[.#@]", element, maxsplit=1)[0]
    selected_tag = re.split(r"[.#]", simple, maxsplit=1)[0]
    names = _classes_and_ids(element)
    return selected_tag in {"", "*", tag} and all(name in names for name in re.findall(r"[.#][\w-]+", simple))


def _classes(element: str) -> set[str]:
    """Return the classes of an element of a path."""
    return {name[1:] for name in _classes_and_ids(element) if name[0] == "."}


def _classes_and_ids(element: str) -> set[str]:
    """Return the classes and ids of an element of a path, each after its "." or "#"."""
    return set(re.findall(r"[.#][^.#@]+", element))
