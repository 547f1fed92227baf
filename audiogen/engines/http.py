"""The engine `http`: servers with OpenAI's speech API, remote or your own (extra `http`).

A card has the server, the model and the voice; the key is read only from the environment, and never written:

    engine = "http"
    id = "alloy"
    [options]
    base_url = "http://localhost:8880/v1"
    model = "kokoro"
    format = "wav"               # or "pcm" (mono, 16 bits, `sample_rate`) or "mp3"
    key_variable = "MY_KEY"      # by default AUDIOGEN_HTTP_KEY, then OPENAI_API_KEY
    price = 15.0                 # for a million characters, in any currency
"""

from __future__ import annotations

import os
import time
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

from audiogen.engines.ahead import speak_ahead
from audiogen.engines.sound import read_sound, resample
from audiogen.engines.traits import Estimate, Traits
from audiogen.engines.words import cut, has_words, is_speakable
from audiogen.errors import EngineError, SpeechError, UnknownVoiceError
from audiogen.model import Clip, Synthesis, Voice
from audiogen.retrying import TRANSIENT_STATUSES, RetryPolicy, retry_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from audiogen.model import Utterance

#: Maximum number of characters in a request; OpenAI refuses more than 4,096.
LONGEST_PIECE = 4_000
BASE_URL = "https://api.openai.com/v1"
MODEL = "gpt-4o-mini-tts"
#: Sample rate of OpenAI's PCM, and of all clips: other rates are resampled.
SAMPLE_RATE = 24_000
KEY_VARIABLES = ("AUDIOGEN_HTTP_KEY", "OPENAI_API_KEY")
#: Words per minute at speed 1, to which a card's rate is relative.
USUAL_RATE = 175
#: Minimum and maximum speed in OpenAI's API.
SLOWEST, FASTEST = 0.25, 4.0


class _TransientError(Exception):
    """A failure that a retry may not have; `wait` is the server's Retry-After in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Http:
    """A client of speech servers.

    Args:
        base_url: The server, for cards that do not name one.
        model: The model, for cards that do not name one.
        workers: Number of simultaneous requests.
        patience: Timeout in seconds, to connect and between two packets.
        tries: Maximum number of attempts for each request.
        backoff: Seconds before the second attempt, doubled for each further one.
        longest_wait: Maximum number of seconds before an attempt, whatever the server asks for.
    """

    name = "http"
    traits = Traits(Synthesis.TRAINED, longest=LONGEST_PIECE, parallel=4, remote=True)

    def __init__(
        self,
        *,
        base_url: str = BASE_URL,
        model: str = MODEL,
        workers: int = 4,
        patience: float = 60.0,
        tries: int = 5,
        backoff: float = 0.5,
        longest_wait: float = 60.0,
    ) -> None:
        self._base_url = base_url
        self._model = model
        self._workers = workers
        self._patience = patience
        self._policy = RetryPolicy(tries, backoff, longest_wait)
        self._client: Any = None

    def __enter__(self) -> Self:
        import httpx

        self._client = httpx.Client(timeout=self._patience, follow_redirects=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def version(self) -> str:
        """The version of the client."""
        return f"httpx {version_of('httpx')}"

    def fingerprint(self, voice: Voice) -> str:
        """Return a value that identifies the server and the model."""
        return f"{self._url(voice)} {self._body('', voice)}"

    def voices(self) -> Iterable[Voice]:
        """Return the server's voices, if it lists them; OpenAI's server does not."""
        import httpx

        try:
            answer = self._client.get(f"{self._base_url}/audio/voices", headers=_headers(Voice("", "http")))
            names = answer.json().get("voices", []) if answer.status_code == 200 else []
        except (httpx.HTTPError, ValueError, AttributeError):
            return ()
        ids = [name.get("id", name.get("name", "")) if isinstance(name, dict) else str(name) for name in names]
        return [Voice(f"http:{i}", self.name, i, synthesis=Synthesis.TRAINED) for i in ids if i]

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return what is spoken: the plain text."""
        return utterance.spoken

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; may be called from several threads.

        Raises:
            SpeechError: A piece failed at every attempt, or the answer for text with words had no sound.
            EngineError: The server refused the key or the request.
            UnknownVoiceError: The server has no such voice.
        """
        text = utterance.spoken
        if not is_speakable(text):
            return Clip(b"", SAMPLE_RATE)
        clips = [self._speak_piece(piece, utterance, voice) for _, piece in cut(text, _longest(voice))]
        clip = Clip(b"".join(clip.pcm for clip in clips), SAMPLE_RATE)
        if has_words(text) and not clip.pcm:
            raise SpeechError(utterance, _failed(self._url(voice), text, "it sent no sound"), clip=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several requests at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def estimate(self, utterances: Iterable[Utterance], voice: Voice) -> Estimate:
        """Return the number of requests and characters for the utterances, and their cost."""
        texts = [utterance.spoken for utterance in utterances if is_speakable(utterance.spoken)]
        characters = sum(map(len, texts))
        requests = sum(len(list(cut(text, _longest(voice)))) for text in texts)
        price = voice.options.get("price")
        cost = None if price is None else float(price) * characters / 1_000_000  # type: ignore[arg-type]
        return Estimate(characters, requests, cost)

    def _speak_piece(self, text: str, utterance: Utterance, voice: Voice) -> Clip:
        """Send a request until its answer is complete, with a longer delay each time."""
        why = ""
        for attempt in range(self._policy.tries):
            try:
                return resample(self._ask(text, voice), SAMPLE_RATE)
            except _TransientError as error:
                why = str(error)
                if not self._policy.is_last(attempt):
                    time.sleep(self._policy.wait(attempt, error.wait))
        raise SpeechError(utterance, _failed(self._url(voice), text, f"{why}, {self._policy.tries} times"))

    def _ask(self, text: str, voice: Voice) -> Clip:
        """Send one request for a piece of text, and return its sound."""
        import httpx

        try:
            answer = self._client.post(
                f"{self._url(voice)}/audio/speech", json=self._body(text, voice), headers=_headers(voice)
            )
        except httpx.TimeoutException as error:
            raise _TransientError(f"it did not answer within {self._patience:g} seconds") from error
        except httpx.HTTPError as error:
            raise _TransientError(f"the connection failed ({error or type(error).__name__})") from error
        if answer.status_code != 200:
            raise self._refusal(answer, voice)
        return _sound(answer.content, answer.headers.get("content-type", ""), voice)

    def _refusal(self, answer: Any, voice: Voice) -> Exception:
        """Return the error for an unsuccessful response."""
        why = _message(answer)
        if answer.status_code in TRANSIENT_STATUSES:
            return _TransientError(
                f"it answered {answer.status_code} ({why})", retry_after(answer.headers.get("retry-after"))
            )
        if answer.status_code in (401, 403):
            variable = voice.options.get("key_variable", " or ".join(KEY_VARIABLES))
            return EngineError(
                self.name, f"{self._url(voice)} refused the key ({why}): set {variable} in the environment."
            )
        if "voice" in why.lower():
            return UnknownVoiceError(voice.id, f"{self._url(voice)} has no voice '{voice.id}': {why}")
        return EngineError(self.name, f"{self._url(voice)} refused the request with {answer.status_code}: {why}")

    def _url(self, voice: Voice) -> str:
        """Return the base URL of a voice's server."""
        return str(voice.options.get("base_url", self._base_url)).rstrip("/")

    def _body(self, text: str, voice: Voice) -> dict[str, Any]:
        """Return the JSON of a request for speech."""
        body: dict[str, Any] = {
            "model": voice.options.get("model", self._model),
            "voice": voice.id,
            "input": text,
            "response_format": voice.options.get("format", "wav"),
        }
        if voice.rate is not None:
            body["speed"] = round(min(FASTEST, max(SLOWEST, voice.rate / USUAL_RATE)), 3)
        if "instructions" in voice.options:
            body["instructions"] = voice.options["instructions"]
        return body


