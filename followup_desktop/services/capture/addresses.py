"""Addresses of postings: the form in which two of them are the same.

A parameter is left out only where it can't be what tells two postings apart: by its name, on a board that is
known for it, or beside something else that names the posting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[^/?#:]+\.[^/?#:]+:\d+(?:[/?#]|$)")
_DOTS = str.maketrans("。．｡", "...")
"""What a browser takes for a dot in a host (IDNA)."""

_TRACKING = frozenset(
    {
        "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gclid", "gh_src", "igshid", "jsessionid",
        "lever-origin", "lever-source", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid",
        "originalsubdomain", "phpsessid", "recommended_flavor", "referer", "referrer", "trackingid", "trk",
        "trkinfo", "ttclid", "twclid", "wbraid", "yclid",
    }
)  # fmt: skip
"""Parameters that only track, wherever they are."""
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_")
_DOUBTFUL = frozenset(
    {
        "campaign",
        "channel",
        "from",
        "medium",
        "origin",
        "pagenum",
        "position",
        "ref",
        "refid",
        "source",
        "src",
    }
)
"""Parameters that track on one site, and on another are the number of the posting."""
_NAMING = frozenset(
    {
        "ashby_jid", "gh_jid", "id", "jid", "jk", "job", "job_id", "jobid", "joblistingid", "jobreqid",
        "oferta", "offer", "offerid", "posting", "postingid", "req", "reqid", "requisition", "requisitionid",
        "stelle", "vacancy", "vacancyid", "vjk",
    }
)  # fmt: skip
"""Parameters by whose names one knows that a number in their value is the posting's."""
_WITH_SITE = frozenset({"gh_jid", "ashby_jid"})
"""Those of them that boards give the pages of their customers; nothing else there matters."""
_PLACES = frozenset({"apply", "application", "content", "main", "top"})
"""Places in a page that are no posting's."""

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"\d+[-_].*|.*[-_]\d{5,}", re.DOTALL)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


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
    has_host = parts.scheme in _PORTS and "." in host_of(parts).strip(".")
    return parts if has_host else None


def host_of(parts: SplitResult) -> str:
    """The host in small letters, without ``www.``, in the letters of its language."""
    host = (parts.hostname or "").translate(_DOTS).rstrip(".").removeprefix("www.")
    return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    """A part of a host as its owner writes it, also where it came in the letters that the network knows."""
    if label.startswith("xn--"):
        try:
            label = label.removeprefix("xn--").encode("ascii").decode("punycode")
        except UnicodeError:
            return label
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())


def posting_key(text: str) -> str:
    """The address of a posting as it is compared, or an empty text for what is no web address.

    Scheme, ``www.``, a trailing slash, the way to the form for applying, the order of parameters and those
    that only track are left out; the addresses that a known board has for one posting are one.
    """
    parts = split_address(text.replace("&amp;", "&"))
    if parts is None:
        return ""
    host = host_of(parts)
    path = [_segment(each) for each in parts.path.split("/") if each not in {"", "."}]
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    if known := _on_board(host, path, {name.lower(): value for name, value in query}):
        return known
    if len(path) > 1 and path[-1].lower() in {"apply", "application"} and _names_posting(path[-2]):
        path.pop()
    is_named = (bool(path) and _names_posting(path[-1])) or any(
        name.lower() in _NAMING and _DIGITS.search(value) for name, value in query
    )
    if is_named:
        query = [(name, value) for name, value in query if name.lower() not in _DOUBTFUL]
    port = f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    parameters = f"?{urlencode(sorted(set(query)), errors='replace')}" if query else ""
    return "/".join([f"{host}{port}", *path]) + parameters + _fragment(parts.fragment, is_named)


def _segment(text: str) -> str:
    """A part of the path however its letters were written, without a session's number."""
    plain = unicodedata.normalize("NFC", unquote(text, errors="replace"))
    bare = re.sub(r";jsessionid=[^;]*", "", plain, flags=re.IGNORECASE)
    return bare.replace("%", "%25").replace("/", "%2F").replace("?", "%3F").replace("#", "%23")


def _fragment(fragment: str, is_named: bool) -> str:
    """What stands behind the sign, where it may be the posting: a page's way to it, or ``job-12``."""
    bare = fragment.partition(":~:")[0].rstrip("/")
    is_way = bare.startswith(("/", "!"))
    if not bare or bare.lower() in _PLACES or (is_named and not is_way):
        return ""
    return f"#{bare}"


def _names_posting(segment: str) -> bool:
    """Whether a part of a path is a posting's number, alone or with words; a year is none."""
    bare = _FILE_ENDING.sub("", segment)
    if _YEAR.fullmatch(bare):
        return False
    return any(pattern.fullmatch(bare) for pattern in (_DIGITS, _UUID, _NUMBERED))


# Boards that show one posting at several addresses: what of host, path and parameters is its own.

_Words = Mapping[str, str]


def _on_board(host: str, path: Sequence[str], query: _Words) -> str:
    """The posting's address on a known board, or an empty text."""
    for pattern, address in _BOARDS:
        # A board's names and numbers are the same in small letters and capitals.
        found = pattern.fullmatch("/".join((host, *path)).lower())
        if found is None:
            continue
        words = {name: value.lower() for name, value in query.items()}
        words |= {name: value for name, value in found.groupdict().items() if value}
        try:
            return address.format_map({name: quote(value) for name, value in words.items()})
        except KeyError:  # a parameter is missing that has to be there
            continue
    for name in _WITH_SITE:
        if value := query.get(name):
            return f"{host}?{name}={value.lower()}"
    return ""


