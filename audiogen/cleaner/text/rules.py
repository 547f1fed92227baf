"""Rules that correct the model's opinion of a capture: lines that are never narrated, and reasons for the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.phrases import phrases
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

#: Probability from which a line is narrated.
HEARD = 0.5
#: Probability from which a heading is kept although it could be the head of a list of links ("Sources", "Overview").
SURE = 0.75
#: A line with this many words is narrated only once. Probability from which its repetition belongs to the article, if
#: it is more than this many lines away: so did 16 of 21 such lines in captures outside the training set.
REPEATED_WORDS, TRUSTED_REPEAT, CLOSE = 5, 0.85, 4
#: Index of the headline, which is narrated first and not again.
FIRST_OF_ALL = -1
_NUMBERS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W_]+")
#: How many lines over the article's first line its headline may be: bylines, buttons and pictures are in between.
_ABOVE = 30
_BYLINES = (Reason.BYLINE, Reason.DATE, Reason.READING_TIME)
#: Probability from which signs of leftover markup or of a link do not count.
_CERTAIN = 0.97
#: Fewest words of a headline that has a standfirst; fewest and most of the latter.
_HEADLINE = 3
_DEK = (5, 60)
#: Least probability of a sentence that begins an article, and how many lines before the next sentence it may be.
_LIKELY, _GAP = 0.3, 2
#: Reasons of lines after an article's end, not inside it.
_ENDS = (Reason.COPYRIGHT, Reason.COMMENTS, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: Least probability of a sentence that continues the article's sentences before it, in English and in languages with
#: little training data; and how many lines after them it may be.
_POSSIBLE, _POSSIBLE_ELSEWHERE, _CARRY = 0.2, 0.03, 12
#: Fewest words of a sentence that continues, and of a line of dialogue; most headings and list items between them.
_SENTENCE, _TURN, _BETWEEN = 8, 3, 4
#: Words from which a line is a paragraph, so that the words of an appeal in it may be its subject.
_PARAGRAPH = 25
#: Words from which a phrase in a line does not count if the model takes the line for the article's.
_LONGER_THAN_PHRASES = 40
#: Most words of a caption over its credit, and of a teaser under its headline.
_CAPTION, _TEASER = 30, 20
#: The beginning of direct speech: a dash or a quotation mark.
_SPOKEN = re.compile(r"[—–«„“\"]")
#: How many lines under the headline may be byline and date, and the most words of a date.
_HEADER, _DAY = 12, 6
#: How many lines after the article's last certain line another one may be.
_AFTER = 2
#: In how many of the last kept lines a teaser's headline is searched.
_LAST = 4
#: Fewest words of the article before its comments: under a headline, "12 comments" is a link.
_BEFORE_COMMENTS = 100
#: A comment that the article quotes, not the head of the comments.
_QUOTED_COMMENT = re.compile(r"top comment\b", re.I)
#: The reasons that a section's head gives to the lines under it.
_SECTIONS = (Reason.RELATED, Reason.COMMENTS, Reason.FEED, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: The end of a sentence; French and Swiss pages have a space before the closing quotation mark.
_END = re.compile(r"[.!?…。！？:;](?:\s?[\"'”’“‘»)\]」』）])*\Z")
#: Signatures of agencies and editors after the last paragraph: "(dpa)", "(afp/ros)".
_SIGNATURE = re.compile(r"(?<=[.!?\"”“»]) ?\([a-z]{2,4}(?:/[a-z]{2,4})*\)\Z")
#: Invisible characters, at a line's end.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff"
_CRUMBS = re.compile(r"\s[»›>/|]\s|\s>\S|\S>\s")
#: An arrow at a line's end, as in links to other pages.
_ARROW = re.compile(r"(?:[»→›➔➜▶►]|>>)\s*\Z")
#: The beginning of bylines, and the year of a date, for the ledger's reasons.
_BY = re.compile(r"(?:by|von|par|por|di|autor\w*|автор\w*)\b:? (?-i:[^\W\d_a-zа-яіїєґ])", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: The day of a date: "19 January 2024", "19.01.2024", "January 19, 2024", "2024-01-19".
_DATED = re.compile(r"\b\d{1,2}\b(?!:)")
#: Reasons whose phrases are never a heading of the article, however short they are.
_NEVER_HEADINGS = frozenset({
    Reason.ADVERTISEMENT, Reason.BYLINE, Reason.CAPTION, Reason.COPYRIGHT, Reason.CREDIT, Reason.DATE, Reason.FORM,
    Reason.LABEL, Reason.READING_TIME, Reason.SHARE,
})  # fmt: skip
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\[[a-z_]+ [a-z_]+=.*\]|<[a-z/!][^>]{0,200}>|\b(?:function\s*\(|var \w+ ?=|window\.)"
)


def key(line: Line) -> str:
    """Return the letters and digits of *line* in lower case, for comparison."""
    return " ".join(_LETTERS.findall(line.text.lower()))


def refine_title(lines: Sequence[Line], title: NDArray[np.float64], start: int) -> int:
    """Choose the headline among the lines over the article's first.

    If a breadcrumb ends with the headline, and the headline follows, it is the latter. Of two candidates with the
    byline between them it is the upper one, as the other is the first heading; likewise of two candidates over the
    byline, as the other is the standfirst.
    """
    chance = np.array([0.0 if not _eligible(line, i, start) else title[i] for i, line in enumerate(lines)])
    best = int(chance.argmax() if chance.any() else title.argmax())
    whole = key(lines[best])
    for i in range(min(len(lines), max(start, best) + 3)):
        candidate = key(lines[i])
        ends = candidate and candidate != whole and len(lines[i].words) > 2 and whole.endswith(candidate)
        if ends and (title[i] > 0.2 * title[best] or _CRUMBS.search(lines[best].text)):
            return i
    above = best - 1
    while above >= 0 and best - above <= 4 and _is_byline(lines[above]):
        above -= 1
    likely = above >= 0 and chance[above] > 0.2 * chance[best] and not _CRUMBS.search(lines[above].text)
    return above if likely and (above < best - 1 or _is_over_standfirst(lines, above, best)) else best


def _is_over_standfirst(lines: Sequence[Line], above: int, below: int) -> bool:
    """Return whether the lower of two lines over a byline is a standfirst, not the headline again."""
    one, other = key(lines[above]), key(lines[below])
    repeated = one in other or other in one
    headline = lines[above].match is None and len(lines[above].words) >= _HEADLINE
    return headline and not repeated and _is_dek(lines, below)


def _is_dek(lines: Sequence[Line], i: int) -> bool:
    """Return whether a line has a standfirst's length and is directly over a byline."""
    line = lines[i]
    below = i + 1 < len(lines) and _is_byline(lines[i + 1])
    return below and line.match is None and _DEK[0] <= len(line.words) <= _DEK[1] and not line.marker


