"""What stands behind the name of a role and is no employer: its field, its level, its hours, where it is."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.services.capture.roles import FOR_ALL

_ENGLISH = """
    accounting accounts acquisition activation administration ads aerospace agriculture ai analytics
    android api apis app application applications apps appsec audio audit automation automotive aviation
    b2b b2c back backend banking bi big billing brand building business care chain checkout chemical civil
    client clients clinical cloud commerce commercial communications community compliance computer
    construction consumer content core crm crypto customer cybersecurity data database databases deep
    defence defense delivery department design developer development devops digital distributed dutch
    ecommerce editorial education electrical embedded emergency energy engineering english enterprise
    environmental erp estate events experience experimentation film finance firmware forecasting fraud
    french frontend full fullstack games gaming geospatial german gis governance government graphics
    growth hardware health healthcare hospitality hr human icu identity industrial infra infrastructure
    innovation insights insurance integration integrations intelligence intensive internal ios iot it
    italian key kitchen language large learning legal lifecycle llm localisation localization logistics
    loyalty machine maintenance manufacturing mapping maps marine market marketing marketplace maths
    mechanical media medical mental mid mid-market ml mobile models monetisation monetization music
    network networking networks new nlp nursing observability offshore onboarding oncology operations ops
    optimisation optimization paediatrics partnerships payment payments payroll pediatrics people
    performance planning platform platforms policy power pr pricing primary privacy procurement product
    production products project projects property public purchasing qa quality r&d rail railway ranking
    real recommendations recruiting recruitment relations reliability rendering renewables reporting
    research residential resources retail retention risk robotics saas safety sales science search
    secondary sector security sem sen seo server service services simulation site smb social software
    spanish speaking sre stack storage strategy streaming structural success supply support surgery
    surgical systems talent tax team tech technical technology testing theatre tooling tools training
    transformation translation transport treasury tv ui unit ux video vision ward warehouse web web3
    website
"""
_TECHNIQUES = """
    .net angular aws azure c# c++ css django docker excel flutter gcp go golang hadoop html java
    javascript kafka kotlin kubernetes laravel linux mongodb mysql node node.js nodejs php postgresql
    python rails react ruby rust scala spark sql swift symfony tableau terraform typescript vue vue.js
    wordpress
"""
_LEVEL_AND_HOURS = """
    apprenticeship cover day days early entry entry-level evening evenings graduate graduates i ii iii
    intern iv junior late lead level maternity mid mid-level night nights principal senior shift shifts
    staff student weekend weekends
"""
_GERMAN = """
    altenpflege ambulanz automatisierung außendienst bau buchhaltung chirurgie controlling daten
    datenanalyse deutschsprachig einkauf elektrotechnik elternzeitvertretung energie entwicklung fertigung
    filiale finanzen forschung frühschicht hochbau infrastruktur innendienst instandhaltung intensivpflege
    intensivstation kommunikation kundenbetreuung kundenservice küche lager logistik maschinenbau
    nachtdienst nachtschicht netzwerk netzwerke personal personalwesen pflege produktion pädiatrie
    qualität qualitätssicherung recht schichtdienst sicherheit softwareentwicklung spätschicht station
    strategie technik tiefbau umwelt verkauf versand versicherung vertrieb verwaltung wartung zahlungen
    zahlungsverkehr öffentlichkeitsarbeit
"""
_FRENCH = """
    achats bâtiment client clientèle communication comptabilité cuisine données droit développement
    entrepôt environnement finances humaines jour juridique logistique nuit numérique paiements plateforme
    production pédiatrie qualité recherche ressources réanimation réseau réseaux salle soins stratégie
    sécurité urgences vente ventes énergie énergies
"""
_SPANISH = """
    administración almacén ambiente atención calidad cocina compras comunicación construcción contabilidad
    datos desarrollo diseño energía estrategia finanzas formación humanos informática infraestructura
    investigación logística mantenimiento mañana medio noche noches pagos plataforma producción recursos
    redes sala seguridad sistemas soporte tarde tecnología turno uci urgencias ventas
