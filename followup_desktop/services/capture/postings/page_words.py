"""Lines of a copied posting that are the page's and not its own, and lines that are the name of a place."""

from __future__ import annotations

import re

BIDS = (
    r"join (?:us|(?:our|the) team)|(?:come and )?work (?:with|for) us|"
    r"komm (?:zu uns|in unser team)|werde teil unseres teams|verstärken? sie unser team|verstärke unser team|"
    r"[úu]nete(?: a nosotros| a nuestro equipo)?|trabaja con nosotros|"
    r"rejoi(?:ns|gnez)[- ](?:nous|notre [ée]quipe)"
)
"""What bids one come to work there, in the languages of the program; no role begins so."""

_NOISE = re.compile(
    r"(?:"
    # buttons and links
    r"(?:easy |quick |1-click )?apply(?: now| here| online| for this job| on company (?:site|website))?|"
    r"save(?:d)?(?: job| this job)?|share(?: this job)?|report(?: this)? job|(?:show|see|read|"
    r"view) (?:more|less|all)"
    r"(?: options)?|follow|print|back(?: to (?:search|results|jobs))?|sign in|log in|skip to .{0,30}|"
    r"page is loaded|"
    r"i'm interested|save .{2,80} at .{2,60}|create (?:job )?alert|"
    r"solicitar|solicitud sencilla|inscr[ií]b(?:ete|irme).{0,30}|guardar|compartir|ver más|denunciar|"
    r"(?:jetzt |einfach |schnell)?bewerben|speichern|merken|teilen|drucken|ich bin interessiert|"
    r"mehr anzeigen|"
    r"gehalt anzeigen|show salary|schnellbewerbung|refer a friend|postuler(?: maintenant)?|enregistrer|"
    r"partager|zurück zu.{0,30}|details zum jobangebot|your qualifications.{0,20}|"
    r"meet the hiring team|inicio|quiénes somos|trabaja con nosotros|"
    # headings of the page
    r"(?:job|position) title|jobs?|careers?(?: menu| site| page| home)?|vacanc(?:y|ies)|"
    r"job (?:details|offer|posting|description|advert)|"
    r"stellenangebote?|stellenanzeige|"
    r"offres? d'emploi|ofertas?(?: de (?:empleo|trabajo))?|overview|application|home|menu|"
    r"[0-9]+ new (?:jobs?|vacanc(?:y|ies)|roles?)\b.{0,80}|view job|"
    # what stands beside the names
    r"(?:job |requisition |req\.? |vacancy |reference |ref\.? ?|posting )"
    r"(?:id|no\.?|nr\.?|number|code|#):? ?#?[\w/-]{2,20}|"
    r"(?:offre|annonce|oferta|anuncio|stellenangebot|stellenanzeige|stelle|anzeige|référence|referencia|"
    r"referenz|réf\.?|ref\.?|kennziffer|expediente|job|vacancy)"
    r"(?:\s?(?:n[°ºo]\.?|nr\.?|núm\.?|nummer|número|numéro|number|id)\s?:?|\s?:)\s?#?(?=[\w/-]*[0-9])[\w/-]{2,20}|"
    r".{0,60} logo|logo(?: of| de| von)? .{1,60}|[0-5][.,][0-9](?: ?[★*⭐]+)?|"
    r"[0-5][.,][0-9] out of 5(?: stars)?|★+|"
    r"\(?[0-9.,]+k? reviews\)?|"
    r"new|urgent(?:ly hiring)?|featured|promoted(?: by .{1,40})?|actively (?:hiring|recruiting)|"
    r"verified|neu|nuevo|actively reviewing.{0,20}|evaluando solicitudes.{0,20}|[0-9]+ valoraciones|"
    r"responses managed .{0,40}|over [0-9]+ applicants|be (?:one of the|an|among the) .{0,40}applicants?|"
    # kinds of jobs
    r"(?:(?:full|part)[- ]?time|permanent|contract|contractor|temporary|temp|internship|casual|"
    r"freelance|fixed[- ]term|"
    r"hybrid(?: work(?:ing)?)?|on-?site|remote|in[- ]office|in person|"
    r"jornada (?:completa|parcial)|tiempo completo|media jornada|presencial|híbrido|teletrabajo|indefinido|"
    r"contrato (?:indefinido|temporal|de .{2,30})|(?:permanent|temporary|fixed[- ]term) contract|"
    r"home ?office possible|(?:un)?befristete anstellung|[0-9] days (?:a|per) week|working student|"
    r"werkstudent|[0-9]{2} hours(?: a week)?|"
    r"vollzeit|teilzeit|feste anstellung|festanstellung|befristet(?:er vertrag)?|unbefristet|"
    r"homeoffice(?: möglich)?|"
    r"vor ort|hybrid|minijob|ausbildung|"
    r"cdi|cdd|stage|alternance|temps (?:plein|partiel)|télétravail.{0,20}|intérim)"
    r"(?:\s?[,/&·|+-]\s?(?:(?:full|part)[- ]?time|permanent|contract|hybrid|remote|on-?site|vollzeit|"
    r"teilzeit|"
    r"unbefristet|befristet|homeoffice(?: möglich)?|jornada completa|indefinido))*|"
    # when it was posted
    r"(?:posted|published|erschienen|veröffentlicht|publicada?|publiée?|reposted|active|placed on|"
    r"start(?:ed)?)\b(?:(?! by ).){0,40}|"
    r"(?:[0-9]+|an?) (?:\w+ )?ago"
    r")",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\s?[,/&·|+]\s?|\s[-–—]\s")
_REGIONS = (
    r"(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|"
    r"W[AIVY]|ON|QC|BC|AB|NSW|VIC|QLD)"
)
_STATE = re.compile(
    rf"[A-Z][\w.'’ -]{{1,40}},\s{_REGIONS}(?:\s[0-9]{{5}}(?:-[0-9]{{4}})?)?(?:,\s(?:USA?|Canada))?"
)
_POSTCODE = re.compile(
    r"[A-Z][\w.'’ -]{1,40},?\s(?:[A-Z]{1,2}[0-9][0-9A-Z]?(?:\s[0-9][A-Z]{2})?|\([A-Z]{1,2}[0-9][0-9A-Z]?\))|"
    r"[A-ZÀ-Þ][\wÀ-ÿ.'’ -]{1,40}\s\((?:[0-9]{2}|2[AB]|97[0-9]|[0-9]{5})\)|"
    r"[0-9]{2,5}\s-\s[A-ZÀ-Þ][\wÀ-ÿ.'’ -]{1,40}|"
    r"[0-9]{5}\s[A-ZÄÖÜ][\wäöüß.'’ ()/-]{1,40}"
)
_ANYWHERE = re.compile(
    r"(?:fully |100 ?% )?remote(?:\s?[-–—,/]\s?.{2,40}|\s\(.{2,40}\)|\sin\s.{2,40})?|home[- ]?based.{0,30}|"
    r"(?:worldwide|anywhere)(?: in .{2,30})?|"
    r".{2,60}\((?:remote|hybrid|on-?site|híbrido|presencial|vor ort)\)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:g?gmbh|ag|se|kgaa|kg|ohg|ug|e\.\s?v(?=\.)|mbh|ltd|limited|plc|llp|llc|inc|corp|corporation|company|"
    r"co|s\.?\s?a\.?|"
    r"s\.?\s?l\.?(?:\s?u\.?)?|sas|sarl|b\.?v\.?|n\.?v\.?|oy|aps|s\.?r\.?l\.?|spa|group|grupo|gruppe|"
    r"university|"
    r"universität|universidad|hospital|clinic|council|agency|ministry|ayuntamiento|stadtwerke|"
    r"institute|institut|"
    r"foundation|stiftung|fundación|bank|college|trust|recruitment|consulting|solutions|systems|technologies|"
    r"partners|labs?|studios?)\b\.?",
    re.IGNORECASE,
)
_PLACE_NAME = re.compile(
    r"[A-ZÀ-Þ][\wÀ-ÿ.'’-]+(?:[ -](?:[A-ZÀ-Þ][\wÀ-ÿ.'’-]*|de|del|la|las|los|el|am|an|der|im|bei|upon|"
    r"on|sur|le|les|"
    r"und|and|&|y))*"
    r"(?:(?:, | / |/| · )[A-ZÀ-Þ][\wÀ-ÿ.'’ -]+){0,3}"
)
_LONGEST = 60
_MOST_WORDS = 6


def is_noise(line: str) -> bool:
    """Whether a line is a button, a rating, a kind of job: what a page shows around a posting."""
    bare = line.strip(" \t*•·|–—-")
    parts = _SIGNS.split(bare)
    return _NOISE.fullmatch(bare) is not None or (len(parts) > 1 and all(map(_NOISE.fullmatch, parts)))


def names_place(line: str) -> bool:
    """Whether a line is plainly a place: with its state or post code, or "Remote (Europe)"."""
    return any(each.fullmatch(line) for each in (_STATE, _POSTCODE, _ANYWHERE))


def may_be_place(line: str) -> bool:
    """Whether a line has the form of a place's name; so has that of a company, unless its form says so."""
    is_short = len(line) <= _LONGEST and len(line.split()) <= _MOST_WORDS
    return (
        is_short and not has_company_form(line) and not is_noise(line) and bool(_PLACE_NAME.fullmatch(line))
    )


def has_company_form(name: str) -> bool:
    """Whether a name has a word that only an employer's has: "GmbH", "Ltd", "University"."""
    return _FORM.search(name) is not None
