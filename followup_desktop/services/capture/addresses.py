"""Addresses of postings: the form in which two of them are the same.

A board that is known has its own pattern of addresses: what it names is the posting, and nothing else counts.
Everywhere else all of an address counts but what only tracks wherever it is. There a ``ref``, ``source`` or
``position`` may be the number of the posting, whatever else looks like one: "2024-graduate", "24-7-jobs" and
"jobs-28001" (a post code) are pages with many postings. Two postings taken for one cost the user an
application, one taken for two only a hint, so in doubt they are two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[^/?#:]+\.[^/?#:]+:\d+(?:[/?#]|$)")
_INTRANET = re.compile(r"https?://(?:[\w-]+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_DOTS = str.maketrans("。．｡", "...")
"""What a browser takes for a dot in a host (IDNA)."""

_TRACKING = frozenset(
    {
        "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "gh_src", "igshid",
        "jsessionid", "lever-origin", "lever-source", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid",
        "originalsubdomain", "phpsessid", "pk_campaign", "pk_cid", "pk_content", "pk_keyword", "pk_kwd",
        "pk_medium", "pk_source", "recommended_flavor", "referer", "referrer", "trackingid", "trk", "trkinfo",
        "ttclid", "twclid", "wbraid", "yclid",
    }
)  # fmt: skip
"""Parameters that only track, wherever they are."""
_TRACKING_PREFIXES = ("utm_", "mtm_")
_WITH_SITE = ("gh_jid", "ashby_jid")
"""Parameters that boards give the pages of their customers: there they alone name the posting."""
_PLACES = frozenset({"apply", "application", "content", "main", "top"})
"""Places in a page that are no posting's."""

_FORMS = ("/apply", "/application")
"""The end of the way to the form for applying."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


_PLAIN = re.compile(
    r"https?://(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<path>(?:/[A-Za-z0-9_~.-]+)*)/?"
)
"""As most addresses are: what is all in small letters, with no port, parameters or place in the page."""


def _plain(text: str) -> re.Match[str] | None:
    """The parts of a plain address: found in a tenth of the time that taking any address apart takes."""
    return _PLAIN.fullmatch(text) if "xn--" not in text else None


def is_web_address(text: str) -> bool:
    """Whether the text is a web address, which may lack its scheme."""
    return _plain(text) is not None or split_address(text) is not None


def split_address(text: str) -> SplitResult | None:
    """The parts of a web address, which may lack its scheme; ``None`` for any other text."""
    address = text.strip()
    if len(address.split(maxsplit=1)) != 1:
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


def web_address(text: str) -> str | None:
    """The address as a browser opens it, with its scheme; ``None`` for any other text.

    With its scheme it may also be one of an intranet, which has no dot in its host.
    """
    parts = split_address(text)
    if parts is not None:
        return parts.geturl()
    return text.strip() if _INTRANET.fullmatch(text.strip()) else None


def host_of(parts: SplitResult) -> str:
    """The host in small letters, without ``www.``, in the letters of its language."""
    host = parts.hostname or ""
    if host.isascii() and "xn--" not in host:  # most are, and many times as fast
        return host.rstrip(".").removeprefix("www.")
    host = host.translate(_DOTS).rstrip(".").removeprefix("www.")
    return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    """A part of a host as its owner writes it, also where it came in the letters that the network knows."""
    if label.startswith("xn--"):
        try:
            label = label.removeprefix("xn--").encode("ascii").decode("punycode")
        except UnicodeError:
            return label
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())


@lru_cache(maxsize=4096)
def posting_key(text: str) -> str:
    """The address of a posting as it is compared, or an empty text for what is no web address.

    Scheme, ``www.``, a trailing slash, the way to the form for applying, the order of parameters and those
    that only track are left out; the addresses that a known board has for one posting are one.
    """
    if (plain := _plain(text)) is not None:
        host, path = plain.groups()
        if "/." in path or path.lower().endswith(_FORMS) or _boards_of(host):
            return _key_of(host, path)
        return f"{host}{path}"  # as most are: taken apart and put together, it took four times as long
    parts = split_address(text.replace("&amp;", "&"))
    if parts is None:
        return ""
    query = [
        (name, value)
        for name, value in (parse_qsl(parts.query, keep_blank_values=True) if parts.query else ())
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    port = f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    return _key_of(host_of(parts), parts.path, query, port, _fragment(parts.fragment))


def _key_of(
    host: str, path: str, query: Sequence[tuple[str, str]] = (), port: str = "", fragment: str = ""
) -> str:
    segments = [_segment(each) for each in _parts_of(path)]
    if known := _on_board(host, segments, {name.lower(): value for name, value in query if value}):
        return known
    if len(segments) > 1 and f"/{segments[-1].lower()}" in _FORMS and _has_number(segments[-2]):
        segments.pop()
    parameters = f"?{urlencode(sorted(set(query)), errors='replace')}" if query else ""
    return "/".join([f"{host}{port}", *segments]) + parameters + fragment


def board_posting(text: str) -> str:
    """The address of a posting on a board that is known, as it is compared, or an empty text."""
    parts = split_address(text.replace("&amp;", "&"))
    if parts is None:
        return ""
    query = {name.lower(): value for name, value in parse_qsl(parts.query)}
    return _on_board(host_of(parts), [_segment(each) for each in _parts_of(parts.path)], query)


def _parts_of(path: str) -> list[str]:
    return [each for each in path.split("/") if each not in {"", "."}]


def _segment(text: str) -> str:
    """A part of the path however its letters were written, without a session's number."""
    if text.isascii() and "%" not in text and ";" not in text:
        return text
    plain = unicodedata.normalize("NFC", unquote(text, errors="replace"))
    bare = re.sub(r";jsessionid=[^;]*", "", plain, flags=re.IGNORECASE)
    return bare.replace("%", "%25").replace("/", "%2F").replace("?", "%3F").replace("#", "%23")