def _longest(voice: Voice) -> int:
    """Return the maximum number of characters in a request for a voice."""
    return int(str(voice.options.get("longest", LONGEST_PIECE)))


def _headers(voice: Voice) -> dict[str, str]:
    """Return the request headers with the key from the environment, if there is one."""
    variable = voice.options.get("key_variable")
    names = (str(variable),) if variable else KEY_VARIABLES
    key = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return {"Authorization": f"Bearer {key}"} if key else {}


def _sound(content: bytes, kind: str, voice: Voice) -> Clip:
    """Return the clip of an answer's body: in the requested format, or in the one that it has.

    Raises:
        _TransientError: it is no sound, or incomplete.
    """
    if "json" in kind or "html" in kind or content[:1] in (b"{", b"<"):
        raise _TransientError(f"it sent {kind or 'text'} in place of sound")
    asked_pcm = voice.options.get("format") == "pcm"
    if asked_pcm and content[:4] not in (b"RIFF", b"fLaC", b"OggS") and content[:3] != b"ID3":
        if len(content) % 2:
            raise _TransientError("its sound ended in half a sample")
        return Clip(content, int(str(voice.options.get("sample_rate", SAMPLE_RATE))))
    try:
        return read_sound(content)
    except ValueError as error:
        raise _TransientError(str(error)) from error


def _message(answer: Any) -> str:
    """Return the server's message about an error, at most 200 characters.

    It is under `error`, `error.message` or `detail` in a JSON body; otherwise it is the body, or the reason phrase if
    the body is empty.
    """
    try:
        body = answer.json()
    except ValueError:
        return " ".join(answer.text.split())[:200] or answer.reason_phrase
    error = body.get("error", body.get("detail", body)) if isinstance(body, dict) else body
    message = error.get("message", error) if isinstance(error, dict) else error
    return str(message)[:200]


def _failed(url: str, text: str, why: str) -> str:
    """Return the message of an error about a text."""
    return f"{url} did not speak “{text[:120]}”: {why}."
