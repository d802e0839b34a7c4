"""The names of roles, as postings have them and as one writes about them."""

from __future__ import annotations

import re
from functools import cache

FOR_ALL = re.compile(r"\s*\((?:[mwfdxh]\s?/\s?){1,3}[mwfdxh]\)", re.IGNORECASE)
"""What is written behind a role that is open to all: "(m/w/d)"."""


def spoken_role(role: str) -> str:
    """A role as one writes about it: "Data Engineer" of "Data Engineer (m/w/d)"."""
    return FOR_ALL.sub("", role).strip() or role


_ENGLISH = (
    r"\w+(?:ologist|ographer|ician)|"
    "accountant|actuary|administrator|admin|advisor|adviser|agent|analyst|apprentice|architect|"
    "artist|assistant|"
    "associate|attorney|auditor|baker|barista|bartender|biologist|bookkeeper|broker|buyer|caretaker|"
    "carer|carpenter|"
    "cashier|chef|chemist|cleaner|clerk|clinician|coach|consultant|controller|cook|coordinator|"
    "copywriter|counsel|"
    "counsellor|courier|curator|dentist|designer|dev|developer|devops|dietitian|director|dispatcher|doctor|"
    "driver|economist|editor|electrician|engineer\\w*|estimator|executive|facilitator|fellow|fitter|"
    "gardener|geologist|"
    "handyman|head|housekeeper|illustrator|inspector|instructor|intern|interpreter|investigator|"
    "janitor|journalist|"
    "labourer|lawyer|lead|lecturer|librarian|machinist|manager|marketer|marketing|mason|mechanic|"
    "merchandiser|midwife|"
    "model(?:l)?er|nanny|notary|nurse|officer|operative|operator|optician|paralegal|paramedic|partner|pharmacist|"
    "photographer|physicist|"
    "physician|physiotherapist|picker|pilot|planner|plumber|porter|postdoc|principal|producer|"
    "product owner|professor|"
    "programmer|psychologist|ranger|receptionist|recruiter|registrar|reporter|representative|researcher|sales|"
    "scientist|scrum master|secretary|solicitor|specialist|sre|statistician|steward|stockbroker|strategist|"
    "supervisor|surgeon|surveyor|teacher|technician|technologist|tester|therapist|trader|trainee|"
    "trainer|translator|"
    "treasurer|tutor|underwriter|veterinarian|videographer|waiter|waitress|welder|worker|writer"
)
_SPANISH = (
    "abogad[oa]|administrativ[oa]|administrador[a]?|analista|arquitect[oa]|asesor[a]?|asistente|"
    "auditor[a]?|auxiliar|"
    "ayudante|bec(?:ari[oa])|cajer[oa]|camarer[oa]|científic[oa]|cociner[oa]|comercial|conductor[a]?|"
    "consultor[a]?|contable|"
    "coordinador[a]?|dependient[ae]|desarrollador[a]?|diseñador[a]?|director[a]?|electricista|"
    "encargad[oa]|enfermer[oa]|"
    "formador[a]?|higienista|gerente|gestor[a]?|ingenier[oa]|investigador[a]?|jef[ea]|limpiador[a]?|maestr[oa]|"
    "mecánic[oa]|médic[oa]|"
    "moz[oa]|oficial|operari[oa]|peón|periodista|profesor[a]?|programador[a]?|psicólog[oa]|recepcionista|"
    "redactor[a]?|repartidor[a]?|responsable|secretari[oa]|soldador[a]?|técnic[oa]|"
    "trabajador[a]? social|traductor[a]?|"
    "vendedor[a]?|veterinari[oa]"
)
_GERMAN = (
    "analyst|angestellt|architekt|arzt|ärzt|assistent|bäcker|berater|betreuer|buchhalter|controller|designer|disponent|einkäufer|"
    "elektroniker|elektriker|entwickler|erzieher|fachinformatiker|fahrer|forscher|gärtner|gestalter|"
    "helfer|informatiker|"
    "ingenieur|jurist|kellner|konstrukteur|lagerist|lehrer|leiter|maler|mechaniker|mechatroniker|"
    "mitarbeiter|monteur|"
    "pfleger|planer|programmierer|prüfer|psycholog|redakteur|referent|sachbearbeiter|schlosser|"
    "schweißer|sekretär|"
    "techniker|therapeut|tischler|trainer|übersetzer|verkäufer|vertriebler|verwalter|wissenschaftler"
)
_GERMAN_ALONE = (
    "auszubildende[rn]?|azubi|lehrling|fachkraft|hilfskraft|kauffrau|kaufmann|koch|köchin|praktikum|praktikant(?:in)?|"
    "volontär(?:in)?|werkstudent(?:in)?|geschäftsführer(?:in)?|krankenschwester|ausbildung"
)
_FRENCH = (
    "boulang(?:er|ère)|cuisini(?:er|ère)|agent|employée?|ouvri(?:er|ère)|responsable|"
    "acheteu(?:r|se)|aide-soignante?|assistante?|avocate?|cheff?e?|chargée?|commerciale?|comptable|"
    "conducteur|"
    "conductrice|conseill(?:er|ère)|consultante?|développeu(?:r|se)|directeur|directrice|"
    "enseignante?|gestionnaire|"
    "infirmi(?:er|ère)|ingénieur[e]?|journaliste|rédacteur|rédactrice|serveu(?:r|se)|technicienn?e?|"
    "vendeu(?:r|se)|professeure?|électricien(?:ne)?|mécanicien(?:ne)?|réceptionniste|caissi(?:er|ère)|"
    "plombi(?:er|ère)|coiffeu(?:r|se)|chauffeu(?:r|se)|pâtissi(?:er|ère)|éducateur|éducatrice"
)
_ENDINGS = r"(?:[/*:_]?in|[/*:_]?innen|[/*:_]?r|[/*:_-]?frau)?"


@cache
def role_word() -> re.Pattern[str]:
    """A word by which people call what they do, in English, Spanish, German or French."""
    return re.compile(
        rf"\b(?:(?:{_ENGLISH})s?|(?:{_SPANISH})(?:/[oa])?|(?:\w*(?:{_GERMAN})e?|\w*(?:{_GERMAN_ALONE}))"
        rf"{_ENDINGS}|(?:{_FRENCH}))\b",
        re.IGNORECASE,
    )
