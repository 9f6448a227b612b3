"""Which addresses may be asked: URLs as they are written, and IPs as they resolve.

Pure.
"""

import ipaddress
import re
from collections.abc import Sequence

import httpx

from sync.web.errors import BadAddress, NotAllowed, PrivateAddress
from sync.web.settings import Network, WebSettings, private_entry

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMERIC = re.compile(r"0x[0-9a-f]*|[0-9]+")
_HOST = re.compile(r"[a-z0-9_.-]+")
_DEFAULT_PORT = {"http": 80, "https": 443}
# Cloud metadata services that Python takes for public.
_METADATA = frozenset(
    map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192", "100.100.100.200"))
)
# 6to4, its relays, Teredo, and local NAT64 (RFC 8215) lead on to who knows where.
_RELAYS = tuple(
    map(
        ipaddress.ip_network,
        ("192.88.99.0/24", "2002::/16", "2001::/32", "64:ff9b:1::/48"),
    )
)
# Registered for protocols and documentation later than Python 3.11 knows of.
_PROTOCOLS = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "3fff::/20")))
_ALLOCATED = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is in public use
# NAT64 (RFC 6052) and the old IPv4-compatible form hide an IPv4 address.
_HIDING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96")))


class Rules:
    """What the settings let us ask."""

    def __init__(self, settings: WebSettings) -> None:
        self._ports = frozenset(settings.ports)
        self._domains = tuple(d.lower().strip(".") for d in settings.allow_domains)
        entries = [private_entry(entry) for entry in settings.allow_private]
        self._hosts = frozenset(e for e in entries if isinstance(e, tuple))
        self._networks = tuple(e for e in entries if not isinstance(e, tuple))

    def check_url(self, url: str) -> httpx.URL:
        """Read a URL; raises BadAddress or NotAllowed where it may not be asked."""
        parsed = _parse(url)
        host, port = host_of(parsed), port_of(parsed)
        if not self._port_allowed(host, port):
            raise BadAddress(url, f"port {port} is not in sync.web.ports")
        if self._domains and not self._domain_allowed(host):
            raise NotAllowed(url, host)
        return parsed

    def check_addresses(self, url: httpx.URL, addresses: Sequence[str]) -> None:
        """Raise PrivateAddress if any address of a URL's host may not be asked."""
        host, port = host_of(url), port_of(url)
        for address in addresses:
            why = why_private(address)
            if why and not self._private_allowed(host, port, address):
                raise PrivateAddress(str(url), address, why)

    def _port_allowed(self, host: str, port: int) -> bool:
        return port in self._ports or self._private_allowed(host, port, host)

    def _private_allowed(self, host: str, port: int, address: str) -> bool:
        if (host, port) in self._hosts:
            return True
        ip = _ip(address)
        return ip is not None and _within(ip, self._networks)

    def _domain_allowed(self, host: str) -> bool:
        return any(host == d or host.endswith(f".{d}") for d in self._domains)


def host_of(url: httpx.URL) -> str:
    """The host as it is asked: ASCII, lower case, without a final dot."""
    return url.raw_host.decode("ascii").lower().strip("[]").rstrip(".")


def port_of(url: httpx.URL) -> int:
    """The port, the scheme's own where none is written."""
    return url.port or _DEFAULT_PORT[url.scheme]


def why_private(address: str) -> str:
    """Say in a few words why an IP address is not public; "" where it is."""
    ip = _ip(address)
    if ip is None:
        return "no IP address"
    hidden = _hidden(ip)
    if hidden is not None:
        return why_private(str(hidden))
    for word, is_so in _judgements(ip):
        if is_so:
            return word
    return "" if ip.is_global else "not public"


def _judgements(ip: IP) -> Sequence[tuple[str, bool]]:
    site = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    unallocated = isinstance(ip, ipaddress.IPv6Address) and ip not in _ALLOCATED
    return (
        ("unspecified", ip.is_unspecified),
        ("loopback", ip.is_loopback),
        ("link-local or a metadata service", ip.is_link_local or ip in _METADATA),
        ("multicast", ip.is_multicast),
        ("a relay to other networks", _within(ip, _RELAYS)),
        ("for protocols", _within(ip, _PROTOCOLS)),
        ("private", ip.is_private or site),
        ("reserved", ip.is_reserved or unallocated),
    )


def _within(ip: IP, networks: Sequence[Network]) -> bool:
    return any(ip.version == net.version and ip in net for net in networks)


def _hidden(ip: IP) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one, if it is of such a kind."""
    if not isinstance(ip, ipaddress.IPv6Address) or int(ip) <= 1:
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if any(ip in network for network in _HIDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _ip(address: str) -> IP | None:
    try:
        return ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return None


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress(url, f"it is no URL ({error})") from error
    if parsed.scheme not in _DEFAULT_PORT:
        raise BadAddress(url, f"its scheme is {parsed.scheme or 'missing'}")
    if parsed.userinfo:
        raise BadAddress(url, "it carries a user name or password")
    _check_host(url, parsed.raw_host.decode("ascii").lower().strip("[]"))
    return parsed.copy_with(fragment=None)


def _check_host(url: str, host: str) -> None:
    if not host:
        raise BadAddress(url, "it names no host")
    if ":" in host:
        if _ip(host) is None:
            raise BadAddress(url, f"{host} is no IPv6 address")
        return
    if not _HOST.fullmatch(host):
        raise BadAddress(url, f"{host} is no host name")
    last = host.rstrip(".").rsplit(".", 1)[-1]
    if _NUMERIC.fullmatch(last) and _ip(host) is None:
        raise BadAddress(url, f"{host} is an IP address in a misleading spelling")