def _board(pattern: str, address: str) -> tuple[re.Pattern[str], str]:
    """Where host and path have a posting, and its one address made of the groups and the parameters."""
    return re.compile(pattern, re.DOTALL), address


_IN = r"(?:[a-z]+\.)?"
_LOCALES = r"(?:[a-z]{2}(?:-[a-z]{2})?/)?"
_REST = r"(?:/.*)?"
_SLUG = r"[^/]+"
_INDEED = r"(?:[a-z]+\.)?indeed\.(?:com|[a-z]{2}|com?\.[a-z]{2})"
_BOARDS = (
    _board(rf"{_IN}linkedin\.com/(?:comm/)?jobs/view/(?:[^/]*-)?(?P<n>\d+){_REST}", "linkedin.com/{n}"),
    _board(rf"{_IN}linkedin\.com/jobs-guest/jobs/api/jobposting/(?P<n>\d+)", "linkedin.com/{n}"),
    _board(rf"{_IN}linkedin\.com{_REST}", "linkedin.com/{currentjobid}"),
    _board(rf"{_INDEED}{_REST}", "indeed.com/{jk}"),
    _board(rf"{_INDEED}{_REST}", "indeed.com/{vjk}"),
    _board(rf"{_INDEED}/job/(?:[^/]*-)?(?P<n>[0-9a-f]{{16}})", "indeed.com/{n}"),
    _board(
        rf"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<who>{_SLUG})/jobs/(?P<n>\d+){_REST}",
        "greenhouse.io/{who}/{n}",
    ),
    _board(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/embed/job_app", "greenhouse.io/{for}/{token}"),
    _board(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<who>[^/]+)", "greenhouse.io/{who}/{gh_jid}"),
    _board(rf"jobs(?:\.eu)?\.lever\.co/(?P<who>{_SLUG})/(?P<n>{_SLUG}){_REST}", "lever.co/{who}/{n}"),
    _board(rf"jobs\.ashbyhq\.com/(?P<who>{_SLUG})/(?P<n>{_UUID.pattern}){_REST}", "ashbyhq.com/{who}/{n}"),
    _board(
        rf"(?P<who>[^/.]+)\.(?P<pod>wd\d+)\.myworkdayjobs\.com/{_LOCALES}(?P<site>{_SLUG})/"
        rf"(?:job|details)/(?:[^/]+/)?(?:[^/]*_)?(?P<n>[a-z]*-?\d[^/_]*)(?:/apply{_REST})?",
        "{who}.{pod}.myworkdayjobs.com/{site}/{n}",
    ),
    _board(rf"apply\.workable\.com/(?:{_SLUG}/)?j/(?P<n>[0-9a-f]+){_REST}", "workable.com/{n}"),
    _board(rf"(?P<who>[^/.]+)\.workable\.com/j/(?P<n>[0-9a-f]+){_REST}", "workable.com/{n}"),
    _board(
        rf"(?:jobs|careers)\.smartrecruiters\.com/(?P<who>{_SLUG})/(?P<n>\d+)(?:-[^/]*)?{_REST}",
        "smartrecruiters.com/{who}/{n}",
    ),
    _board(rf"(?P<who>[^/.]+)\.recruitee\.com/{_LOCALES}o/(?P<n>{_SLUG}){_REST}", "{who}.recruitee.com/{n}"),
    _board(
        rf"(?P<who>[^/.]+)\.teamtailor\.com/{_LOCALES}jobs/(?P<n>\d+)(?:-[^/]*)?{_REST}",
        "{who}.teamtailor.com/{n}",
    ),
    _board(
        rf"(?P<who>[^/.]+)\.jobs\.personio\.(?:de|com|es)/job/(?P<n>\d+){_REST}", "{who}.personio.com/{n}"
    ),
    _board(r"(?P<who>[^/.]+)\.breezy\.hr/p/(?P<n>[0-9a-f]+)(?:-[^/]*)?(?:/apply)?", "{who}.breezy.hr/{n}"),
    _board(rf"(?P<who>[^/.]+)\.bamboohr\.com/(?:careers|jobs)/(?P<n>\d+){_REST}", "{who}.bamboohr.com/{n}"),
    _board(rf"(?P<who>[^/.]+)\.icims\.com/jobs/(?P<n>\d+){_REST}", "{who}.icims.com/{n}"),
    _board(
        rf"jobs\.jobvite\.com/{_LOCALES}(?P<who>{_SLUG})/job/(?P<n>{_SLUG}){_REST}", "jobvite.com/{who}/{n}"
    ),
    _board(
        rf"welcometothejungle\.com/{_LOCALES}companies/(?P<who>{_SLUG})/jobs/(?P<n>{_SLUG})",
        "welcometothejungle.com/{who}/{n}",
    ),
    _board(rf"{_IN}glassdoor\.[a-z.]+{_REST}", "glassdoor.com/{joblistingid}"),
    _board(rf"{_IN}glassdoor\.[a-z.]+{_REST}", "glassdoor.com/{jl}"),
)
