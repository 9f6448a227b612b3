"""What a person may be called, by their e-mail address. Pure."""

import re

_PARTS = re.compile(r"[._-]+")
_MOST = 4


def names_of(address: str) -> tuple[str, ...]:
    """Guess a full name: jane.q.doe@… is Jane Q Doe, and Jane Doe.

    One word alone (jdoe@…, info@…) tells no name.
    """
    local = address.partition("@")[0].partition("+")[0]
    parts = [part for part in _PARTS.split(local) if part.isalpha()]
    if not 2 <= len(parts) <= _MOST or len(parts[-1]) < 2 or len(parts[0]) < 2:
        return ()
    words = [part.capitalize() for part in parts]
    return tuple(dict.fromkeys((" ".join(words), f"{words[0]} {words[-1]}")))
