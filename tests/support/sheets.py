"""A double of Google Sheets on loopback: tokens, grids, values, and its ways to refuse.

It keeps to developers.google.com/workspace/sheets/api: spreadsheets.get, batchUpdate
(addSheet, updateSheetProperties), values.get and values.update, errors with code and
status.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.loopback import Answer, answering, served

KEY = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
EMAIL = "bot@project.iam.gserviceaccount.com"
_BOOK = re.compile(rf"/v4/spreadsheets/{KEY}(?P<rest>.*)")
_PLACE = re.compile(r"(?:'?(?P<name>[^'!]+)'?)(?:!(?P<cell>[A-Z]+(?P<row>\d+)))?.*")


@dataclass
class Sheets:
    """`failing` are answers given before all others, as (status, status in words)."""

    grids: dict[str, list[list[Any]]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    failing: list[tuple[int, str]] = field(default_factory=list)
    shared: bool = True
    known: bool = True

    def writes(self) -> list[str]:
        return [path for method, path, _ in self.asked if method != "GET"]

    def answer(self, method: str, target: str, token: str, body: Any) -> Answer:
        if target == "/token":
            told = {
                "access_token": "ya29.t",
                "expires_in": 3600,
                "token_type": "Bearer",
            }
            no = {"error": "invalid_grant", "error_description": "account not found"}
            return (200, told) if self.known else (400, no)
        url = urlsplit(target)
        self.asked.append((method, unquote(url.path), parse_qs(url.query)))
        if token != "Bearer ya29.t":
            return refusal(401, "UNAUTHENTICATED")
        if self.failing:
            return refusal(*self.failing.pop(0))
        found = _BOOK.fullmatch(unquote(url.path))
        if found is None or not self.shared:
            return refusal(403 if found else 404, "PERMISSION_DENIED")
        return self._book(method, found["rest"], parse_qs(url.query), body)

    def _book(
        self, method: str, rest: str, query: dict[str, list[str]], body: Any
    ) -> Answer:
        if method == "GET" and not rest:
            every = [self._sheet(name) for name in self.grids]
            about = {"spreadsheetId": KEY, "properties": {"title": "Told"}}
            return 200, about | {"sheets": every}
        if method == "POST" and rest == ":batchUpdate":
            return 200, {"replies": [self._change(one) for one in body["requests"]]}
        place = _PLACE.fullmatch(rest.removeprefix("/values/"))
        assert place is not None, rest
        grid = self.grids[place["name"]]
        if method == "GET":
            rows = [[str(cell) for cell in row] for row in grid]
            return 200, {"range": rest, "majorDimension": "ROWS", "values": rows}
        assert query["valueInputOption"] == ["RAW"]
        first = int(place["row"]) - 1
        if first + len(body["values"]) > len(grid):
            return refusal(400, "INVALID_ARGUMENT")
        for at, row in enumerate(body["values"], start=first):
            grid[at][: len(row)] = row
        return 200, {"updatedRows": len(body["values"])}

    def _sheet(self, name: str) -> dict[str, Any]:
        grid = self.grids[name]
        size = {"rowCount": len(grid), "columnCount": len(grid[0])}
        told = {"sheetId": list(self.grids).index(name), "title": name,
                "index": 0, "gridProperties": size}  # fmt: skip
        return {"properties": told}

    def _change(self, request: dict[str, Any]) -> dict[str, Any]:
        if "addSheet" in request:
            told = request["addSheet"]["properties"]
            self._size(told["title"], told["gridProperties"])
            return {"addSheet": self._sheet(told["title"])}
        told = request["updateSheetProperties"]["properties"]
        self._size(list(self.grids)[told["sheetId"]], told["gridProperties"])
        return {}

    def _size(self, name: str, size: dict[str, int]) -> None:
        old, rows, columns = self.grids.get(name, []), *size.values()
        kept = [(row + [""] * columns)[:columns] for row in old[:rows]]
        self.grids[name] = kept + [[""] * columns for _ in range(rows - len(kept))]


def refusal(code: int, status: str) -> Answer:
    said = {"code": code, "message": f"Google says {status}.", "status": status}
    return code, {"error": said}


@contextmanager
def running(sheets: Sheets) -> Iterator[str]:
    """Serve the double; gives its address."""

    def told(handler: BaseHTTPRequestHandler, body: Any) -> Answer:
        token = handler.headers.get("authorization", "")
        return sheets.answer(handler.command, handler.path, token, body)

    with served(answering(told)) as port:
        yield f"http://127.0.0.1:{port}"


def account(folder: Path, address: str) -> Path:
    """Write the key file of a service account whose tokens come from an address."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    told = {
        "type": "service_account",
        "client_email": EMAIL,
        "private_key": pem.decode(),
        "private_key_id": "1",
        "token_uri": f"{address}/token",
    }
    file = folder / "account.json"
    file.write_text(json.dumps(told))
    return file
