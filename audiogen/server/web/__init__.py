"""The web app under `/app`: pages made on the server, forms that work without a script, a script that adds to them.

pages.py      what every page has: template, policy, who is logged in, messages
entry.py      first password, login, logout
add.py        an address, a text or files
jobs.py       what is being made, as it changes
listening.py  the queue of what is to be listened to, the list of episodes, and an episode's page
review.py     what is heard of an episode and what is not, overruled; how words are said
show.py       settings, disclosure, voices, words, audit, log
sound.py      sound and covers for the app's own player, those of drafts too
templates/    a template for each page, over base.html
static/       style sheet and script; loaded from this server alone
messages.toml what the app says after something was done
"""

from __future__ import annotations

from audiogen.server.web.pages import render
from audiogen.server.web.routes import routes

__all__ = ["render", "routes"]
