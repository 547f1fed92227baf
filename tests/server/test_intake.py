"""What is sent becomes jobs; hostile names and values become nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audiogen.server import intake as module
from audiogen.server.intake import Intake, IntakeError, Sent, _file_name
from audiogen.server.jobs import Priority

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def intake(state: Path) -> Intake:
    (state / "uploads").mkdir()
    return Intake(state / "uploads")


def put(intake: Intake, name: str, text: str) -> tuple[str, str]:
    folder = intake.uploads / f"folder-{name}"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    return f"folder-{name}/{name}", f"digest of {text}"


@given(some.text(max_size=200))
def test_a_files_name_is_one_name_whatever_was_sent(name: str) -> None:
    made = _file_name(name, ".html")
    assert made
    assert "/" not in made
    assert "\\" not in made
    assert not made.startswith(".")
    assert len(made) < 120
    assert made.isprintable()


@pytest.mark.parametrize(
    ("name", "suffix", "made"),
    [
        ("story.pdf", "", "story.pdf"),
        ("../../etc/passwd", ".html", "passwd.html"),
        ("C:\\Users\\mira\\Story 1.docx", "", "Story_1.docx"),
        ("", ".html", "article.html"),
        (".htaccess", ".txt", "htaccess.txt"),
    ],
)
def test_a_files_ending_stays(name: str, suffix: str, made: str) -> None:
    assert _file_name(name, suffix) == made


def test_an_id_is_unique_in_its_outlet(intake: Intake) -> None:
    result = [{"id": "17", "url": "https://www.ledger.example/a"}, {"id": "17", "site": "The Post"}, {"id": "17"}]
    documents = [put(intake, f"{number}.html", str(number)) for number in range(3)]
    locations = [
        intake.jobs(Sent(dict(fields), [document]), "cms")[0].location
        for fields, document in zip(result, documents, strict=True)
    ]
    assert locations == ["push:ledger.example:17", "push:The Post:17", "push::17"]


def test_a_page_that_is_sent_with_its_address_has_the_same_location_as_the_address(intake: Intake) -> None:
    url = "https://ledger.example/ferry"
    [sent] = intake.jobs(Sent({"url": url}, [put(intake, "page.html", "x")]), "mira")
    [asked] = intake.jobs(Sent({"url": url}), "mira")
    assert sent.location == asked.location
    assert (sent.document != "", asked.document) == (True, "")


def test_several_addresses_are_a_pile(intake: Intake) -> None:
    jobs = intake.jobs(Sent({}, [], ["https://a.example/1", "https://b.example/2", "https://a.example/1"]), "mira")
    assert [(job.url, job.source, job.priority) for job in jobs] == [
        ("https://a.example/1", "a.example", Priority.BULK),
        ("https://b.example/2", "b.example", Priority.BULK),
    ]


def test_an_export_becomes_a_job_for_each_of_its_entries(intake: Intake) -> None:
    table = "title,url,time_added,tags,status\nOne,https://a.example/1,1700000000,sea|ice,unread\n"
    table += "Two,https://b.example/2,1700000000,,archive\n"
    jobs = intake.jobs(Sent({}, [put(intake, "pocket.csv", table)]), "mira")
    assert [(job.title, job.url, job.tags) for job in jobs] == [
        ("One", "https://a.example/1", "sea\nice"),
        ("Two", "https://b.example/2", ""),
    ]
    assert list(intake.uploads.iterdir()) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "javascript:alert(1)"},
        {"url": "file:///etc/passwd"},
        {"url": "https://ledger.example/\nx"},
        {"url": "https://ledger.example/x", "title": "a\x00b"},
        {"url": "https://ledger.example/x", "voice": "x" * 1001},
        {"url": "https://ledger.example/x", "rate": "79"},
        {"url": "https://ledger.example/x", "rate": "fast"},
        {},
    ],
)
def test_what_will_not_do_is_refused(intake: Intake, fields: dict[str, str]) -> None:
    with pytest.raises(IntakeError):
        intake.jobs(Sent(fields), "mira")


@pytest.mark.parametrize(("rate", "good"), [("80", True), ("450", True), ("451", False)])
def test_a_rate_has_bounds(intake: Intake, rate: str, good: bool) -> None:
    sent = Sent({"url": "https://ledger.example/x", "rate": rate})
    if good:
        assert intake.jobs(sent, "mira")[0].rate == int(rate)
    else:
        with pytest.raises(IntakeError):
            intake.jobs(sent, "mira")


@pytest.mark.parametrize(("size", "fits"), [(60, True), (10, False)])
def test_json_that_could_fill_the_memory_is_refused(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, size: int, fits: bool
) -> None:
    monkeypatch.setattr(module, "LARGEST_JSON", size)
    sent = Sent({}, [put(intake, "article.json", '{"url": "https://ledger.example/ferry", "title": "F"}')])
    if fits:
        intake._look_into_json(sent)
        assert sent.fields == {"url": "https://ledger.example/ferry", "title": "F"}
    else:
        for take in (lambda: intake._look_into_json(sent), lambda: intake.jobs(sent, "mira")):
            with pytest.raises(IntakeError, match="is for `audiogen batch`") as refusal:
                take()
            assert refusal.value.status == 413
