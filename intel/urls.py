"""Write an article's address in the one form that all its variants share. Pure.

What is dropped names the reader or the device, never the article.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from intel.words import listed

_TRACKING = re.compile(
    r"^(?:utm_.*|u?tm_?(?:source|medium|campaign)|fb_.*|fbclid|gclid|gclsrc|dclid"
    r"|gbraid"
    r"|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|mkt_tok|_hs\w*|hs\w+tracking"
    r"|__s|s_cid"
    r"|cmp(?:id)?|icid|ncid|ocid|cid|at_.*|ns_.*|wt_.*|wtmc|pk_.*|piwik_.*|mtm_.*"
    r"|ref|ref_?src|ref_?url|referr?er|source|src|from|via|share|shared|sharetype"
    r"|smid|smtyp"
    r"|sr_share|spm|trk\w*|track(?:ing)?\w*|campaign\w*|partner(?:id)?|xtor|echobox"
    r"|vero_\w+"
    r"|oly_\w+|guccounter|guce_\w+|amp|amp_.*|outputtype|mobile|view_?type|print"
    r"|printable"
    r"|nlid|newsletter\w*|rss|feed\w*|mod|taid|_ga|_gl|sfnsn|wprov|redirected|tpcc"
    r"|embed)$"
)
_HOST_PREFIX = listed("www www2 www3 m mobile amp touch wap lite")
_AMP_CACHE = re.compile(r"^/[a-z]/(?:s/)?([^/]+\.[a-z]{2,})(/.*)?$")
_AMP_VIEWER = re.compile(r"^/amp/(?:s/)?([^/]+\.[a-z]{2,})(/.*)?$")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"/amp(?:\.html?)?$|[.-]amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_PRINT_PATH = re.compile(r"/(?:print|drucken|druckversion)/?$", re.IGNORECASE)
_SAFE = "/:@!$&'()*+,;=~-._"


def canonical_url(url: str) -> str:
    """Drop tracking, AMP, mobile and print variants; leave what is no http address."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url.strip()
    if inner := _redirected(host, parts.path, parts.query):
        return canonical_url(inner)
    shown = _host(host) + (f":{port}" if port and port not in (80, 443) else "")
    query = _query(parts.query)
    return f"https://{shown}{_path(parts.path)}" + (f"?{query}" if query else "")


def names_an_article(url: str) -> bool:
    """Say whether an address can stand for one article (a bare host cannot)."""
    parts = urlsplit(canonical_url(url))
    return bool(parts.netloc) and (parts.path not in ("", "/") or bool(parts.query))


def _redirected(host: str, path: str, query: str) -> str:
    """Find the address that a cache or redirector carries inside its own."""
    if host.endswith("cdn.ampproject.org") and (found := _AMP_CACHE.match(path)):
        return f"https://{found[1]}{found[2] or '/'}"
    if re.search(r"(?:^|\.)google\.[a-z.]+$", host) and (
        found := _AMP_VIEWER.match(path)
    ):
        return f"https://{found[1]}{found[2] or '/'}"
    if path in ("/url", "/l.php", "/link", "/redirect", "/news/apiclick.aspx"):
        for name, value in parse_qsl(query):
            if name in ("url", "q", "u", "target") and value.startswith("http"):
                return value
    return ""


def _host(host: str) -> str:
    labels = host.casefold().split(".")
    while len(labels) > 2 and labels[0] in _HOST_PREFIX:
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m":
        labels = [labels[0], *labels[2:]]
    return ".".join(labels)


def _path(path: str) -> str:
    plain = re.sub(r"/{2,}", "/", unquote(path, errors="replace"))
    plain = _PRINT_PATH.sub("", _INDEX.sub("/", plain))
    plain = re.sub(r"^/(?:amp|mobile)(?=/.)", "", plain.rstrip("/"))
    plain = _AMP_PATH.sub("", plain).rstrip("/")
    return quote(plain, safe=_SAFE)


def _query(query: str) -> str:
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(name.casefold())
    )
    return urlencode(kept)
