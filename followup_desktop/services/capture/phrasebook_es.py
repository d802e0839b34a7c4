"""Dates as people say them in Spanish."""

from __future__ import annotations

from followup_desktop.services.capture.phrasebook import AFTERNOON, EVENING, HOUR, MORNING, Phrasebook

_HOUR = (
    r"(?:\d{1,2}(?:[:.]\d\d)?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
    r"(?: y (?:media|cuarto)| menos cuarto)?(?: ?(?:hs?|horas)\b)?(?: en punto)?"
    r"(?: (?:de|por) la (?:manana|tarde|noche)\b)?"
)
_AT = "a|de|desde|hasta|sobre|antes de|despues de"
_WEEKDAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
PHRASEBOOK = Phrasebook(
    months=(
        ("enero", "ene"), ("febrero", "feb"), ("marzo", "mar"), ("abril", "abr"), ("mayo", "may"),
        ("junio", "jun"), ("julio", "jul"), ("agosto", "ago"), ("septiembre", "setiembre", "sept", "sep"),
        ("octubre", "oct"), ("noviembre", "nov"), ("diciembre", "dic"),
    ),
    weekdays=(
        ("lunes", "lun"), ("martes", "mar"), ("miércoles", "mié"), ("jueves", "jue"), ("viernes", "vie"),
        ("sábado", "sábados", "sáb"), ("domingo", "domingos", "dom"),
    ),
    rows=(
        # times of day
        (rf"\b(?:{_AT}) las? {_HOUR}(?: (?:a|hasta) las? {_HOUR})?", HOUR),
        (r"\bal? mediodia\b", HOUR),
        (r"\b(?:por|de|en) la manana\b|\ba primera hora\b", MORNING),
        (r"\b(?:por|de|en) la tarde\b|\ba ultima hora\b", AFTERNOON),
        (r"\b(?:por|de|en) la noche\b", EVENING),
        (r"\besta manana\b", f"today{MORNING}"),
        (r"\besta (?:tarde|noche)\b", f"today{EVENING}"),
        (r"\banoche\b", "yesterday"),
        # days
        (r"\bpasado manana\b", "day after tomorrow"),
        (r"\b(?:antes de ayer|anteayer|antier)\b", "day before yesterday"),
        (r"\bhoy mismo\b", "today"),
        (r"\b(?:1o|primero) de (?!este|esta|mes|ano|la)", "1st of "),
        (r"\b(?:el dia|el|dia) (\d{1,2})\b(?![./-])", r"the \1th"),
        # holidays
        (r"\bfin de ano\b", "new year eve"),
        (r"\bano nuevo\b", "new year"),
        (r"\bsemana santa\b", "easter"),
        # lengths of time, and their parts
        (r"\bfin(?:es)? de semana\b", "weekend"),
        (r"\bdias? (?:habil|laborable)(?:es|s)?\b", "working days"),
        (r"\b(?:a |para )?(?:finales|fines|final|fin) de(?:l| la)?\b", "end of"),
        (r"\b(?:a |para )?(?:principios?|comienzos?|inicios?) de(?:l| la)?\b", "early"),
        (r"\b(?:a |para )?mediados de(?:l| la)?\b", "mid"),
        # before and after, from and to
        (r"^(?:desde )?hace (.+)$", r"\1 ago"),
        (r"\bdel (\d{1,2}) al (\d{1,2})\b", r"\1 to \2"),
        (r"\b(?:no )?(?:como )?(?:muy|mas) tarde (?:de(?:l| la)?|el|la)\b", "by"),
        (r"\b(?:como (?:muy|mas) tarde|a mas tardar)\b", ""),
        (r"\bantes de(?:l| los| las| la)?\b", "before"),
        (r"\bdespues de(?:l| los| las| la)?\b", "after"),
        (r"\ba partir de(?:l| la)?\b", "from"),
        (r"\b(?:dentro de|de aqui a)\b", "in"),
        # which one
        (r"\b(\w+) (?:que vienen?|proxim[oa]s?|siguientes?)\b", r"next \1"),
        (r"\b(?:proxim[oa]s?|siguientes?)\b", "next"),
        (r"\b(\w+) pasad[oa]s?\b", r"last \1"),
        (r"\b(?:ultim|pasad)[oa]s?\b", "last"),
        (r"\best(?:[aeo]|[ao]s)\b", "this"),
        (rf"\b({_WEEKDAY}) (?:de|en) (?:la )?(?=next|this|semana)", r"\1 of "),
        # small words
        (r"\b(\w+) y medi[ao]\b", r"\1 and a half"),
        (r"\bmedi[ao]\b", "half a"),
        (r"\bun par de\b", "couple of"),
        (r"\b(?:unos|unas|poc[oa]s|vari[oa]s|algun[oa]s)(?: poc[oa]s| cuant[oa]s)?\b", "a few"),
        (r"\bde (?:la|los|las|el)\b|\bdel?\b", "of"),
    ),
    words={
        "hoy": "today", "manana": "tomorrow", "ayer": "yesterday", "ahora": "now",
        "nochebuena": "christmas eve", "navidad": "christmas", "navidades": "christmas",
        "nochevieja": "new year eve", "pascua": "easter",
        "hora": "hour", "horas": "hours", "dia": "day", "dias": "days", "semana": "week", "semanas": "weeks",
        "quincena": "fortnight", "mes": "month", "meses": "months", "trimestre": "quarter", "ano": "year",
        "anos": "years",
        "antes": "by", "hasta": "by", "para": "by", "desde": "from", "en": "in", "entre": "between",
        "primer": "first", "primera": "first", "segunda": "second", "tercera": "third",
        "el": "", "la": "", "los": "", "las": "", "y": "and", "o": "or", "u": "or", "al": "to", "a": "",
        "un": "a", "una": "a", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
        "siete": "7", "ocho": "8", "nueve": "9", "diez": "10", "once": "11", "doce": "12", "quince": "15",
        "veinte": "20", "treinta": "30",
    },
    times=(
        (r"\b(?:en punto|hs?|horas)\b|(?<=\d)hs?\b", ""),
        (r"\b(?:a|hasta) las? (.+) (?:a|hasta) las? .+$", r"\1"),
        (r"^.*?\blas? (?=\d|una|[a-z]+)", ""),
        (r"^.*mediodia$", "12"),
        (r"\buna\b", "1"),
        (r"^(\w+) +y media\b", r"30 minutes past \1"),
        (r"^(\w+) +y cuarto\b", r"quarter past \1"),
        (r"^(\w+) +menos cuarto\b", r"quarter to \1"),
        (r" +(?:de|por) la manana$", " a.m."),
        (r" +(?:de|por) la (?:tarde|noche)$", " p.m."),
    ),
)  # fmt: skip
