"""The last defence of logs: no secret, address or quote gets past here. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import quote, unquote

from bot.settings import Settings
from intel.privacy import credentials

SECRET, MAIL, LEFT_OUT = "[secret]", "[e-mail]", "[left out]"
_SHORTEST = 4  # characters of a secret that can be told from a word
_LONGEST = 1_000  # characters of one value
_SECRET_NAMES = re.compile(
    r"(?:^|[_.-])(?:token|secret|passw(?:or)?d|authorization|cookie|api_?key)$",
    re.IGNORECASE,
)
# What holds the words of sources, people or the model.
_WORDS = frozenset({"quote", "text", "raw_text", "content", "sentence", "prompt"})
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_USER = re.compile(r"([a-z][a-z0-9+.-]*://)[^\s/@]+@", re.IGNORECASE)
_QUERY = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s?#\"'<>]*)[?#][^\s\"'<>]*", re.I)
_PASSWORDS = re.compile(
    r"://[^:@/]*:(.+)@|[?&](?:ssl)?password=([^&#]+)", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile("[“„«][^“”„«»]{40,}[”“»]")


class Redactor:
    """Takes out of log values what has no place there."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        shapes = {shape for one in secrets for shape in _shapes(one)}
        longest_first = sorted(shapes, key=lambda one: (-len(one), one))
        self._secrets = (
            re.compile("|".join(map(re.escape, longest_first)))
            if longest_first
            else None
        )

    def known(self, said: str) -> str:
        """Take just the secrets that are known out of a text."""
        return self._secrets.sub(SECRET, said) if self._secrets else said

    def text(self, said: str, longest: int = _LONGEST) -> str:
        """Give what may be logged of a text."""
        said = self.known(said)
        said = _QUERY.sub(r"\1?…", _USER.sub(rf"\1{SECRET}@", said))
        said = _QUOTED.sub(f"“{LEFT_OUT}”", _MAIL.sub(MAIL, said))
        spans = sorted(credentials.find(said), key=lambda span: span.start)
        for span in reversed(spans):
            if SECRET not in said[span.start : span.end]:
                said = said[: span.start] + SECRET + said[span.end :]
        return said if len(said) <= longest else f"{said[:longest]}…"

    def value(self, name: str, value: Any, longest: int = _LONGEST) -> Any:
        """Give what may be logged under a name; numbers stay as they are."""
        if _SECRET_NAMES.search(name) and value:
            return SECRET
        if name.rpartition(".")[2] in _WORDS and value:
            return LEFT_OUT
        if isinstance(value, Mapping):
            return {str(k): self.value(str(k), v, longest) for k, v in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value("", one, longest) for one in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return self.text(str(value), longest)


def secrets_of(settings: Settings) -> list[str]:
    """List every secret of the settings, the passwords in addresses too."""
    own = [str(getattr(settings.secrets, f.name)) for f in fields(settings.secrets)]
    sync = settings.sync
    urls = (settings.store.url, sync.connectors.usage_sql.url, sync.export.to)
    words = [word for url in urls for word in passwords(url)]
    return [one for one in (*own, sync.notion.token, *words) if one]


def passwords(url: str) -> list[str]:
    """Find the passwords in an address, whole where it is written wrongly, too."""
    return [word for found in _PASSWORDS.findall(url) for word in found if word]


def _shapes(secret: str) -> set[str]:
    """The ways in which a secret may be written."""
    shapes = {secret, quote(secret, safe=""), unquote(secret)}
    return {one for one in shapes if len(one) >= _SHORTEST}