def _fragment(fragment: str) -> str:
    """What stands behind the sign, where it may be the posting: a page's way to it, or ``job-12``."""
    bare = fragment.partition(":~:")[0].rstrip("/")
    return f"#{bare}" if bare and bare.lower() not in _PLACES else ""


def _has_number(segment: str) -> bool:
    """Whether a part of a path may be a posting, and ``apply`` behind it its form; a year alone is none."""
    return _DIGIT.search(segment) is not None and _YEAR.fullmatch(segment) is None


# Boards that show one posting at several addresses: what of host, path and parameters is its own.

_Words = Mapping[str, str]


def _on_board(host: str, path: Sequence[str], query: _Words) -> str:
    """The posting's address on a known board, or an empty text."""
    for pattern, key in _boards_of(host):
        found = pattern.fullmatch("/".join((host, *path)))
        if found is None:
            continue
        words = {**query, **{name: value for name, value in found.groupdict().items() if value}}
        try:
            return key.format_map({name: _word(name, value) for name, value in words.items()})
        except KeyError:  # a parameter is missing that has to be there
            continue
    for name in _WITH_SITE:
        if value := query.get(name):
            return f"{host}?{name}={_word(name, value)}"
    return ""


def _word(name: str, value: str) -> str:
    """A name or number of a board, mostly the same in small letters and capitals; a ``code`` is not."""
    word = value if name == "code" else value.lower()
    return word if word.isascii() and word.isalnum() else quote(word)