def _eligible(line: Line, i: int, start: int) -> bool:
    """Return whether a line may be the headline: near the article's first line, and shorter than a long paragraph."""
    prose = len(line.words) > 16 and line.text.rstrip().endswith(".")
    return start - _ABOVE <= i <= start + 3 and not prose and bool(line.words)


def _is_byline(line: Line) -> bool:
    """Return whether a line has the author or the date: by a phrase, or by its form, as no list has every name."""
    if line.match is not None:
        return line.match.reason in _BYLINES
    return _names_author(line) or _names_day(line)


def _names_author(line: Line) -> bool:
    return len(line.words) <= _HEADER and not _END.search(line.text) and bool(_BY.match(line.text))


def _names_day(line: Line) -> bool:
    return len(line.words) <= _DAY and bool(_YEAR.search(line.text)) and bool(_DATED.search(line.text))


def carry_on(
    lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int], language: str
) -> NDArray[np.float64]:
    """Raise the probabilities of sentences that follow the article's own, until a sign shows that the article is over.

    The model is too careful in the lower half of a page, above all of a short one; a paragraph lost there is worse than
    a line of the outlet's prose. Lines with known phrases may be in between, and so may a heading or a few list items
    if prose follows them; any other line ends the article.
    """
    raised = heard.copy()
    least = _POSSIBLE if language.startswith("en") else _POSSIBLE_ELSEWHERE
    you = _address_words(language)
    inside, between = False, list[int]()
    for i in range(span[0], min(len(lines), span[1] + _CARRY + 1)):
        line = lines[i]
        if line.match is not None:
            inside = inside and line.match.reason not in _ENDS and line.match.anchor != "head"
        elif heard[i] >= HEARD or (inside and heard[i] >= least and _continues(lines, i, you)):
            raised[[*between, i]] = np.maximum(raised[[*between, i]], HEARD)
            inside, between = True, []
        elif i > span[1] and inside and least <= heard[i] and len(between) < _BETWEEN:
            between.append(i)
        elif i > span[1]:
            break
    return raised


