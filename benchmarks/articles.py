"""Articles for measuring, made from templates: as long as asked, never twice the same, in the shape of a news page."""

from __future__ import annotations

import random
from html import escape

_PLACES = ("Veldmark", "Calder", "Lisse", "Ostrand", "Halden", "Port Ansel", "Greywater", "Tarn Bay")
_PEOPLE = ("Ines Okafor", "Dr. Karin Holm", "Sen. Paul Adeyemi", "Mayor Ruth Bakker", "Prof. Leo Sandvik")
_BODIES = ("the port authority", "the river council", "the regional bank", "the rail operator", "the weather service")
_THINGS = ("grain terminal", "night train", "water main", "bridge over the Tarn", "tram line", "storm barrier")
_SENTENCES = (
    "{person} said on Sept. {day} that the {thing} in {place} would open before the end of the year.",
    "{body} put the cost at ${money} million, about {percent}% more than was planned in {year}.",
    '"We have waited long enough, and so have the people who live here," {person} told reporters in {place}.',
    "The work began in {year} and was stopped twice, first by a flood and then by a dispute over who should pay.",
    "Nobody in {place} remembers a summer as dry as this one, and the wells that fed the town are low.",
    "Under the plan, {body} would run the {thing} for {count} years and then hand it over to the city.",
    "About {count},000 people live within 5 km of the {thing}, and most of them cross it every working day.",
    "Critics say that the figures are too hopeful; they point to {place}, where a similar plan failed in {year}.",
    "In the end it was a small clause on page {count} of the contract that brought both sides back to the table.",
    "By 6:30 a.m. the first workers had arrived, and by noon the road to {place} was closed in both directions.",
)
_PARAGRAPH = 4


def make_text(seed: int, words: int) -> list[str]:
    """Write paragraphs of about so many *words* in all; the same for the same *seed*."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    written = 0
    while written < words:
        paragraph = " ".join(_sentence(chance) for _ in range(_PARAGRAPH))
        paragraphs.append(paragraph)
        written += len(paragraph.split())
    return paragraphs


def _sentence(chance: random.Random) -> str:
    return chance.choice(_SENTENCES).format(
        person=chance.choice(_PEOPLE),
        body=chance.choice(_BODIES),
        thing=chance.choice(_THINGS),
        place=chance.choice(_PLACES),
        day=chance.randint(1, 30),
        year=chance.randint(1998, 2025),
        money=chance.randint(3, 900),
        percent=chance.randint(2, 60),
        count=chance.randint(3, 90),
    )


def make_page(seed: int, words: int) -> str:
    """Make an HTML page of the article with the seed, with a menu, an appeal, a caption and a footer round it."""
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in make_text(seed, words))
    title = f"Report {seed}: what {_PLACES[seed % len(_PLACES)]} decided about its {_THINGS[seed % len(_THINGS)]}"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Harbor Ledger</title>
<link rel="canonical" href="https://harborledger.example/reports/{seed}">
<meta property="og:site_name" content="The Harbor Ledger">
<meta property="article:published_time" content="2026-09-{seed % 28 + 1:02}T06:00:00+02:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>
<li><a href="/business">Business</a></li></ul></nav>
<article><h1>{title}</h1><p class="byline">By Mira Tolland</p>
<figure><img src="/{seed}.jpg" alt="">
<figcaption>The site in September. (Jonas Reeve/Harbor Ledger)</figcaption></figure>
{body}
<div class="appeal"><p>Support our journalism: become a member today.</p></div></article>
<footer><p>© 2026 The Harbor Ledger. All rights reserved.</p></footer></body></html>
"""
