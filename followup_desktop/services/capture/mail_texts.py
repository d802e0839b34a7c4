"""What an email says itself: without what it quotes, who signed it, and the small print below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.services.capture.vocabulary import plain

_READ_AT_MOST = 40_000
_QUOTE_BEGINS = re.compile(
    r"^(?:on\b.{4,120}\bwrote:|am\b.{4,120}\bschrieb\b.{0,80}:|.{3,120}\bschrieb am\b.{0,80}:|"
    r"el\b.{4,120}\bescribio:|le\b.{4,120}\ba ecrit ?:|"
    r"-{2,}\s*(?:original message|original appointment|ursprungliche nachricht|mensaje original|"
    r"urspr\. nachricht|message d'origine)\s*-{2,}|_{10,})\s*$"
)
_WROTE_LATER = re.compile(r"^(?:on|am|el|le)\b.{4,160}$")
_WROTE = re.compile(r"^.{0,120}\b(?:wrote|schrieb|escribio|a ecrit)\b.{0,60}:$")
_HEAD = re.compile(r"^(?:from|von|de)\s?:\s*\S.*")
_HEAD_GOES_ON = re.compile(
    r"^(?:sent|date|to|subject|gesendet|datum|an|betreff|enviado|fecha|para|asunto|envoye|a|objet|cc)\s?:\s*\S"
)
_FORWARDED = re.compile(
    r"^(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|mensaje reenviado|"
    r"message transfere)\s*-{2,}|debut du message (?:transfere|reexpedie) ?:|"
    r"begin forwarded message:|anfang der weitergeleiteten nachricht:|inicio del mensaje reenviado:)\s*$"
)
_SIGNATURE = re.compile(r"^(?:--|__|—)\s*$")
_CLOSING = re.compile(
    r"^(?:(?:with )?(?:kind|best|warm|kindest|warmest)? ?(?:regards|wishes)|best|cheers|thanks|many thanks|"
    r"thank you|all the best|sincerely|yours (?:sincerely|faithfully|truly)|"
    r"(?:mit )?(?:freundlichen?|besten?|herzlichen?|liebe[nr]?|viele[nr]?|schone[nr]?) gru(?:ss|ssen|sse)|"
    r"viele grusse|lg|vg|mfg|hochachtungsvoll|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|cordialmente|"
    r"(?:bien )?cordialement|(?:bien )?a vous|(?:sinceres|meilleures) salutations|"
    r"(?:un )?abrazo|reciba[ns]? un cordial saludo|recibe un cordial saludo)\s*[,.!]?$"
)
_SMALL_PRINT = re.compile(
    r"^(?:this (?:e-?mail|message)\b.*\b(?:confidential|intended)|"
    r"diese (?:e-?mail|nachricht)\b.*\bvertraulich|"
    r"este (?:correo|mensaje)\b.*\bconfidencial|ce (?:courriel|message|mail|e-mail)\b.*\bconfidentiel|"
    r"sent from my |von meinem \w+ gesendet|enviado desde mi |envoye (?:de|depuis) mon )"
)
_ITEM = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"“„'(¿¡]*[A-ZÀ-ÖØ-Þ0-9¿¡])")
_NOT_AN_END = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|Sr|Sra|Srta|Hr|Fr|e\.g|i\.e|z\.B|d\.h|a\.m|p\.m|approx|ca|bzw|Str|Tel|Ext|Jan|Feb|Mar|Apr|"
    r"Jun|Jul|Aug|Sep|Sept|Oct|Okt|Nov|Dec|Dez|Mo|Di|Mi|Do|Sa|So|Co|Inc|Ltd|vs|(?<!\d:)\d{1,2})\.$"
)


def own_text(text: str) -> str:
    """What the writer says: not what is quoted, nor below the signature.

    Of an email that is forwarded without a word, it is the forwarded one.
    """
    lines = text[:_READ_AT_MOST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own, rest = _divided(lines)
    if not any(line.strip() for line in own) and rest:
        own, _rest = _divided(_without_head(rest))
    return "\n".join(own).strip()


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, as they stand; an item of a list is one of its own."""
    for paragraph in _paragraphs(text):
        pieces: list[str] = []
        for piece in _END.split(paragraph):
            pieces.append(piece)
            if _NOT_AN_END.search(piece) is None:
                yield " ".join(pieces).strip()
                pieces = []
        if pieces:
            yield " ".join(pieces).strip()


def _divided(lines: list[str]) -> tuple[list[str], list[str]]:
    """The writer's own lines, and those that are quoted or forwarded below."""
    own: list[str] = []
    closed = False
    for place, line in enumerate(lines):
        bare = plain(line)
        if _FORWARDED.match(bare) or _is_quote(lines, place, bare):
            return own, lines[place + 1 :] if not _HEAD.match(bare) else lines[place:]
        if bare.startswith(">"):
            continue
        if _SIGNATURE.match(line.strip()) or _SMALL_PRINT.match(bare):
            closed = True
        if not closed:
            own.append(line)
        if (
            _CLOSING.match(bare)
            and any(each.strip() for each in own[:-1])
            and not _goes_on(lines[place + 1 :])
        ):
            closed = True
    return own, []


def _goes_on(lines: list[str]) -> bool:
    """Whether what follows a word of thanks is more of the letter, and not a name."""
    return any(len(line.split()) > 12 for line in lines[:4])


def _is_quote(lines: list[str], place: int, bare: str) -> bool:
    if _QUOTE_BEGINS.match(bare) or _WROTE.match(bare):
        return True
    following = plain(lines[place + 1]) if place + 1 < len(lines) else ""
    if _WROTE_LATER.match(bare) and _WROTE.match(following):
        return True  # broken over two lines
    return _HEAD.match(bare) is not None and any(
        _HEAD_GOES_ON.match(plain(line)) for line in lines[place + 1 : place + 4]
    )


def _without_head(lines: list[str]) -> list[str]:
    """The lines of a forwarded email below its head."""
    for place, line in enumerate(lines[:12]):
        if not line.strip() and any(_HEAD.match(plain(each)) for each in lines[:place]):
            return lines[place + 1 :]
    return [line.lstrip("> ") for line in lines]


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if (not line.strip() or _ITEM.match(line)) and lines:
            yield " ".join(lines)
            lines = []
        if line.strip():
            lines.append(_ITEM.sub("", line).strip())
    if lines:
        yield " ".join(lines)
