"""The address of whoever asks, which they cannot choose, and their browser in short."""

import pytest
from django.test import RequestFactory

from indicators.accounts.client import address_of, browser_of, network_of

PROXY = "172.16.0.9"


def asked(forwarded=None, peer=PROXY, **headers):
    if forwarded is not None:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, PROXY),
        (0, "1.2.3.4", PROXY),  # forged: there is no proxy to believe
        (1, "10.0.0.7", "10.0.0.7"),
        (1, "1.2.3.4, 10.0.0.7", "10.0.0.7"),  # what stands left of it was sent along
        (2, "10.0.0.7, 172.16.0.8", "10.0.0.7"),
        (2, "1.2.3.4,5.6.7.8, 10.0.0.7, 172.16.0.8", "10.0.0.7"),
        (2, "10.0.0.7", PROXY),  # around one of the proxies
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "nonsense", PROXY),
        (1, "1.2.3.4, nonsense", PROXY),
        (1, "10.0.0.7:51234", "10.0.0.7"),
        (1, "[2001:db8::7]:51234", "2001:db8::7"),
        (1, "::ffff:10.0.0.7", "10.0.0.7"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_the_address_is_what_the_outermost_proxy_wrote(settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies

    assert address_of(asked(forwarded)) == address


@pytest.mark.parametrize("header", ["X_REAL_IP", "FORWARDED", "CLIENT_IP", "X_FORWARDED"])
def test_no_other_header_is_believed(settings, header):
    settings.PROXY_COUNT = 1

    assert address_of(asked("10.0.0.7", **{f"HTTP_{header}": "1.2.3.4"})) == "10.0.0.7"


def test_without_any_address_there_is_one_to_store():
    assert address_of(asked(peer="")) == "0.0.0.0"


def test_one_machine_has_half_an_ipv6_address_to_choose_from():
    assert network_of(asked(peer="2001:db8:1:2:aaaa::1")) == "2001:db8:1:2::"
    assert network_of(asked(peer="10.0.0.7")) == "10.0.0.7"


CHROME = "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198"


@pytest.mark.parametrize(
    ("agent", "short"),
    [
        (f"{CHROME} Safari/537.36", "Chrome 86 · Windows"),
        (f"{CHROME} Safari/537.36 QIHU 360EE", "360 · Windows"),
        (f"{CHROME} Safari/537.36 QaxBrowser", "奇安信 · Windows"),
        (f"{CHROME} Safari/537.36 Edg/86.0.622.69", "Edge 86 · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko Firefox/115.0", "Firefox 115 · Linux"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "IE 11 · Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 500, "x" * 60),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_short(agent, short):
    assert browser_of(asked(HTTP_USER_AGENT=agent)) == short
