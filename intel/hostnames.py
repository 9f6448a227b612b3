"""Read the registrable domain out of what people and pages write. Pure."""

import re
import unicodedata

import idna
import tldextract

from intel.words import listed

# The list of public suffixes bundled with tldextract: nothing is fetched or cached.
# RFC 2606 keeps .example and .test free for samples, which is what ours use.
_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, extra_suffixes=("example", "test")
)

_BLANKS = {
    "", "-", "--", "?", "n/a", "na", "n.a.", "n.a", "none", "null", "nil", "tbd", "tba",
    "unknown", "keine", "unbekannt", "k.a.", "x", "todo", "no website", "no domain",
}  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_MARKDOWN_LINK = re.compile(r"^\[[^\]]*\]\(([^)\s]+)\)$")
_SCHEME = re.compile(r"^(?:https?|ftp):?/{1,3}", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"^([a-z][a-z+.-]*):(?!\d)", re.IGNORECASE)
_IP = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-f]*(?::[0-9a-f.]*){2,}\]?)$")
_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
_ANY_DOT = str.maketrans(dict.fromkeys("。．｡․", "."))


class NotADomain(ValueError):
    """A text that a person put where a domain belongs names none."""

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= 80 else text[:79] + "…"
        super().__init__(
            f"{shown!r} is not a domain: {reason}. Write it like example.com."
        )
        self.text = text
        self.reason = reason


def parse_domain(text: str) -> str:
    """Read the registrable domain out of what a person typed, in ASCII (punycode).

    URLs, e-mail addresses, ports, paths, trailing dots and IDNs are understood. A
    customer's space at a host (name.github.io) stays whole, by the private part of
    the public suffix list. Raises NotADomain.
    """
    host = _ascii_host(_host_of(text), text)
    return _registrable(host, text)


def _host_of(text: str) -> str:
    """Cut the host name out of a URL, an address or a bare domain."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip().lower()
    plain = plain.translate(_ANY_DOT).strip("<>\"'“”„‘’`,;")
    if plain in _BLANKS:
        raise NotADomain(text, "it says that there is none")
    link = _MARKDOWN_LINK.match(plain)
    plain = (link[1] if link else plain).removeprefix("mailto:").removeprefix("//")
    if re.search(r"[\s,;|]", plain.strip()):
        raise NotADomain(text, "it holds more than one word")
    scheme = _OTHER_SCHEME.match(plain)
    if scheme and not _SCHEME.match(plain) and "." not in scheme[1]:
        raise NotADomain(text, f"{scheme[1]}: is no web address")
    host = re.split(r"[/?#\\]", _SCHEME.sub("", plain), maxsplit=1)[0]
    return host.rsplit("@", maxsplit=1)[-1]


def _ascii_host(host: str, text: str) -> str:
    """Bring a host name into its ASCII form, without port and trailing dot."""
    bare = host if host.count(":") > 1 else re.sub(r":\d*$", "", host)
    bare = bare[:-1] if bare.endswith(".") else bare
    if _IP.match(bare):
        raise NotADomain(text, "it is an IP address")
    if "." not in bare:
        raise NotADomain(text, "it has no dot")
    if "" in bare.split("."):
        raise NotADomain(text, "a part of it is empty")
    try:
        encoded = idna.encode(bare, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError as exc:
        raise NotADomain(text, "its letters cannot stand in a domain") from exc
    if not all(_LABEL.match(label) for label in encoded.split(".")):
        raise NotADomain(text, "it has a sign that may not stand there")
    return encoded


def _registrable(host: str, text: str) -> str:
    """Keep one label before the public suffix."""
    for private in (True, False):
        found = _SUFFIXES(host, include_psl_private_domains=private)
        if not found.suffix:
            raise NotADomain(text, f"there is no top-level domain {_last(host)!r}")
        if found.domain:
            return f"{found.domain}.{found.suffix}"
    raise NotADomain(text, f"{host} is a suffix under which others register")


def _last(host: str) -> str:
    return "." + host.rsplit(".", maxsplit=1)[-1]


# Private suffixes whose names are sold to anyone, like those of a country.
_SOLD = listed(
    """uk.com us.com eu.com gb.net uk.net de.com com.de br.com jpn.com za.com co.com
    us.org cn.com in.net sa.com se.net se.com"""
)


def is_hosted(domain: str) -> bool:
    """Say whether a domain is a customer's space at a host: name.github.io."""
    found = _SUFFIXES(domain, include_psl_private_domains=True)
    return found.is_private and bool(found.domain) and found.suffix not in _SOLD
