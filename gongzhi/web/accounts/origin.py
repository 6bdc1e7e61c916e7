"""From where a request comes, for counting attempts."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def address_of(request: HttpRequest) -> str:
    """Return the caller's address: what the outermost trusted proxy saw, never what the caller claims."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies and (seen := forwarded[-proxies].strip()):
        return seen
    return str(request.META.get("REMOTE_ADDR") or UNKNOWN)


def counted_address(request: HttpRequest) -> str:
    """Return the address by which attempts are counted; of IPv6 the network, since one line has a whole /64."""
    text = address_of(request)
    try:
        address = ip_address(text)
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped:  # how a server on both kinds writes IPv4
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else text
