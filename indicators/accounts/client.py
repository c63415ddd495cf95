"""From where, and with which browser, somebody asks."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # such as behind a socket that tells no address
# The first that is found counts: each of these browsers also calls itself what stands below it.
BROWSERS = (
    ("360", r"\b(?:360SE|360EE|QIHU)"),
    ("奇安信", r"\bQaxBrowser\b/?(\d*)"),
    ("WeChat", r"\bMicroMessenger/(\d+)"),
    ("UOS", r"\bUOSBrowser\b/?(\d*)"),
    ("Edge", r"\bEdgA?/(\d+)"),
    ("Firefox", r"\bFirefox/(\d+)"),
    ("Chrome", r"Chrome/(\d+)"),
    ("Safari", r"\bVersion/(\d+)[\d.]* (?:Mobile/\S+ )?Safari"),
    ("IE", r"\b(?:MSIE |Trident/.*rv:)(\d+)"),
)
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks, which they cannot choose.

    `X-Forwarded-For` is written by anybody; each proxy adds at its right whom it heard from. Behind
    n proxies of ours the n-th from the right was written by the outermost one: what stands left of
    it is hearsay. Without proxies the header says nothing. Decided against python-ipware, which
    reads from the left by default and takes other headers too: this is all that is wanted.
    """
    heard: str = request.META.get("REMOTE_ADDR") or ""
    count: int = settings.PROXY_COUNT
    if count:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(told) >= count:
            heard = told[-count].strip()
    return _read(heard) or _read(request.META.get("REMOTE_ADDR") or "") or UNKNOWN


def network_of(request: HttpRequest) -> str:
    """What locks and counts go by: of IPv6 the first half, as one machine has the whole other."""
    address = address_of(request)
    if ip_address(address).version == 4:
        return address
    return str(ip_network((address, 64), strict=False).network_address)


def browser_of(request: HttpRequest) -> str:
    """Its name, version and system, in short.

    >>> request = HttpRequest()
    >>> request.META["HTTP_USER_AGENT"] = (
    ...     "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    ...     "Chrome/90.0.4430.212 Safari/537.36"
    ... )
    >>> browser_of(request)
    'Chrome 90 · Windows'
    """
    agent: str = request.META.get("HTTP_USER_AGENT") or ""
    found = (
        (name, match) for name, pattern in BROWSERS if (match := re.search(pattern, agent[:500]))
    )
    name, match = next(found, ("", None))
    version = match[1] if match and match.lastindex else ""
    system = next((one for one in SYSTEMS if one in agent), "")
    short = " · ".join(part for part in (f"{name} {version or ''}".strip(), system) if part)
    return short or "".join(sign for sign in agent if sign.isprintable())[:60]


def _read(text: str) -> str:
    """The address as it is stored; empty where it is none. A port after it is let go."""
    bare = re.sub(r"^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$", r"\1\2", text)
    try:
        address = ip_address(bare)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    # Without a zone (fe80::1%eth0), which no database takes.
    return str(mapped or address).split("%")[0]