"""
_REGIONS = """
    africa alemania allemagne amer america americas anz apac asia austria benelux cee central dach
    deutschland east eastern emea espagne españa eu europa europe france francia germany global iberia
    international ireland italy latam mena middle netherlands nordics north northern poland portugal
    schweiz south southern spain suisse sweden switzerland uk uki us usa west western worldwide österreich
"""
_JOINING = frozenset(
    {"and", "of", "for", "in", "the", "und", "im", "der", "die", "y", "e", "et", "de", "del", "la", "le"}
    | {"des", "du", "al", "a", "à", "&", "", "-", "–"}
)
_CITIES = """
    amsterdam, athens, atlanta, austin, bangalore, barcelona, basel, bath, belfast, berlin, bern, bilbao,
    birmingham, bologna, bonn, bordeaux, boston, bremen, brighton, bristol, brno, brussels, bruxelles,
    brüssel, bucharest, budapest, cambridge, cardiff, chennai, chicago, cologne, copenhagen, cork, dallas,
    delhi, denver, dortmund, dresden, dubai, dublin, düsseldorf, edinburgh, eindhoven, essen, florence,
    frankfurt, frankfurt am main, galway, gdańsk, geneva, genf, genève, ghent, glasgow, gothenburg,
    granada, graz, hamburg, hannover, hanover, heidelberg, helsinki, hong kong, houston, hyderabad,
    innsbruck, istanbul, karlsruhe, kiel, krakow, kraków, köln, lausanne, leeds, leipzig, lille, limerick,
    linz, lisboa, lisbon, lissabon, liverpool, ljubljana, london, londres, los angeles, luxembourg, lyon,
    madrid, mailand, mainz, manchester, mannheim, marseille, melbourne, mexico city, miami, milan, milano,
    montpellier, montreal, montréal, mumbai, munich, murcia, málaga, münchen, münster, nantes, new york,
    new york city, newcastle, nice, nottingham, nuremberg, nyc, nürnberg, oslo, ottawa, oxford, paris,
    parís, philadelphia, portland, porto, potsdam, prag, prague, pune, rennes, riga, rom, roma, rome,
    rotterdam, salzburg, san diego, san francisco, san jose, santander, seattle, sevilla, seville,
    sheffield, singapore, sofia, southampton, stockholm, strasbourg, stuttgart, sydney, tallinn, tel aviv,
    the hague, tokyo, toronto, toulouse, turin, utrecht, valencia, valladolid, vancouver, vienna, vigo,
    vilnius, warsaw, warschau, washington, wien, wrocław, york, zaragoza, zurich, zürich
"""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SIGNS = re.compile(r"[\s/,+]+|(?<=\w)-(?=\w)")


@cache
def _words() -> frozenset[str]:
    lists = (_ENGLISH, _TECHNIQUES, _LEVEL_AND_HOURS, _GERMAN, _FRENCH, _SPANISH, _REGIONS)
    return frozenset(word for each in lists for word in each.split())


@cache
def _cities() -> frozenset[str]:
    return frozenset(" ".join(city.split()) for city in _CITIES.split(","))


def is_field_of_work(text: str) -> bool:
    """Whether all of the words are what a role is about: "Backend", "Payments Platform", "Night Shift".

    An employer may be called so, too; but who isn't named by anything else isn't known.
    """
    bare = _IN_BRACKETS.sub("", FOR_ALL.sub("", text)).casefold().strip()
    known = [bare in _words(), *(word in _words() for word in _SIGNS.split(bare) if word not in _JOINING)]
    return len(known) > 1 and (known[0] or all(known[1:]))


def is_department(text: str) -> bool:
    """Whether it says in which part of a firm one works, as "Data, Research & Insights", and no region."""
    words = [word for word in _SIGNS.split(text.casefold().strip()) if word not in _JOINING]
    return is_field_of_work(text) and not any(word in _REGIONS.split() for word in words)


def is_city(text: str) -> bool:
    """Whether it is the name of a large city alone."""
    return text.casefold().strip() in _cities()
