"""Rules over the model's opinion of a capture: what is never heard, and why a line is not heard."""

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

#: Chance from which a line is heard.
HEARD = 0.5
#: Chance from which a heading is heard though it reads like the head of a list of links ("Sources", "Overview").
SURE = 0.75
#: Fewest words of a line that is heard but once; chance from which such a line is the article's own again, where it
#: stands farther than so many lines from the first: of 21 such lines of captures not learned from, 16 were.
REPEATED_WORDS, TRUSTED_REPEAT, CLOSE = 5, 0.85, 4
#: Place of the headline, which is heard before everything and not again.
FIRST_OF_ALL = -1
_NUMBERS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W_]+")
#: How far over the article's first line its headline may stand, in lines: bylines, buttons and pictures lie between.
_ABOVE = 30
_BYLINES = (Reason.BYLINE, Reason.DATE, Reason.READING_TIME)
#: Chance from which not even a sign of leftover markup or of a link counts.
_CERTAIN = 0.97
#: Fewest words of a headline that has a standfirst; fewest and most of the latter.
_HEADLINE = 3
_DEK = (5, 60)
#: Least chance of a sentence that begins an article, and how far above the next sentence it may stand.
_LIKELY, _GAP = 0.3, 2
#: Reasons whose lines stand after an article's end and not in its midst.
_ENDS = (Reason.COPYRIGHT, Reason.COMMENTS, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: Least chance of a sentence that is taken for the article's own by the sentences before it, in English and in the
#: languages of which the model has seen little; and how far they reach.
_POSSIBLE, _POSSIBLE_ELSEWHERE, _CARRY = 0.2, 0.03, 12
#: Fewest words of a sentence that carries on, and of a turn of a dialogue; most headings and list items between them.
_SENTENCE, _TURN, _BETWEEN = 8, 3, 4
#: Words from which a line is a paragraph of its own, and what sounds like an appeal in it may be its subject.
_PARAGRAPH = 25
#: Words from which a phrase found in a line says little of it, if the model takes it for the article's own.
_LONGER_THAN_PHRASES = 40
#: Most words of a caption over its credit, and of a teaser under its head.
_CAPTION, _TEASER = 30, 20
#: How somebody's words begin: with a dash or a quotation mark.
_SPOKEN = re.compile(r"[—–«„“\"]")
#: How many lines under the headline may hold byline and date, and how many words a byline has at most; and a date.
_HEADER, _DAY = 12, 6
#: How far after the article's last sure line another one may stand.
_AFTER = 2
#: Among how many of the last heard lines a teaser's headline is looked for.
_LAST = 4
#: Words of an article that are heard before its comments: under a headline, "12 comments" is a link.
_BEFORE_COMMENTS = 100
#: A comment that the article quotes, and no section of comments.
_QUOTED_COMMENT = re.compile(r"top comment\b", re.I)
#: Which reasons a section's head gives to the lines under it.
_SECTIONS = (Reason.RELATED, Reason.COMMENTS, Reason.FEED, Reason.TAGS, Reason.BIOGRAPHY, Reason.REFERENCES)
#: How a sentence ends; French and Swiss pages put a space before the closing quotation mark.
_END = re.compile(r"[.!?…。！？:;](?:\s?[\"'”’“‘»)\]」』）])*\Z")
#: How agencies and editors sign an article's last paragraph: "(dpa)", "(afp/ros)".
_SIGNATURE = re.compile(r"(?<=[.!?\"”“»]) ?\([a-z]{2,4}(?:/[a-z]{2,4})*\)\Z")
#: Characters that are not seen, at a line's end.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff"
_CRUMBS = re.compile(r"\s[»›>/|]\s|\s>\S|\S>\s")
#: An arrow at a line's end, as links to other pages have it.
_ARROW = re.compile(r"(?:[»→›➔➜▶►]|>>)\s*\Z")
#: How bylines begin, and the year of a date, for the ledger's reasons.
_BY = re.compile(r"(?:by|von|par|por|di|autor\w*|автор\w*)\b:? (?-i:[^\W\d_a-zа-яіїєґ])", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: A day beside the year: "19 January 2024", "19.01.2024", "January 19, 2024", "2024-01-19".
_DATED = re.compile(r"\b\d{1,2}\b(?!:)")
#: Reasons of which a phrase is never a heading of the article, be it as short as one.
_NEVER_HEADINGS = frozenset({
    Reason.ADVERTISEMENT, Reason.BYLINE, Reason.CAPTION, Reason.COPYRIGHT, Reason.CREDIT, Reason.DATE, Reason.FORM,
    Reason.LABEL, Reason.READING_TIME, Reason.SHARE,
})  # fmt: skip
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\[[a-z_]+ [a-z_]+=.*\]|<[a-z/!][^>]{0,200}>|\b(?:function\s*\(|var \w+ ?=|window\.)"
)


def key(line: Line) -> str:
    """Fold *line* for comparison: its letters and digits in lower case."""
    return " ".join(_LETTERS.findall(line.text.lower()))


def refine_title(lines: Sequence[Line], title: NDArray[np.float64], start: int) -> int:
    """Choose the headline among the lines over the article's first.

    Of a breadcrumb that ends in the headline and the headline itself, it is the latter; of two candidates with the
    byline between them it is the upper one, for the other is the first heading; and so it is of two candidates over
    the byline, for the other is the standfirst.
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
    """Whether of two lines over a byline the lower is a standfirst, and not the headline told twice."""
    one, other = key(lines[above]), key(lines[below])
    repeated = one in other or other in one
    headline = lines[above].match is None and len(lines[above].words) >= _HEADLINE
    return headline and not repeated and _is_dek(lines, below)


def _is_dek(lines: Sequence[Line], i: int) -> bool:
    """Whether a line has a standfirst's length and stands right over author or day."""
    line = lines[i]
    below = i + 1 < len(lines) and _is_byline(lines[i + 1])
    return below and line.match is None and _DEK[0] <= len(line.words) <= _DEK[1] and not line.marker


def _eligible(line: Line, i: int, start: int) -> bool:
    """Whether a line may be a headline: near the article's first one, not one of a long paragraph's length."""
    prose = len(line.words) > 16 and line.text.rstrip().endswith(".")
    return start - _ABOVE <= i <= start + 3 and not prose and bool(line.words)


def _is_byline(line: Line) -> bool:
    """Whether a line names author or day: by a phrase, or by its form, for phrases do not know every name."""
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
    """Let prose go on: sentences that follow the article's own are its own until a sign says that it is over.

    The model is wary of a page's lower half, most of all on short pages; a paragraph lost there is worse than a line
    of the outlet's own prose heard. Known nuisances may stand between, and so may a heading or a few list items if
    prose follows them; any other line ends the article.
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
    """Let the article begin with the prose above its first sure line, if hardly anything stands between."""
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
    """Return the words that address somebody, in small letters: "you", "your"."""
    return frozenset(phrases(language).vocabulary.get("you", ()))


def _continues(lines: Sequence[Line], i: int, you: frozenset[str]) -> bool:
    """Whether a line may continue the article: prose that is not the caption over a picture's credit."""
    line = lines[i]
    over_credit = i + 1 < len(lines) and _is_credit(lines[i + 1]) and len(line.words) <= _CAPTION
    return is_prose(line, you) and not over_credit


def _is_credit(line: Line) -> bool:
    """Whether a line names the source of a picture and nothing else."""
    if line.match is None:
        return False
    named = line.match.reason is Reason.CAPTION and line.match.anchor == "whole" and len(line.words) > 1
    return named or line.match.reason is Reason.CREDIT


def is_sentence(line: Line) -> bool:
    """Whether a line ends as a sentence does: of a note of one sentence, that is the text and not the headline."""
    return line.match is None and line.text.rstrip("\"'”’“‘»)").endswith((".", "!", "。"))


def is_prose(line: Line, you: frozenset[str] = frozenset()) -> bool:
    """Whether a line is a full sentence that asks nothing of the reader, or somebody's words.

    A paragraph that sounds like an appeal ("supports", "costs") asks nothing if none of its words is among *you*, the
    words that address somebody; where none are given, it is taken for an appeal.
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
    """Return *text* without what may stand behind its last sentence: a signature and characters that are not seen.

    >>> _unsigned("The wind was to blame. (dpa/ros)")
    'The wind was to blame.'
    """
    return _SIGNATURE.sub("", text.rstrip().rstrip(_UNSEEN).rstrip())


def widen(lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int], title: int) -> tuple[int, int]:
    """Take lines into the article's stretch that stand between its headline and it, or shortly after its end."""
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
    """Return the standfirst's index, -1 for none, and each line's verdict, None for what is heard."""
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
    return dek, _explained(lines, verdicts, title, span)


def _comments(lines: Sequence[Line], heard: NDArray[np.float64], span: tuple[int, int]) -> int:
    """Return the place of the line behind which readers' comments begin; the number of lines if there are none.

    Of 368 captures, 9 have a phrase of comments behind a hundred words of the article, and something heard behind it:
    readers' words on 8, and on one the article, which quotes a "Top Comment".
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
    """Find the standfirst: the line between the headline and the byline; -1 if there is none.

    Right between the two it is heard whatever the model thinks, which takes many for captions.
    """
    if 0 <= title < len(lines) - 1 and not _is_byline(lines[title + 1]) and _is_dek(lines, title + 1):
        return title + 1
    heard = [i for i, verdict in enumerate(verdicts) if verdict is None and i > title][:2]
    if title < 0 or len(heard) < 2 or not _DEK[0] <= len(lines[heard[0]].words) <= _DEK[1]:
        return -1
    before = any(_is_byline(line) for line in lines[title + 1 : heard[0]])
    after = any(_is_byline(line) for line in lines[heard[0] + 1 : heard[1]])
    return heard[0] if after and not before else -1


def _verdict(line: Line, chance: float, inside: bool) -> Verdict | None:
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
    """Whether the model's opinion counts more than the phrase: of a likely paragraph, and of a sure heading."""
    if len(line.words) > _LONGER_THAN_PHRASES:
        return chance >= HEARD
    return chance >= SURE and _may_be_heading(line)


def _is_day(line: Line) -> bool:
    """Whether a line is a day and nothing else: a day's and a year's number, a month, a weekday."""
    return bool(_YEAR.search(line.text)) and len(line.words) <= 2 and len(_NUMBERS.findall(line.text)) > 1


def _may_be_heading(line: Line) -> bool:
    """Whether a phrase may as well be a heading of the article: "Sources", "Support", "Privacy"."""
    if line.match is None or line.match.reason in _NEVER_HEADINGS:
        return False
    return line.match.anchor == "head" or (line.match.anchor == "whole" and len(line.words) < 4)


def _repeats(line: Line, index: int, chance: float, seen: Mapping[str, int]) -> bool:
    """Whether the line was heard before, at one of the indexes *seen*, and is not the article's own second time.

    Short ones, as "Ingredients", may come again in an article's sections, and so may any of which the model is sure,
    as in a plan or a protocol, unless both stand close together: a quotation that is set out beside its sentence.
    """
    before = seen.get(key(line))
    if before is None or len(line.words) < REPEATED_WORDS:
        return False
    return chance < TRUSTED_REPEAT or before == FIRST_OF_ALL or index - before <= CLOSE


def _teaser(lines: Sequence[Line], verdicts: Sequence[Verdict | None]) -> set[int]:
    """Find a teaser of another article at the end: a beginning cut off with an ellipsis, under its headline.

    The model may have put the beginning aside by itself, and may hear a word more from the outlet behind it.
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
    """Find headlines of other articles between paragraphs: under "Read also", or over "Read more".

    They are short and no sentence of which the model is sure.
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
    """Whether a line says no more than that another article follows, or goes on elsewhere."""
    if line.match is None or line.match.reason is not Reason.RELATED:
        return False
    return line.match.anchor in ("whole", "head")


def _is_teaser(above: Line, below: Line) -> bool:
    cut = below.text.rstrip().endswith(("…", "...", "[…]", "[...]")) and len(below.words) >= 12
    return cut and not _END.search(above.text) and len(above.words) >= 3 and above.match is None


def _explained(
    lines: Sequence[Line], verdicts: list[Verdict | None], title: int, span: tuple[int, int]
) -> list[Verdict | None]:
    """Say more of lines that only the model put aside: by the head above them, or by where they stand."""
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
    """Whether a label of a word or two stands over a section as a head does: "Comments", "Tags"."""
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
