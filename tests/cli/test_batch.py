"""`audiogen batch`: what people see and scripts get."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audiogen.cli import cli, exit_code, print_error
from audiogen.cli.outcomes import Report, duration, line, outcome_fields, size
from audiogen.errors import CrashError, FetchError, LexiconError, ReadError, UnknownVoiceError
from audiogen.model import Episode, Outcome
from audiogen.settings import user_folder
from audiogen.trust import trust
from tests.batch.conftest import assert_whole, snapshot
from tests.batch.pile import make_pile, page

if TYPE_CHECKING:
    from click.testing import Result


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    pile = make_pile(tmp_path / "pile", 2)
    (pile / "wire.html").write_text(page(1, url="https://other.example/wire"), encoding="utf-8")
    (pile / "empty.html").write_bytes(b"")
    (pile / "picture.png").write_bytes(b"\x89PNG")
    return pile


def batch(*arguments: object, stdin: str = "") -> Result:
    options = ["--voice", "tone", "--quality", "small", "--jobs", "1"]
    return CliRunner().invoke(cli, ["batch", *options, *map(str, arguments)], input=stdin, catch_exceptions=False)


@pytest.mark.slow
def test_a_pile_goes_through_all_that_can_become_of_it(pile: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library).mkdir()
    (library / "audiogen.toml").write_text(
        '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\nbase_url = "https://ledger.example/p"\n'
    )
    dry = batch(pile, "-o", library, "--dry-run")
    assert dry.exit_code == 0
    assert "Would be done: 2 new, 1 duplicate, 1 refused." in dry.stderr
    assert "of sound" in dry.stderr
    assert not (library / "episodes").exists()

    first = batch(pile, "-o", library)
    assert first.exit_code == 0
    assert sorted(row.split("\t")[0] for row in first.stdout.splitlines()) == ["duplicate", "new", "new", "refused"]
    assert "2 new, 1 duplicate, 1 refused" in first.stderr
    assert "Left aside: 1 × .png" in first.stderr
    assert "is empty; save or export it again" in first.stderr
    assert "the same story as" in first.stderr
    assert len(assert_whole(library)) == 2
    assert "House 0" in (library / "feed.xml").read_text(encoding="utf-8")

    (pile / "empty.html").write_text(page(7), encoding="utf-8")
    retried = batch("--retry", "-o", library, "--json")
    assert retried.exit_code == 0
    [outcome] = map(json.loads, retried.stdout.splitlines())
    assert outcome["status"] == "new"
    assert outcome["episode"]["title"] == "House 7 and its neighbours"
    assert outcome["error"] is None

    before = snapshot(library)
    again = batch(pile, "-o", library)
    assert again.exit_code == 0
    assert "3 done, 1 duplicate" in again.stderr
    assert snapshot(library) == before


@pytest.mark.slow
def test_a_retry_goes_wherever_trouble_came_from_and_says_what_is_gone(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    (tmp_path / "gone.html").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    first = batch("pile/empty.html", "gone.html", "-o", library, "--no-feed")
    assert "2 refused" in first.stderr
    (tmp_path / "gone.html").unlink()
    (pile / "empty.html").write_text(page(7), encoding="utf-8")
    monkeypatch.chdir(pile)
    again = batch("--retry", "-o", library, "--no-feed")
    assert "1 new" in again.stderr
    assert "gone.html" in again.stderr
    assert again.exit_code == 0


def test_a_link_that_leads_nowhere_is_told_and_ends_nothing(pile: Path, tmp_path: Path) -> None:
    (pile / "aaa.html").symlink_to(tmp_path / "nothing")
    done = batch(pile, "-o", tmp_path / "library", "--no-feed")
    assert "2 new, 1 duplicate, 1 refused, 1 failed" in done.stderr
    assert "aaa.html could not be read" in done.stderr


def test_a_list_on_stdin_names_files(pile: Path, tmp_path: Path) -> None:
    done = batch("-", "-o", tmp_path / "library", "--no-feed", stdin=f"{pile / 'story-00000.html'}\n\n")
    assert done.exit_code == 0
    assert done.stdout.startswith("new\t")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_a_list_on_stdin_may_have_comments_patterns_and_a_mark_of_its_encoding(pile: Path, tmp_path: Path) -> None:
    result = f"\ufeff# the first two\n{pile}/story-*.html\n"
    done = batch("-", "-o", tmp_path / "library", "--no-feed", stdin=result)
    assert done.exit_code == 0
    assert "2 new" in done.stderr


@pytest.mark.parametrize(
    "document",
    [
        page(0),
        "# The lock opens\n\nIt [opened](https://canal.example/) on Monday, [they](https://a.example/) [say](/b).\n",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\n<p>Hi.\n--x--\n",
        "The lock was opened on Monday.\n\nNobody cheered, but the keeper made tea.\n",
        "title,url,time_added,tags,status\nThe lock,https://canal.example/lock,1700000000,,unread\n",
        "%PDF-1.7 \x00\x01",
        "/no/such/page.html\n",
        "x" * 5000,
    ],
    ids=["HTML", "Markdown", "MHTML", "text", "export", "PDF", "paths that are gone", "a long line"],
)
def test_a_document_on_stdin_is_not_taken_for_a_list(tmp_path: Path, document: str) -> None:
    done = batch("-", "-o", tmp_path / "library", stdin=document)
    assert done.exit_code == 2
    assert "audiogen narrate -" in done.stderr
    assert len(done.stderr) < 600
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("stdin", ["", " \n\n", "# nothing today\n"], ids=["empty", "blank", "comments"])
def test_an_empty_list_is_no_fault(tmp_path: Path, stdin: str) -> None:
    done = batch("-", "-o", tmp_path / "library", "--no-feed", stdin=stdin)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No article was found in the list on stdin." in done.stderr


def test_an_empty_folder_says_so_and_is_no_fault(tmp_path: Path) -> None:
    """A folder that is emptied and filled again, by a job that runs each night."""
    (tmp_path / "inbox").mkdir()
    done = batch(tmp_path / "inbox", "-o", tmp_path / "library", "--no-feed")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"No article was found in {tmp_path / 'inbox'}." in done.stderr
    (tmp_path / "inbox" / "sheet.xlsx").write_bytes(b"PK")
    done = batch(tmp_path / "inbox", "-o", tmp_path / "library", "--no-feed")
    assert done.exit_code == 0
    assert "No article was found" in done.stderr
    assert ".xlsx" in done.stderr


@pytest.mark.parametrize("name", ["gone", "gone.html", "*.nothing", "gone/*.html"])
def test_a_path_or_pattern_that_matches_nothing_is_a_wrong_call(pile: Path, tmp_path: Path, name: str) -> None:
    done = batch(pile, tmp_path / name, "-o", tmp_path / "library", "--no-feed")
    assert (done.exit_code, done.stdout) == (2, "")
    assert str(tmp_path / name) in done.stderr
    assert not (tmp_path / "library").exists()


def test_nothing_asked_is_a_wrong_call(tmp_path: Path) -> None:
    asked = batch("-o", tmp_path / "library")
    assert asked.exit_code == 2
    assert "--retry" in asked.stderr


def test_a_voice_nobody_knows_is_told_before_the_work(pile: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownVoiceError):
        batch(pile, "-o", tmp_path / "library", "--voice", "nobody")


@pytest.mark.parametrize(
    ("name", "card", "says"),
    [
        pytest.param("pyttsx3:nowhere", "", "pyttsx3 has no voice 'nowhere'", id="a voice of an engine"),
        pytest.param("own", 'engine = "pyttsx3"\nid = "nowhere"', "pyttsx3 has no voice 'nowhere'", id="a card"),
    ],
)
def test_a_voice_that_its_engine_does_not_have_is_told_before_the_work(
    pile: Path, tmp_path: Path, name: str, card: str, says: str
) -> None:
    library = tmp_path / "library"
    (library / "voices").mkdir(parents=True)
    if card:
        (library / "voices" / f"{name}.toml").write_text(card)
    with pytest.raises(UnknownVoiceError, match=says):
        batch(pile, "-o", library, "--voice", name)
    assert not (library / "episodes").exists()


def tongue(*options: str, pile: Path, library: Path) -> list[tuple[str, str]]:
    """Make one page; give its status and its language, or its kind of error."""
    arguments = ["batch", str(pile), "-o", str(library), "--quality", "small", "--jobs", "1", "--json", *options]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return [_language_or_error(json.loads(row), library) for row in result.stdout.splitlines()]


def _language_or_error(fields: dict[str, Any], library: Path) -> tuple[str, str]:
    if fields["error"]:
        return fields["status"], fields["error"]["kind"]
    manifest = json.loads((library / "episodes" / f"{fields['episode']['slug']}.json").read_text(encoding="utf-8"))
    return fields["status"], manifest["article"]["language"]


XHOSA = [
    "Isikhephe sasuka ezibukweni emini emaqanda, kodwa akukho mntu wavuyayo. Abantu bema bethule elunxwemeni.",
    "Umphathi wezibuko uthe umkhenkce wawusele unyibilika, kwaye ulwandle luya kuvuleka kwiveki ezayo.",
] * 4


@pytest.mark.slow
def test_a_language_without_a_voice_is_read_by_its_nearest_neighbours(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    story = page(1, text=XHOSA).replace('lang="en"', 'lang="xh"')
    (tmp_path / "pile" / "ferry.html").write_text(story, encoding="utf-8")
    assert tongue(pile=tmp_path / "pile", library=tmp_path / "library") == [("new", "xh")]


@pytest.mark.slow
def test_a_language_that_nobody_speaks_is_refused_and_there_are_ways_round(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "ferry.html").write_text(page(1), encoding="utf-8")
    asked = {"pile": tmp_path / "pile", "library": tmp_path / "library"}
    klingon = ("--language", "tlh")
    assert tongue(*klingon, **asked) == [("refused", "UnspokenLanguageError")]
    assert tongue(*klingon, "--voice", "english", **asked) == [("refused", "AudiogenError")], "recalled until --retry"
    assert tongue("--retry", *klingon, "--voice", "english", **asked) == [("new", "tlh")]
    asked["library"] = tmp_path / "another"
    assert tongue("--language", "en", "--voice", "tone", **asked) == [("new", "en")]


@pytest.mark.parametrize("place", ["the show", "the user"])
def test_a_fault_in_a_word_list_is_told_before_the_work(pile: Path, tmp_path: Path, place: str) -> None:
    library = tmp_path / "library"
    path = {"the show": library, "the user": user_folder()}[place] / "lexicon.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[entry]]\nwritten = "Ostrand"\n')
    with pytest.raises(LexiconError, match=r"'Ostrand' of .* does not say how"):
        batch(pile, "-o", library)
    assert not (library / "episodes").exists()


def test_a_fault_in_a_word_list_is_a_wrong_call() -> None:
    assert exit_code(LexiconError("Ostrand", "The entry does not say how.")) == 2


@pytest.mark.slow
def test_no_cache_keeps_no_speech(pile: Path, tmp_path: Path, nobodys_home: Path) -> None:
    def kept() -> int:
        return len(list(nobodys_home.rglob("*.clip")))

    batch(pile / "story-00000.html", "-o", tmp_path / "library", "--no-feed", "--no-cache")
    assert kept() == 0
    batch(pile / "story-00001.html", "-o", tmp_path / "library", "--no-feed")
    assert kept() > 3


@pytest.fixture
def priced(tmp_path: Path) -> Path:
    """A library whose voice `dear` has a price, on a server that nobody reaches."""
    library = tmp_path / "library"
    (library / "voices").mkdir(parents=True)
    (library / "voices" / "dear.toml").write_text(
        'engine = "http"\nid = "x"\nlanguage = "en"\n[options]\nbase_url = "http://127.0.0.1:9"\nprice = 15000.0\n'
    )
    (library / "audiogen.toml").write_text("[engines.http]\ntries = 1\n")
    trust(library)
    return library


@pytest.mark.slow
def test_a_dry_run_tells_what_speech_costs_and_asks_no_server(pile: Path, priced: Path) -> None:
    dry = batch(pile / "story-00000.html", "-o", priced, "--dry-run", "--voice", "dear")
    assert dry.exit_code == 0
    paid = re.search(r"of sound, [\d.]+ MB, ([\d.]+) to pay\.", dry.stderr)
    assert paid
    # 0.015 a character: the page has some 400 of its own, and the disclosure is spoken too.
    assert 4 < float(paid[1]) < 12


@pytest.mark.slow
def test_what_speech_costs_is_told_before_any_is_made(pile: Path, priced: Path) -> None:
    result = batch(pile / "story-00000.html", "-o", priced, "--voice", "dear")
    dry = batch(pile / "story-00000.html", "-o", priced, "--dry-run", "--voice", "dear")
    first = re.match(r"To pay for speech: about ([\d.]+)\.\n", result.stderr)
    assert first
    assert f"{first[1]} to pay" in dry.stderr
    assert result.exit_code == 1
    assert "1 failed" in result.stderr


def outcome(tmp_path: Path, **changes: object) -> Outcome:
    audio = tmp_path / "a.mp3"
    audio.write_bytes(b"x" * 500_000)
    episode = Episode("a", audio, tmp_path / "a.json", "A story", 90.0, 5, 5)
    return Outcome(**({"source": "a.html", "episode": episode, "status": "new", "work": 1.5} | changes))  # type: ignore[arg-type]


def test_a_line_tells_what_became_of_a_source_and_where_it_is(tmp_path: Path) -> None:
    assert line(outcome(tmp_path)) == f"new\ta.html\t{tmp_path / 'a.mp3'}"
    failed = outcome(tmp_path, episode=None, error=CrashError("a", "It broke.\nTwice."), status="failed")
    assert line(failed) == "failed\ta.html\tIt broke. Twice."


def test_what_is_told_of_an_address_has_no_secrets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = "https://ada:hunter2@news.example/a?id=7&token=hunter2"
    failed = outcome(
        tmp_path, source=address, episode=None, error=FetchError(address, f"{address} is gone."), status="failed"
    )
    assert line(failed) == "failed\thttps://news.example/a?id=7\thttps://news.example/a?id=7 is gone."
    assert outcome_fields(failed)["source"] == "https://news.example/a?id=7"
    print_error(FetchError(address, "It is gone."), address)
    assert capsys.readouterr().err == "audiogen: https://news.example/a?id=7: It is gone.\n"


@pytest.mark.parametrize(
    ("source", "message", "expected"),
    [
        ("{here}/in/junk.pdf", "{here}/in/junk.pdf is no PDF.", "in/junk.pdf is no PDF."),
        ("{here}/empty.html", "There is no text in {here}/empty.html.", "There is no text in empty.html."),
        ("a.html", "It broke.", "a.html: It broke."),
        ("https://a.example/b", "https://a.example/b is gone.", "https://a.example/b is gone."),
    ],
)
def test_a_reason_names_its_source_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, message: str, expected: str
) -> None:
    source, message = source.format(here=Path.cwd()), message.format(here=Path.cwd())
    report = Report()
    report.add(outcome(tmp_path, source=source, episode=None, error=ReadError(source, message), status="failed"))
    report.sum_up(tmp_path)
    assert f"\n  failed: {expected}\n" in capsys.readouterr().err


def test_a_run_that_is_stopped_before_its_first_article_sums_up_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Report().broken_off(tmp_path, KeyboardInterrupt())
    assert capsys.readouterr().err == (
        "Stopped; what was in hand is dropped, and the same command goes on from here.\n"
    )


def test_json_tells_all_there_is(tmp_path: Path) -> None:
    record = outcome_fields(outcome(tmp_path, note="a note"))
    assert record["episode"] == {
        "slug": "a",
        "title": "A story",
        "audio": str(tmp_path / "a.mp3"),
        "duration": 90.0,
        "doubtful": 0,
    }
    assert (record["source"], record["status"], record["note"], record["work"]) == ("a.html", "new", "a note", 1.5)
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize(
    ("doubts", "expected"),
    [
        ((0, 0), ""),
        ((1, 0), "1 utterance in doubt, in an episode; `audiogen check` lists them."),
        ((2, 1), "3 utterances in doubt, in 2 episodes; `audiogen check` lists them."),
    ],
)
def test_utterances_in_doubt_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], doubts: tuple[int, int], expected: str
) -> None:
    report = Report()
    for number, count in enumerate(doubts):
        episode = Episode(f"e{number}", tmp_path / "a.mp3", tmp_path / "a.json", "A", 9.0, 5, 5, doubtful=count)
        report.add(outcome(tmp_path, episode=episode))
    report.sum_up(tmp_path)
    output = capsys.readouterr().err
    assert expected in output
    assert ("in doubt" in output) is bool(expected)


def test_a_long_list_of_failures_is_cut_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    for number in range(30):
        error = CrashError("a", "It broke.")
        report.add(outcome(tmp_path, source=f"{number}.html", episode=None, error=error, status="failed"))
    report.sum_up(tmp_path)
    output = capsys.readouterr().err
    assert "30 failed" in output
    assert "19.html" in output
    assert "20.html" not in output
    assert "10 more" in output
    assert report.failed == 30
    assert report.made == 0


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0 seconds"), (119, "119 seconds"), (150, "2.5 minutes")])
def test_a_duration_is_said_in_a_unit_that_suits(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def test_a_size_is_said_in_a_unit_that_suits() -> None:
    assert [size(1_234), size(123_400_000), size(12_340_000_000)] == ["0.0 MB", "123.4 MB", "12.3 GB"]
