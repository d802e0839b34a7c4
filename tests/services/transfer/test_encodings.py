"""The bytes of a short table are the text that was saved, whatever the encoding."""

from __future__ import annotations

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.encodings import decoded
from tests.tables import tabled

TEXTS = {
    "cp1252": "Müller & Söhne KG;42.000,00 €;„nächste Woche“\nCafé œuvre;L’Oréal",
    "iso8859_15": "Société;Poste;Salaire\nCafé œuvre;Développeur;€ 25k\nŠkoda;Ingénieur;25 €",
    "cp1250": "Firma;Stanowisko\nŻółw Spółka;Księgowy",
    "cp1251": "Company;Role\nЯндекс;Разработчик",
    "koi8_r": "Company;Role\nЯндекс;Разработчик",
    "cp1253": "Company;Role\nΕλλάδα;Μηχανικός",
    "cp1254": "Company;Role\nİstanbul Şirketi;Müdür",
    "mac_roman": "Société;Poste\nCafé œuvre;Développeur",
    "cp850": "Firma;Ort\nMüller;Größenwahn",
    "cp932": "会社名,職種\n株式会社みらい,エンジニア",
    "euc_jp": "会社名,職種\nトヨタ,エンジニア",
    "gb2312": "Company,Role\n北京公司,工程师",
    "euc_kr": "Company,Role\n삼성전자,개발자",
    "big5": "Company,Role\n台積電,工程師",
    "utf-8": "Company,Role\nŻółw,Müller",
    "utf-8-sig": "Company,Role\nŻółw,Müller",
    "utf-16": "Company,Role\nŻółw,会社名",
    "utf-32": "Company,Role\nŻółw,会社名",
    "utf-16-le": "Company,Role\nAcme,Müller",
    "utf-16-be": "Company,Role\nAcme,Müller",
}


@tabled("encoding", TEXTS)
def test_a_text_is_read_as_it_was_saved(encoding: str) -> None:
    assert decoded(TEXTS[encoding].encode(encoding)) in (TEXTS[encoding], f"\ufeff{TEXTS[encoding]}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_that_ends_within_a_character_is_told(encoding: str) -> None:
    with pytest.raises(Refused, match="ends in the middle of a character"):
        decoded("Acme,Müller,Ω".encode(encoding)[:-1])
