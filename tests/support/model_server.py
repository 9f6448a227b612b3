"""A language model on loopback that does what a test tells it to, as OpenAI documents.

`script` goes out step by step; once it is empty, `author` writes. A step is an answer
in words, or a fault of the list below.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socket import SHUT_RDWR
from typing import Any

from tests.support.loopback import served

KEY = "sk-test-0123456789"
MODEL = "scripted-1"
Payload = Mapping[str, Any]
Author = Callable[[Payload], Any]


@dataclass(frozen=True)
class Step:
    """One answer: a status with a body, words of the model, or a cut line."""

    status: int = 200
    body: Any = None
    text: str = ""
    finish: str = "stop"
    refusal: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


REFUSAL = Step(refusal="I cannot help with that.")
MALFORMED = Step(text='{"sections": [{"section": "External intel", "claims": [')
WRONG_SHAPE = Step(text='{"sections": "none"}')
TRUNCATED = Step(text='{"sections": [{"section": "Exte', finish="length")
CUT = Step(cut=True)
NO_JSON = Step(body="<html>gateway</html>")


def words(text: str) -> Step:
    return Step(text=text)


def error(status: int, message: str, code: str = "", **headers: str) -> Step:
    told = {"message": message, "type": "error", "param": None, "code": code or None}
    named = {name.replace("_", "-").title(): v for name, v in headers.items()}
    return Step(status, {"error": told}, headers=named)


def slow_down(seconds: str = "0") -> Step:
    return error(429, "Rate limit reached.", "rate_limit_exceeded", retry_after=seconds)


DOWN = error(500, "The server had an error.")
NO_QUOTA = error(429, "You exceeded your current quota.", "insufficient_quota")


@dataclass
class ModelServer:
    """`asked` are the requests' bodies; `refuses` are words that it does not take."""

    author: Author
    script: list[Step] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    models: list[str] | None = field(default_factory=lambda: [MODEL, "other-2"])
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def payloads(self) -> list[Any]:
        """What the model was given, request by request."""
        return [json.loads(body["messages"][1]["content"]) for body in self.asked]

    @property
    def seen(self) -> str:
        """Everything that was ever sent here, as one text."""
        return json.dumps(self.asked, ensure_ascii=False)

    def answer(self, path: str, key: str, body: dict[str, Any]) -> Step:
        if key != f"Bearer {KEY}":
            return error(401, "Incorrect API key provided.", "invalid_api_key")
        if not path.endswith("/chat/completions"):
            return error(404, f"Invalid URL (POST {path})")
        self.asked.append(body)
        if body["model"] not in (self.models or [body["model"]]):
            return error(404, f"The model `{body['model']}` does not exist.")
        for name in sorted(self.refuses):
            if name in body or name == body.get("response_format", {}).get("type"):
                hint = "Use 'max_completion_tokens' instead." if "max" in name else ""
                return error(400, f"Unsupported parameter: {name}. {hint}")
        if self.script:
            return self.script.pop(0)
        payload = json.loads(body["messages"][1]["content"])
        return words(json.dumps(self.author(payload)))


def completion(step: Step, body: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as the API gives it."""
    message = {"role": "assistant", "content": step.text, "refusal": None}
    if step.refusal:
        message |= {"content": None, "refusal": step.refusal}
    given = sum(len(m["content"]) for m in body["messages"]) // 4
    used = {"prompt_tokens": given, "completion_tokens": len(step.text) // 4}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [
            {
                "index": 0,
                "message": message,
                "finish_reason": step.finish,
                "logprobs": None,
            }
        ],
        "usage": used | {"total_tokens": sum(used.values())},
    }


# What scripted models write


def first_sentence(quote: str) -> str:
    return quote.split("\n", 1)[0].split(". ", 1)[0].rstrip(".") + "."


def claim(text: str, *ids: str, label: str = "") -> dict[str, Any]:
    return {"label": label, "text": text, "evidence": list(ids)}


def good(payload: Payload) -> Any:
    """Write what each piece says first, in every section; or a proper letter."""
    pieces = {piece["id"]: piece for piece in payload["evidence"]}
    if "purpose" in payload:
        return good_letter(payload)
    return {
        "sections": [
            {
                "section": part["section"],
                "claims": [
                    claim(first_sentence(pieces[one]["quote"]), one, label=_label(part))
                    for one in _to_tell(part)[: part["at_most"]]
                ],
            }
            for part in payload["sections"]
        ]
    }


def _to_tell(part: Payload) -> list[str]:
    if removed := part.get("removed"):
        known = set(part["evidence"])
        return [one for r in removed for one in r["evidence"] if one in known]
    return list(part["evidence"])


def _label(part: Payload) -> str:
    return "" if "" in part["labels"] else str(part["labels"][0])


COURTESY = (
    "I would like to hear from you what this means for the way your team works with "
    "us.",
    "Changes of this kind often bring new colleagues and new priorities, and we would "
    "rather plan with you than catch up later.",
    "If you expect more users or a different set-up, we can check together what has to "
    "be in place and who on our side takes care of it.",
    "I am happy to bring a colleague from our technical team, and to prepare a short "
    "summary beforehand so that nobody needs to spend time on it.",
    "Would you have time for a short call in the coming weeks?",
)


def good_letter(payload: Payload) -> Any:
    pieces = {piece["id"]: piece for piece in payload["evidence"]}
    told = [
        claim(first_sentence(pieces[one]["quote"]), one) for one in payload["about"]
    ]
    return {
        "subject": "A question about your plans",
        "sentences": [*told, *(claim(text) for text in COURTESY)],
    }


@contextmanager
def model_server(author: Author = good) -> Iterator[ModelServer]:
    """Run the double for the length of a with block."""
    double = ModelServer(author)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = self.headers.get("Authorization", "")
            step = double.answer(self.path, key, body)
            if step.cut:
                self.connection.shutdown(SHUT_RDWR)
                return
            told = completion(step, body) if step.body is None else step.body
            self.reply(step.status, told, step.headers)

        def do_GET(self) -> None:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                self.reply(401, {"error": {"message": "Incorrect API key."}}, {})
            elif double.models is None:
                self.reply(404, {"error": {"message": "Not found"}}, {})
            else:
                listed = [
                    {"id": m, "object": "model", "created": 1, "owned_by": "us"}
                    for m in double.models
                ]
                self.reply(200, {"object": "list", "data": listed}, {})

        def reply(self, status: int, told: Any, headers: Mapping[str, str]) -> None:
            plain = isinstance(told, str)
            sent = told.encode() if plain else json.dumps(told).encode()
            kind = "text/html" if plain else "application/json"
            self.send_response_only(status)
            named = {"Content-Type": kind, "Content-Length": str(len(sent))}
            for name, value in {**named, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *args: object) -> None:
            pass

    with served(Handler) as port:
        double.port = port
        yield double
