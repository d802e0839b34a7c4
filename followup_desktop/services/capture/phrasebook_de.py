"""Dates as people say them in German."""

from __future__ import annotations

from followup_desktop.services.capture.phrasebook import AFTERNOON, EVENING, HOUR, MORNING, Phrasebook

_HOUR = (
    r"(?:halb |dreiviertel |viertel (?:vor |nach )?)?"
    r"(?:\d{1,2}(?:[.:]\d\d)?|eins?|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf)"
)
_PARTS = (
    (r"(?:vormittag|fruh)s?", MORNING),
    (r"(?:nach)?mittags?", AFTERNOON),
    (r"(?:abend|nacht)s?", EVENING),
)
_HALF_DAY = r"(?: (?:morgens|vormittags|nachmittags|abends|nachts))?\b"
_UNIT = r"(?:stunde|werktag|arbeitstag|tag|woche|monat|jahr)(?:e?n|e)?"
PHRASEBOOK = Phrasebook(
    months=(
        ("Januar", "Jänner", "Jan"), ("Februar", "Feber", "Feb"), ("März", "Maerz", "Mrz"),
        ("April", "Apr"), ("Mai",), ("Juni", "Jun"), ("Juli", "Jul"), ("August", "Aug"),
        ("September", "Sept", "Sep"), ("Oktober", "Okt"), ("November", "Nov"), ("Dezember", "Dez"),
    ),
    weekdays=(
        ("Montag", "montags", "Mo"), ("Dienstag", "dienstags", "Di"), ("Mittwoch", "mittwochs", "Mi"),
        ("Donnerstag", "donnerstags", "Do"), ("Freitag", "freitags", "Fr"),
        ("Samstag", "Sonnabend", "samstags", "Sa"), ("Sonntag", "sonntags", "So"),
    ),
    rows=(
        # where the letters with dots are not at hand
        (r"\bue(?=ber(?:morgen|nachst|naechst))", "u"),
        (r"(?<=n)ae(?=chst)|(?<=sp)ae(?=t)", "a"),
        # times of day
        (rf"\b(?:um|gegen|ab|vor|nach|von|zwischen) {_HOUR} (?:bis|und) {_HOUR} uhr\b", HOUR),
        (
            rf"\b(?:(?:um|gegen|ab|vor|nach|von) )?{_HOUR} uhr(?: \d\d)?{_HALF_DAY}"
            rf"|\b(?:um|gegen) {_HOUR}{_HALF_DAY}",
            HOUR,
        ),
        (r"\b(heute|morgen|gestern|\w+tag|mittwoch|sonnabend) (?:morgen|fruh)\b", rf"\1{MORNING}"),
        (r"(?<=[a-z]tag)morgen\b|(?<=woch)morgen\b", MORNING),
        *((rf"(?<=[a-z]tag){part}\b|(?<=woch){part}\b|\b(?:am )?{part}\b", said) for part, said in _PARTS),
        # days
        (r"(?<![.\d])(\d{1,2})\.(?!\S)", r"\1th"),
        # lengths of time, and their parts
        (r"\bmonats(anfang|mitte|ende)\b", r"\1 month"),
        (r"\bjahres(anfang|mitte|ende)\b", r"\1 year"),
        (r"\b(?:ende|schluss) (?:der |des |vom |von )?", "end of "),
        (r"\b(?:anfang|beginn) (?:der |des |vom |von )?", "early "),
        (r"\bmitte (?:der |des |vom |von )?", "mid "),
        # before and after, from and to
        (rf"\bvor ((?:\w+|ein paar) {_UNIT})\b", r"\1 ago"),
        (r"\b(?:bis )?spatestens(?: bis)?(?: zum| zur| am)?\b", "by"),
        (r"(?<=\w )bis(?: zum| zur)?\b", "to"),
        (r"\bbis(?: zum| zur| am)?\b", "by"),
        (r"^heute (?:in|uber) (.+)$", r"in \1"),
        (r"\b(?:innerhalb|binnen)(?: von| der| des)?\b", "within"),
        # which one
        (r"\bubernachst(?:e[nmrs]?) (\w+)", r"\1 after next"),
        (r"\bnachst(?:e[nmrs]?)\b", "next"),
        (r"\bkommend(?:e[nmrs]?)\b", "coming"),
        (r"\bdies(?:e[nmrs]?)?\b", "this"),
        (r"\b(?:letzt|vergangen|vorig)(?:e[nmrs]?)\b", "last"),
        (r"\berste[nrs]?\b", "first"),
        (r"\bzweite[nrs]?\b", "second"),
        (r"\bdritte[nrs]?\b", "third"),
        # small words
        (r"\bein paar\b", "a few"),
        (r"\beinige[nr]?\b", "a few"),
        (r"\b(?:eineinhalb|anderthalb)\b", "1.5"),
        (r"\bzweieinhalb\b", "2.5"),
        (r"\beine[mnrs]? halbe[nrs]?\b|\bhalbe[nrs]?\b", "half a"),
    ),
    words={
        "heute": "today", "morgen": "tomorrow", "ubermorgen": "day after tomorrow", "gestern": "yesterday",
        "vorgestern": "day before yesterday", "jetzt": "now",
        "heiligabend": "christmas eve", "weihnachten": "christmas", "silvester": "new year eve",
        "neujahr": "new year", "ostern": "easter",
        "stunde": "hour", "stunden": "hours", "tag": "day", "tage": "days", "tagen": "days", "tages": "day",
        "werktag": "working day", "werktage": "working days", "werktagen": "working days",
        "arbeitstag": "working day", "arbeitstage": "working days", "arbeitstagen": "working days",
        "woche": "week", "wochen": "weeks", "wochenende": "weekend", "kalenderwoche": "kw",
        "monat": "month", "monats": "month", "monate": "months", "monaten": "months", "quartal": "quarter",
        "quartals": "quarter", "jahr": "year", "jahres": "year", "jahre": "years", "jahren": "years",
        "ende": "end of", "anfang": "early", "mitte": "mid",
        "vor": "before", "nach": "after", "seit": "from", "ab": "from", "von": "from", "zwischen": "between",
        "am": "on", "im": "in", "zum": "by", "zur": "by", "in": "in",
        "der": "", "die": "", "das": "", "dem": "", "den": "", "des": "", "und": "and", "oder": "or",
        "ein": "a", "eine": "a", "einem": "a", "einen": "a", "einer": "a", "eines": "a", "zwei": "2",
        "drei": "3", "vier": "4", "funf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9",
        "zehn": "10", "elf": "11", "zwolf": "12", "vierzehn": "14", "funfzehn": "15", "zwanzig": "20",
        "dreissig": "30",
    },
    times=(
        (r"^(?:um|gegen|ab|vor|nach|von|zwischen) ", ""),
        (r" (?:bis|und) .*$", ""),
        (r"(?<=\d) uhr (\d\d)\b", r":\1"),
        (r" uhr\b", ""),
        (r"(?<=\d)\.(?=\d\d)", ":"),
        (r"\beins?\b", "1"),
        (r"\bhalb (\w+)", r"30 minutes to \1"),
        (r"\bdreiviertel (\w+)", r"quarter to \1"),
        (r"\bviertel vor (\w+)", r"quarter to \1"),
        (r"\bviertel nach (\w+)", r"quarter past \1"),
        (r" (?:morgens|vormittags)$", " a.m."),
        (r" (?:nachmittags|abends)$", " p.m."),
        (r" nachts$", ""),
    ),
)  # fmt: skip
