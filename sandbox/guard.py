"""Keeps strange web pages away: a browser may be talked into reaching this machine."""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.refusals import Refused

LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def guard(bound_to: str) -> Middleware:
    """Return a middleware that refuses foreign Host headers and foreign origins.

    A page of another site whose name was pointed at this machine (DNS rebinding) sends its own
    name as Host; a form of another site sends its own Origin; a picture or a script that it
    embeds is marked cross-site. The Bot API is guarded too: the usual token is no secret.
    """
    remote = not is_loopback(bound_to)

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not remote and _name(request.host) not in LOCAL_NAMES:
            return _refusal("Forbidden: unexpected Host header")
        origin = request.headers.get("Origin")
        if (origin is not None and _place(origin) != request.host) or _is_embedded(request):
            return _refusal("Forbidden: request from another site")
        return await handler(request)

    return check


def _name(host: str) -> str:
    """Return the name without the port; an IPv6 address without brackets."""
    return urlsplit(f"//{host}").hostname or ""


def _is_embedded(request: web.Request) -> bool:
    """Tell whether another site's page fetches this; following a link to our page is no fetch."""
    if request.headers.get("Sec-Fetch-Site") not in {"cross-site", "same-site"}:
        return False
    return request.path != "/" or request.headers.get("Sec-Fetch-Mode") != "navigate"


def _place(origin: str) -> str:
    return urlsplit(origin).netloc


def _refusal(reason: str) -> web.Response:
    return web.json_response(Refused(403, reason).form(), status=403)