def lead_in(
    lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int], language: str
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Extend the article upwards by the prose above its first certain line, if hardly anything is in between."""
    you = _address_words(language)
    raised, start = heard.copy(), span[0]
    i = start - 1
    while i >= max(0, start - _GAP):
        if heard[i] >= _LIKELY and lines[i].match is None and _continues(lines, i, you):
            raised[i] = max(raised[i], HEARD)
            start = i
        i -= 1
    return raised, (start, span[1])


def _address_words(language: str) -> frozenset[str]:
    """Return the words that address somebody, in lower case: "you", "your"."""
    return frozenset(phrases(language).vocabulary.get("you", ()))


def _continues(lines: Sequence[Line], i: int, you: frozenset[str]) -> bool:
    """Return whether a line may continue the article: prose that is not the caption over a picture's credit."""
    line = lines[i]
    over_credit = i + 1 < len(lines) and _is_credit(lines[i + 1]) and len(line.words) <= _CAPTION
    return is_prose(line, you) and not over_credit


def _is_credit(line: Line) -> bool:
    """Return whether a line is only the credit of a picture."""
    if line.match is None:
        return False
    named = line.match.reason is Reason.CAPTION and line.match.anchor == "whole" and len(line.words) > 1
    return named or line.match.reason is Reason.CREDIT


def is_sentence(line: Line) -> bool:
    """Return whether a line ends as a sentence does; the only sentence of a note is its text, not its headline."""
    return line.match is None and line.text.rstrip("\"'”’“‘»)").endswith((".", "!", "。"))


def is_prose(line: Line, you: frozenset[str] = frozenset()) -> bool:
    """Return whether a line is a full sentence that is no appeal to the reader, or direct speech.

    A paragraph with hints of an appeal ("supports", "costs") is none if it has none of the words in *you*, which
    address somebody; if *you* is empty, it is taken for an appeal.
    """
    text = _unsigned(line.text)
    if not _END.search(text) or text.endswith(("…", "...", ":")) or line.marker:
        return False
    if _SPOKEN.match(text):
        return len(line.words) >= _TURN
    return len(line.words) >= _SENTENCE and not (Reason.CALL_TO_ACTION in line.hints and _may_ask(line, you))


def _may_ask(line: Line, you: frozenset[str]) -> bool:
    urgent = len(line.words) < _PARAGRAPH or line.text.rstrip().endswith("!")
    return urgent or not you or any(word.lower() in you for word in line.words)


def _unsigned(text: str) -> str:
    """Return *text* without what may follow its last sentence: a signature and invisible characters.

    >>> _unsigned("The wind was to blame. (dpa/ros)")
    'The wind was to blame.'
    """
    return _SIGNATURE.sub("", text.rstrip().rstrip(_UNSEEN).rstrip())


def widen(lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int], title: int) -> tuple[int, int]:
    """Extend the article by likely lines between its headline and its first line, and shortly after its end."""
    start, end = span
    over = [i for i in range(title + 1, start) if heard[i] >= HEARD] if 0 <= title < start else []
    for i in range(end + 1, len(lines)):
        if i > end + _AFTER or any(lines[i].heads(reason) for reason in _SECTIONS):
            break
        end = i if heard[i] >= HEARD else end
    return (over[0] if over else start), end