@lru_cache(maxsize=1024)
def _boards_of(host: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """The patterns of the boards whose name is in the host: most hosts are of none."""
    return [(_pattern_of(pattern), key) for name, pattern, key in _named_boards() if name in host]


@cache
def _named_boards() -> Sequence[tuple[str, str, str]]:
    """The boards by the name in their hosts."""
    return [(max(_NAME_OF_HOST.findall(pattern), key=len), pattern, key) for pattern, key in _BOARDS]


@cache
def _pattern_of(board: str) -> re.Pattern[str]:
    """The pattern of a board that is met: to compile all of them took 8 ms of a first import."""
    return re.compile(board, re.DOTALL | re.IGNORECASE)


_NAME_OF_HOST = re.compile(r"([a-z]{4,})\\\.")
"""A word before a dot in a pattern; that of the host is the longest."""


def _board(pattern: str, key: str) -> tuple[str, str]:
    """Where host and path have a posting, and its one address made of the groups and the parameters."""
    return pattern, key


_IN = r"(?:[a-z]+\.)?"
_LOCALE = r"(?:[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?/)?"
"""A language before the rest of the path: ``en``, ``en-GB``, ``pt_BR``, ``zh-Hans-CN``, ``es-419``."""
_REST = r"(?:/.*)?"
_SLUG = r"[^/]+"
_TITLE = r"(?:[^/]*-)?"
"""Words before a number, with hyphens between them."""
_WORKDAY_JOB = rf"(?P<site>{_SLUG})/(?:job|details)/(?:{_SLUG}/)?[^/_]*_(?P<n>[^/]*\d[^/]*)(?:/apply{_REST})?"
_INDEED = r"(?:[a-z]+\.)?indeed\.(?:com|[a-z]{2}|com?\.[a-z]{2})"
_BOARDS = (
    _board(rf"{_IN}linkedin\.com/(?:comm/|m/)?jobs/view/{_TITLE}(?P<n>\d+){_REST}", "linkedin.com/{n}"),
    _board(rf"{_IN}linkedin\.com/jobs-guest/jobs/api/jobposting/(?P<n>\d+)", "linkedin.com/{n}"),
    _board(rf"{_IN}linkedin\.com{_REST}", "linkedin.com/{currentjobid}"),
    _board(rf"{_INDEED}{_REST}", "indeed.com/{jk}"),
    _board(rf"{_INDEED}{_REST}", "indeed.com/{vjk}"),
    _board(rf"{_INDEED}/(?:cmp/{_SLUG}/jobs|job)/{_TITLE}(?P<n>[0-9a-f]{{16}})", "indeed.com/{n}"),
    _board(
        rf"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<who>{_SLUG})/jobs/(?P<n>\d+){_REST}",
        "greenhouse.io/{who}/{n}",
    ),
    _board(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/embed/job_app", "greenhouse.io/{for}/{token}"),
    _board(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?P<who>[^/]+)", "greenhouse.io/{who}/{gh_jid}"),
    _board(rf"jobs(?:\.eu)?\.lever\.co/(?P<who>{_SLUG})/(?P<n>{_SLUG}){_REST}", "lever.co/{who}/{n}"),
    _board(rf"jobs\.ashbyhq\.com/(?P<who>{_SLUG})/(?P<n>{_UUID.pattern}){_REST}", "ashbyhq.com/{who}/{n}"),
    _board(
        rf"(?P<who>[^/.]+)\.(?P<pod>wd\d+)\.myworkdayjobs\.com/(?:wday/cxs/{_SLUG}/|{_LOCALE}){_WORKDAY_JOB}",
        "{who}.{pod}.myworkdayjobs.com/{site}/{n}",
    ),
    _board(
        rf"(?P<pod>wd\d+)\.myworkdaysite\.com/{_LOCALE}recruiting/(?P<who>{_SLUG})/{_WORKDAY_JOB}",
        "{who}.{pod}.myworkdayjobs.com/{site}/{n}",
    ),
    _board(rf"apply\.workable\.com/(?:{_SLUG}/)?j/(?P<n>[0-9a-f]+){_REST}", "workable.com/{n}"),
    _board(rf"(?P<who>[^/.]+)\.workable\.com/j/(?P<n>[0-9a-f]+){_REST}", "workable.com/{n}"),
    _board(rf"jobs\.workable\.com/view/(?P<code>{_SLUG}){_REST}", "workable.com/view/{code}"),
    _board(
        rf"(?:jobs|careers)\.smartrecruiters\.com/(?P<who>{_SLUG})/(?:job/)?(?P<n>\d+)(?:-[^/]*)?{_REST}",
        "smartrecruiters.com/{who}/{n}",
    ),
    _board(
        rf"jobs\.smartrecruiters\.com/oneclick-ui/company/(?!{_UUID.pattern}/)(?P<who>{_SLUG})/"
        rf"(?:job|posting|publication)/(?P<n>{_SLUG}){_REST}",
        "smartrecruiters.com/{who}/{n}",
    ),
    _board(
        rf"jobs\.smartrecruiters\.com/oneclick-ui/company/{_UUID.pattern}/"
        rf"(?:job|posting|publication)/(?P<n>{_SLUG}){_REST}",
        "smartrecruiters.com/{dcr_ci}/{n}",
    ),
    _board(
        rf"(?P<who>[^/.]+)\.recruitee\.com/(?:l/)?{_LOCALE}o/(?P<n>{_SLUG}){_REST}",
        "{who}.recruitee.com/{n}",
    ),
    _board(
        # Each region counts its own postings.
        rf"(?P<who>[^/.]+(?:\.[a-z]{{2}})?)\.teamtailor\.com/{_LOCALE}jobs/(?P<n>\d+)(?:-[^/]*)?{_REST}",
        "{who}.teamtailor.com/{n}",
    ),
    _board(
        rf"(?P<who>[^/.]+)\.jobs\.personio\.(?:de|com|es)/{_LOCALE}job/(?P<n>\d+){_REST}",
        "{who}.personio.com/{n}",
    ),
    _board(r"(?P<who>[^/.]+)\.breezy\.hr/p/(?P<n>[0-9a-f]+)(?:-[^/]*)?(?:/apply)?", "{who}.breezy.hr/{n}"),
    _board(
        rf"(?P<who>[^/.]+)\.bamboohr\.com/(?:hiring/)?(?:careers|jobs)/(?P<n>\d+){_REST}",
        "{who}.bamboohr.com/{n}",
    ),
    _board(r"(?P<who>[^/.]+)\.bamboohr\.com/jobs/view\.php", "{who}.bamboohr.com/{id}"),
    _board(
        rf"ats\.rippling\.com/{_LOCALE}(?P<who>{_SLUG})/jobs/(?P<n>{_UUID.pattern}){_REST}",
        "rippling.com/{who}/{n}",
    ),
    _board(rf"(?P<who>[^/.]+)\.icims\.com/jobs/(?P<n>\d+){_REST}", "{who}.icims.com/{n}"),
    _board(
        rf"jobs\.jobvite\.com/(?:careers/|{_LOCALE})(?P<who>{_SLUG})/job/(?P<code>{_SLUG}){_REST}",
        "jobvite.com/{who}/{code}",
    ),
    _board(
        rf"(?P<who>[^/.]+)\.pinpointhq\.com/{_LOCALE}(?:postings|jobs)/(?P<n>{_UUID.pattern}){_REST}",
        "{who}.pinpointhq.com/{n}",
    ),
    _board(
        rf"(?P<who>[^/.]+)\.applytojob\.com/apply/(?P<code>{_SLUG}){_REST}",
        "{who}.applytojob.com/{code}",
    ),
    _board(
        rf"(?P<who>[a-z0-9.-]+)\.oraclecloud\.com/hcmUI/CandidateExperience/{_LOCALE}sites/"
        rf"(?P<site>{_SLUG})/(?:job|requisitions/preview)/(?P<n>\d+){_REST}",
        "{who}.oraclecloud.com/{site}/{n}",
    ),
    _board(rf"join\.com/companies/(?P<who>{_SLUG})/(?P<n>\d+)(?:-[^/]*)?{_REST}", "join.com/{who}/{n}"),
    _board(
        rf"welcometothejungle\.com/{_LOCALE}companies/(?P<who>{_SLUG})/jobs/(?P<code>{_SLUG})",
        "welcometothejungle.com/{who}/{code}",
    ),
    _board(rf"{_IN}glassdoor\.[a-z.]+{_REST}", "glassdoor.com/{joblistingid}"),
    _board(rf"{_IN}glassdoor\.[a-z.]+{_REST}", "glassdoor.com/{jl}"),
    _board(
        r"stepstone\.(?P<country>[a-z]{2,3}(?:\.[a-z]{2})?)/[^/]*--(?P<n>\d{5,})-inline\.html",
        "stepstone.{country}/{n}",
    ),
    _board(rf"xing\.com/{_LOCALE}jobs/{_TITLE}(?P<n>\d{{6,}})", "xing.com/{n}"),
    _board(rf"infojobs\.net/(?:.*/)?of-i(?P<n>[0-9a-f]{{8,}}){_REST}", "infojobs.net/{n}"),
    _board(rf"tecnoempleo\.com/(?:.*/)?rf-(?P<n>[0-9a-f]{{8,}}){_REST}", "tecnoempleo.com/{n}"),
    _board(rf"totaljobs\.com/job/.*-job(?P<n>\d{{5,}}){_REST}", "totaljobs.com/{n}"),
    _board(rf"reed\.co\.uk/jobs/{_SLUG}/(?P<n>\d+)", "reed.co.uk/{n}"),
    _board(rf"{_IN}seek\.(?P<country>com\.au|co\.nz)/job/(?P<n>\d+){_REST}", "seek.{country}/{n}"),
    _board(rf"dice\.com/job-detail/(?P<n>{_UUID.pattern})", "dice.com/{n}"),
    _board(r"(?:[a-z]+\.)?wellfound\.com/jobs/(?P<n>\d+)(?:-[^/]*)?", "wellfound.com/{n}"),
)
