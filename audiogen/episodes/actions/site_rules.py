"""Makes rules for a whole site from overrules: a paragraph that a user kept or removed becomes a rule in its file.

The file is `sites/HOST.toml` of the library, or `sites/HOST.reviewed.toml` if the former was written by hand. The rules
apply to new episodes of the site; existing ones stay until they are made again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audiogen.cleaner.sites import REVIEWED, Rule, find_rule, propose_rule, rules_for
from audiogen.episodes.actions.rows import open_episode
from audiogen.episodes.edits import Act, lines_of
from audiogen.episodes.kept_articles import kept_article
from audiogen.errors import SettingsError
from audiogen.model import Reason
from audiogen.settings import user_folder
from audiogen.untrusted import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.episodes.actions.rows import Where
    from audiogen.episodes.edits import Line, Overrule
    from audiogen.episodes.library import Library
    from audiogen.model import Block

#: The first line of a file that reviews have written.
_HEAD = "# Rules that were made in review, each from a paragraph of the episode that is named before it."
_VERBS = {Act.HEAR: "keep", Act.DROP: "drop"}


def overrule_for_site(library: Where, slug: str, overrules: Iterable[Overrule], *, by: str = "") -> list[str]:
    """Make site rules from overrules that keep or remove a paragraph; return the text of each rule.

    Raises:
        NoEpisodeError: there is no such episode.
        SettingsError: its article has no address, there is no such paragraph, or another rule contradicts.
    """
    home, manifest = open_episode(library, slug)
    article = kept_article(home, manifest)
    host = host_of(article.url).removeprefix("www.")
    if not host:
        raise SettingsError(slug, f"The article of {slug} has no address, so that there is no site to make a rule for.")
    lines = list(lines_of(article))
    written = []
    for overrule in overrules:
        line = next((line for line in lines if line.origin == overrule.block), None)
        if line is None or overrule.act not in _VERBS:
            raise SettingsError(slug, "Only a paragraph of the article, heard or left out, makes a rule for its site.")
        key, value = propose_rule(line.block, _others(lines, line, overrule.act))
        _check(home, article.url, line, overrule.act, Rule(overrule.act is Act.HEAR, key, value, Reason.SITE_RULE, ""))
        written.append(_add(home, host, slug, overrule.act, key, value))
        home.log("site rule", slug, by, host=host, rule=written[-1])
    return written


def _others(lines: list[Line], line: Line, act: Act) -> Iterable[Block]:
    """Return the paragraphs that a rule must not match: narrated ones if it drops, removed ones if it keeps."""
    heard = act is Act.DROP
    return [other.block for other in lines if other is not line and (other.removed is None) is heard]


def _check(home: Library, url: str, line: Line, act: Act, rule: Rule) -> None:
    """Raise an error if a rule contradicts one written by hand: of "drop" and "keep" in one file, "keep" wins."""
    folders = [user_folder() / "sites", home.root / "sites"]
    rules = rules_for(url, folders)
    deciding = find_rule(line.block, rules)
    if deciding is None or deciding.keep is rule.keep or (deciding.key, deciding.value) == (rule.key, rule.value):
        return
    if act is Act.DROP:
        message = (
            f"The rule {deciding.name} has this paragraph heard ({deciding.key} {deciding.value!r}); change that one."
        )
        raise SettingsError(deciding.name, message)


def _add(home: Library, host: str, slug: str, act: Act, key: str, value: str) -> str:
    """Add a rule to the site's file in place of the opposite one; do nothing if the file has it already."""
    stanza = f"[[{_VERBS[act]}]]\n{key} = {_quoted(value)}\n"
    other = stanza.replace(f"[[{_VERBS[act]}]]", "[[drop]]" if act is Act.HEAR else "[[keep]]")
    with home.state_lock():
        name, text = _file(home, host)
        if stanza not in text:
            kept = text.replace(other, "").rstrip("\n")
            home.storage.write(name, f"{kept}\n\n# {slug}\n{stanza}".encode())
    return stanza.replace("\n", " ").strip()


def _file(home: Library, host: str) -> tuple[str, str]:
    """Return name and content of the file for the rules of a site."""
    for name in (f"sites/{host}.toml", f"sites/{host}{REVIEWED}.toml"):
        content = home.storage.read(name)
        if content is None:
            return name, f"{_HEAD}\nhosts = [{_quoted(host)}]\n"
        text = content.decode("utf-8-sig", "replace")
        if text.startswith(_HEAD):
            return name, text
    raise SettingsError(name, f"{home.storage.where(name)} is not as reviews write it; write the rule into it by hand.")


def _quoted(text: str) -> str:
    """Return a TOML string: the same as in JSON, except for one character that only TOML escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
