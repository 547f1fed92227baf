"""The web app under `/app`: pages made on the server, with forms that work without a script, and a script.

pages.py      what every page has: template, policy, who is logged in, messages
entry.py      first password, login, logout
add.py        an address, a text or files
jobs.py       the jobs, as they change
listening.py  the queue, the list of episodes, and an episode's page
review.py     what is spoken of an episode and what is not, overrules; pronunciations
show.py       settings, disclosure, voices, words, audit, log
sound.py      sound and covers for the app's own player, those of drafts too
templates/    a template for each page, over base.html
static/       style sheet and script; loaded from this server alone
messages.toml the app's messages after actions
"""

from __future__ import annotations

from audiogen.server.web.pages import render
from audiogen.server.web.routes import routes

__all__ = ["render", "routes"]
