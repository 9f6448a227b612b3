"""A double of POST /v1/audio/transcriptions on loopback, as OpenAI documents it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.loopback import served
from tests.support.providers import KEY
from tests.support.web import Reply

SPOKEN = [
    (0.0, "Hello, this is Mary Poole."),
    (4.5, "The export is broken"),
    (6.0, "again."),
]


@dataclass
class Transcription:
    """`faults` go out one by one before any proper answer; `asked` are the forms."""

    faults: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    spoken: list[tuple[float, str]] = field(default_factory=lambda: list(SPOKEN))
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, path: str, key: str, form: dict[str, Any]) -> Reply:
        self.asked.append(form)
        if self.faults:
            return self.faults.pop(0)
        if key != f"Bearer {KEY}":
            return error(401, "invalid_api_key", f"Incorrect API key provided: {key}.")
        if path != "/v1/audio/transcriptions" or not {"file", "model"} <= set(form):
            return error(404, "not_found", f"Invalid URL (POST {path})")
        if not form["file"]:
            return error(400, "invalid_value", "Audio file is too short.")
        body = {
            "task": "transcribe",
            "language": "english",
            "duration": 8.0,
            "text": " ".join(text for _, text in self.spoken),
        }
        if form["response_format"] == "verbose_json":
            body["segments"] = [_segment(*one) for one in enumerate(self.spoken)]
        return Reply(json.dumps(body).encode())


def error(status: int, code: str, message: str, **headers: str) -> Reply:
    told = {"message": message, "type": "error", "param": None, "code": code}
    named = {name.replace("_", "-").title(): v for name, v in headers.items()}
    return Reply(json.dumps({"error": told}).encode(), status, named)


def _segment(at: int, one: tuple[float, str]) -> dict[str, Any]:
    told = {
        "id": at,
        "seek": 0,
        "start": one[0],
        "end": one[0] + 1,
        "text": f" {one[1]}",
    }
    scores = {"avg_logprob": -0.2, "compression_ratio": 1.1, "no_speech_prob": 0.01}
    return told | scores | {"temperature": 0.0, "tokens": [1, 2]}


def _form(kind: str, body: bytes) -> dict[str, Any]:
    """Read multipart/form-data; a file's name is kept as `filename`."""
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    found: dict[str, Any] = {}
    for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        filename = part.get_filename()
        found[str(name)] = content if filename else content.decode()
        if filename:
            found["filename"] = filename
    return found


@contextmanager
def transcription() -> Iterator[Transcription]:
    """Run the double for the length of a with block."""
    double = Transcription()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            form = _form(self.headers["Content-Type"], body)
            key = self.headers.get("Authorization", "")
            reply = double.answer(self.path, key, form)
            self.send_response_only(reply.status)
            kind = {"Content-Type": "application/json"}
            for name, value in (kind | dict(reply.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def do_GET(self) -> None:
            known = self.headers.get("Authorization") == f"Bearer {KEY}"
            status = 200 if known else 401
            self.send_response_only(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"object": "list", "data": []}' if known else b"{}")

        def log_message(self, *args: object) -> None:
            pass

    with served(Handler) as port:
        double.port = port
        yield double