def judge(
    lines: Sequence[Line], heard: NDArray[np.float64], title: int, span: tuple[int, int]
) -> tuple[int, list[Verdict | None]]:
    """Return the standfirst's index, -1 for none, and the verdict on each line, None for those that are narrated."""
    verdicts: list[Verdict | None] = []
    seen: dict[str, int] = {key(lines[title]): FIRST_OF_ALL} if title >= 0 else {}
    comments = _comments(lines, heard, span)
    for i, line in enumerate(lines):
        verdict = _verdict(line, float(heard[i]), span[0] <= i <= span[1])
        if i == title:
            verdict = Verdict(Reason.TITLE, "capture.title")
        elif verdict is None and _repeats(line, i, float(heard[i]), seen):
            verdict = Verdict(Reason.DUPLICATE, "capture.repeated")
        elif verdict is None and 0 <= title < i <= title + _HEADER and _is_day(line):
            verdict = Verdict(Reason.DATE, "capture.date")
        elif verdict is None and i > comments:
            verdict = Verdict(Reason.COMMENTS, "capture.comments")
        if verdict is None:
            seen.setdefault(key(line), i)
        verdicts.append(verdict)
    for i in _teaser(lines, verdicts) | _teasers_inside(lines, verdicts, heard):
        verdicts[i] = Verdict(Reason.RELATED, "capture.teaser")
    dek = _dek(lines, verdicts, title)
    if dek >= 0:
        verdicts[dek] = Verdict(Reason.TITLE, "capture.dek")
        for i, line in enumerate(lines):
            if verdicts[i] is None and key(line) == key(lines[dek]):
                verdicts[i] = Verdict(Reason.DUPLICATE, "capture.repeated")
    return dek, _explained(lines, verdicts, title, span)


def _comments(lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int]) -> int:
    """Return the index of the line after which readers' comments begin; the number of lines if there are none.

    Of 368 captures, 9 have a phrase of comments after a hundred words of the article, and likely lines after it:
    readers' comments on 8, and on one the article, which quotes a "Top Comment".
    """
    words = 0
    for i in range(span[0], len(lines)):
        line = lines[i]
        if line.match is None:
            words += len(line.words) if heard[i] >= HEARD else 0
        elif words >= _BEFORE_COMMENTS and _opens_comments(line):
            return i
    return len(lines)


def _opens_comments(line: Line) -> bool:
    known = line.match is not None and line.match.reason is Reason.COMMENTS
    return known and not _QUOTED_COMMENT.match(line.text)


def _dek(lines: Sequence[Line], verdicts: Sequence[Verdict | None], title: int) -> int:
    """Return the index of the standfirst, the line between the headline and the byline; -1 if there is none.

    It is narrated whatever its probability is: the model takes many for captions.
    """
    if 0 <= title < len(lines) - 1 and not _is_byline(lines[title + 1]) and _is_dek(lines, title + 1):
        return -1 if key(lines[title + 1]) == key(lines[title]) else title + 1
    heard = [i for i, verdict in enumerate(verdicts) if verdict is None and i > title][:2]
    if title < 0 or len(heard) < 2 or not _DEK[0] <= len(lines[heard[0]].words) <= _DEK[1]:
        return -1
    before = any(_is_byline(line) for line in lines[title + 1 : heard[0]])
    after = any(_is_byline(line) for line in lines[heard[0] + 1 : heard[1]])
    return heard[0] if after and not before else -1


def _verdict(line: Line, chance: float, inside: bool) -> Verdict | None:
    """Judge a line by phrases, signs and its probability; None if it is narrated."""
    match = line.match
    if match is not None and not (inside and _outweighs_phrase(line, chance)):
        return Verdict(match.reason, match.rule)
    if _TEMPLATE.search(line.text) and chance < _CERTAIN:
        return Verdict(Reason.BOILERPLATE, "capture.template")
    if _ARROW.search(line.text) and "«" not in line.text and chance < _CERTAIN:
        return Verdict(Reason.RELATED, "capture.arrow")
    if not inside:
        return Verdict(Reason.BOILERPLATE, "capture.outside")
    return None if chance >= HEARD else Verdict(Reason.BOILERPLATE, "capture.model")


def _outweighs_phrase(line: Line, chance: float) -> bool:
    """Return whether the model's opinion overrules the phrase: on a likely paragraph, and on a certain heading."""
    if len(line.words) > _LONGER_THAN_PHRASES:
        return chance >= HEARD
    return chance >= SURE and _may_be_heading(line)


def _is_day(line: Line) -> bool:
    """Return whether a line is only a date: the numbers of day and year, a month, a weekday."""
    return bool(_YEAR.search(line.text)) and len(line.words) <= 2 and len(_NUMBERS.findall(line.text)) > 1


def _may_be_heading(line: Line) -> bool:
    """Return whether a phrase may also be a heading of the article: "Sources", "Support", "Privacy"."""
    if line.match is None or line.match.reason in _NEVER_HEADINGS:
        return False
    return line.match.anchor == "head" or (line.match.anchor == "whole" and len(line.words) < 4)


