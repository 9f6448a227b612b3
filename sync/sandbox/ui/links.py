"""Which links a person may follow, and where they lead inside the sandbox. Pure."""

import re
from urllib.parse import quote, urlsplit

_OURS = ("app.notion.com", "www.notion.so", "notion.so")
_ID_AT_END = re.compile(r"([0-9a-f]{32})$")


def bare(object_id: str) -> str:
    """Write an id without dashes, as addresses do; keep nothing that is no id."""
    return quote(object_id.replace("-", "").lower(), safe="")


def safe_href(url: str | None) -> str | None:
    """Give the address a link may point to, None for anything but web and mail.

    Links to the workspace's own pages lead to the sandbox's page instead.
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme == "mailto" and (parts.path or parts.query):
        return parts.geturl()
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    own = _ID_AT_END.search(parts.path.replace("-", "").lower())
    if own and parts.hostname in _OURS:
        return f"/p/{own.group(1)}"
    return parts.geturl()


def safe_image(url: str | None) -> str | None:
    """Give the address of a picture the workspace itself stores, else None.

    Pictures from elsewhere would tell strangers who reads a page.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    stored = parts.path.startswith("/_sandbox/files/")
    return f"{parts.path}?{parts.query}" if stored else None


def safe_back(path: str | None, otherwise: str) -> str:
    """Give a local path to return to after a form was sent."""
    local = path is not None and re.match(r"/(?![/\\])", path)
    return path if path and local else otherwise
