"""Addresses of postings: the form in which two of them are the same."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_TRACKING = frozenset(
    {
        "_hsenc", "_hsmi", "campaign", "dclid", "fbclid", "from", "gclid", "gh_src", "igshid", "lever-origin",
        "lever-source", "mc_cid", "mc_eid", "msclkid", "origin", "originalsubdomain", "position", "pagenum",
        "recommended_flavor", "ref", "referer", "referrer", "refid", "source", "src", "trackingid", "trk",
        "trkinfo", "twclid", "yclid",
    }
)  # fmt: skip
_TRACKING_PREFIX = "utm_"
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[^/?#:]+\.[^/?#:]+:\d+(?:[/?#]|$)")

# Boards that show one posting at several addresses, each with the posting's number in it.
_LINKEDIN_PATH = re.compile(r"/jobs/view/(?:.*-)?(\d+)$")


def split_address(text: str) -> SplitResult | None:
    """The parts of a web address, which may lack its scheme; ``None`` for any other text."""
    address = text.strip()
    if not address or any(character.isspace() for character in address):
        return None
    if not _SCHEME.match(address) or _HOST_AND_PORT.match(address):
        address = f"https://{address.removeprefix('//')}"
    try:
        parts = urlsplit(address)
        _ = parts.port  # read here, as reading it is what finds a wrong one
    except ValueError:
        return None
    has_host = parts.scheme in _PORTS and "." in (parts.hostname or "").strip(".")
    return parts if has_host else None


def host_of(parts: SplitResult) -> str:
    """The host in small letters, without ``www.``."""
    return (parts.hostname or "").rstrip(".").removeprefix("www.")


def posting_key(text: str) -> str:
    """The address of a posting as it is compared, or an empty text for what is no web address.

    Scheme, ``www.``, a trailing slash, the order of parameters and those that only track are left out.
    """
    parts = split_address(text)
    if parts is None:
        return ""
    host = host_of(parts)
    query = {
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _is_tracking(name)
    }
    if known := _posting_of_board(host, parts.path.rstrip("/"), dict(query)):
        return known
    port = f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    path = unquote(parts.path, errors="replace").rstrip("/")
    # Some boards keep the posting behind the sign; a mere place in the page does not begin so.
    fragment = f"#{parts.fragment.rstrip('/')}" if parts.fragment.startswith(("/", "!")) else ""
    parameters = f"?{urlencode(sorted(query), errors='replace')}" if query else ""
    return f"{host}{port}{path}{parameters}{fragment}"


def _posting_of_board(host: str, path: str, query: dict[str, str]) -> str:
    if host == "linkedin.com" or host.endswith(".linkedin.com"):
        found = _LINKEDIN_PATH.search(path)
        number = found[1] if found else query.get("currentJobId", "")
        return f"linkedin.com/jobs/view/{number}" if number else ""
    if host.startswith("indeed.") or ".indeed." in host:
        number = query.get("jk") or query.get("vjk") or ""
        return f"indeed.com/viewjob?jk={number}" if number else ""
    return ""


def _is_tracking(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(_TRACKING_PREFIX) or lowered in _TRACKING