def _repeats(line: Line, index: int, chance: float, seen: Mapping[str, int]) -> bool:
    """Return whether a line repeats one of those at the indexes *seen*, and the repetition is not the article's own.

    Short lines like "Ingredients" may be repeated in an article's sections, and so may any line that the model is
    certain of, as in minutes, unless both are close together: then it is a pull quote beside its sentence.
    """
    before = seen.get(key(line))
    if before is None or len(line.words) < REPEATED_WORDS:
        return False
    return chance < TRUSTED_REPEAT or before == FIRST_OF_ALL or index - before <= CLOSE


def _teaser(lines: Sequence[Line], verdicts: Sequence[Verdict | None]) -> set[int]:
    """Return the indexes of a teaser of another article at the end: its headline, and a text that ends with "…".

    The model may have dropped the beginning itself, and may keep another line of the outlet after it.
    """
    heard = [i for i, verdict in enumerate(verdicts) if verdict is None]
    if len(heard) < 3:
        return set()
    for headline in sorted({heard[-1] - 1, *heard[-_LAST:]}):
        if headline + 1 < len(lines) and _is_teaser(lines[headline], lines[headline + 1]):
            after = [i for i in heard if i > headline + 1]
            if sum(len(lines[i].words) for i in after) < len(lines[headline + 1].words):
                return {headline, headline + 1, *after} & set(heard)
    return set()


def _teasers_inside(lines: Sequence[Line], verdicts: Sequence[Verdict | None], heard: NDArray[np.float64]) -> set[int]:
    """Return the indexes of headlines of other articles between paragraphs: under "Read also", or over "Read more".

    They are short, and no sentences that the model is certain of.
    """
    found = set()
    for i, line in enumerate(lines):
        if verdicts[i] is not None or len(line.words) > _TEASER or heard[i] >= SURE or line.marker:
            continue
        below = i > 0 and _is_link_head(lines[i - 1])
        above = i + 1 < len(lines) and _is_link_head(lines[i + 1]) and not _END.search(_unsigned(line.text))
        if below or above:
            found.add(i)
    return found


def _is_link_head(line: Line) -> bool:
    """Return whether a line only announces a link to another article."""
    if line.match is None or line.match.reason is not Reason.RELATED:
        return False
    return line.match.anchor in ("whole", "head")


def _is_teaser(above: Line, below: Line) -> bool:
    cut = below.text.rstrip().endswith(("…", "...", "[…]", "[...]")) and len(below.words) >= 12
    return cut and not _END.search(above.text) and len(above.words) >= 3 and above.match is None


def _explained(
    lines: Sequence[Line], verdicts: list[Verdict | None], title: int, span: tuple[int, int]
) -> list[Verdict | None]:
    """Give lines that only the model dropped a better reason: by the head above them, or by their position."""
    out: list[Verdict | None] = []
    section: Reason | None = None
    for i, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        if verdict is None:
            section = None
        elif line.match is not None and (line.match.anchor == "head" or _opens(line)):
            section = line.match.reason if line.match.reason in _SECTIONS else None
        elif verdict.reason is Reason.BOILERPLATE and verdict.rule != "capture.template":
            verdict = _placed(line, i, title, span, section) or verdict
        out.append(verdict)
    return out


def _opens(line: Line) -> bool:
    """Return whether a label of a word or two is the head of a section: "Comments", "Tags"."""
    match = line.match
    return match is not None and match.anchor == "whole" and len(line.words) <= 2 and match.reason in _SECTIONS


def _placed(line: Line, i: int, title: int, span: tuple[int, int], section: Reason | None) -> Verdict | None:
    """Judge a line that the model is unsure of by its position and its hints."""
    if title < i <= title + _HEADER:
        if _names_author(line):
            return Verdict(Reason.BYLINE, "capture.by")
        if _YEAR.search(line.text) and len(line.words) <= _DAY:
            return Verdict(Reason.DATE, "capture.date")
    if section is not None:
        return Verdict(section, "capture.section")
    if Reason.CAPTION in line.hints and span[0] - 6 <= i <= span[1] and len(line.words) > 3:
        return Verdict(Reason.CAPTION, "capture.words")
    if Reason.CALL_TO_ACTION in line.hints:
        return Verdict(Reason.CALL_TO_ACTION, "capture.words")
    if len(line.words) <= 6 and not span[0] <= i <= span[1] and not title < i < span[0]:
        return Verdict(Reason.NAVIGATION, "capture.menu")
    return None
