"""Links behind the words of cells: that of the posting is its address, and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime

from followup_desktop.services.transfer.document import Document, Reading
from followup_desktop.services.transfer.formats import read_document
from tests.tables import tabled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
URL = "https://acme.example/jobs/1"


def read(head: str, row: str) -> Document:
    rule = "|".join("-" for _each in head.split("|"))
    text = f"|{head}|\n|{rule}|\n|{row}|\n"
    return read_document(text.encode(), reading=Reading(name="jobs.md", now=NOW))


def told(head: str, row: str) -> tuple[object, object]:
    (application,) = read(head, row).applications
    return application.values.get("url"), application.values.get("notes")


@tabled(
    "head, words",
    [
        ("Company|Role|Notes", "see offer"),
        ("Company|Role|Offer", "View job"),
        ("Empresa|Puesto|Notas", "Ver oferta"),
        ("Empresa|Cargo|Oferta", "aquí"),
        ("Firma|Stelle|Bemerkung", "zur Anzeige"),
        ("Firma|Stelle|Stellenausschreibung", "Klick"),
        ("Entreprise|Poste|Remarques", "voir l'offre"),
        ("Entreprise|Poste|Offre d'emploi", "ici"),
    ],
)
def test_a_link_behind_words_for_the_posting_is_its_address(head: str, words: str) -> None:
    assert told(head, f"Acme|Cook|[{words}]({URL})") == (URL, None)


@tabled(
    "head, row, notes",
    [
        ("Company|Role|Notes", f"Acme|Cook|cv [here]({URL})", f"cv here ({URL})"),
        ("Company|Role", f"[Acme]({URL})|Cook", f"Company: Acme ({URL})"),
        ("Firma|Stelle|Ort", f"Acme|Koch|[Kiel]({URL})", f"Ort: Kiel ({URL})"),
        ("Empresa|Puesto|Estado", f"Acme|Chef|[Enviado]({URL})", f"Estado: Enviado ({URL})"),
        ("Entreprise|Poste|Humeur", f"Acme|Chef|[bonne]({URL})", f"Humeur: bonne ({URL})"),
        ("Company|Role|Response", f"Acme|Cook|[Rejected]({URL})", f"Response: Rejected ({URL})"),
        ("Company|Role|Notes", f"Acme|Cook|<{URL}>", URL),
        (
            "Company|Role|Notes",
            "Acme|Cook|[write to Ana](mailto:ana@acme.example?subject=x)",
            "write to Ana (ana@acme.example)",
        ),
    ],
)
def test_another_link_is_kept_behind_its_words(head: str, row: str, notes: str) -> None:
    assert told(head, row) == (None, notes)


def test_the_address_of_the_posting_goes_before_other_links_and_is_not_told_twice() -> None:
    row = f"Acme|Cook|[Link]({URL})|[see offer](https://acme.example/offer.pdf)"
    assert told("Company|Role|Link|Offer", row) == (URL, "Offer: see offer (https://acme.example/offer.pdf)")
    assert told("Company|Role|Link|Notes", f"Acme|Cook|{URL}|[see offer]({URL})") == (URL, "see offer")
    assert told("Company|Role", f"Acme|[Cook]({URL})") == (URL, None)


def test_a_second_address_is_kept() -> None:
    row = f"Acme|Cook|[Link]({URL})|[JD](https://acme.example/jd)"
    assert told("Company|Role|Link|JD link", row) == (URL, "JD link: JD (https://acme.example/jd)")


def test_a_link_behind_a_person_is_theirs() -> None:
    head, profile = "Company|Role|Contact", "https://people.example/ana"
    document = read(head, f"Acme|Cook|[Ana Ruiz]({profile})")
    assert [(each.values["name"], each.values["url"]) for each in document.contacts] == [
        ("Ana Ruiz", profile)
    ]
    document = read("Name|Email|Notes", f"[Ana Ruiz]({profile})|ana@acme.example|met [here]({URL})")
    (person,) = document.contacts
    assert (person.values["url"], person.values["notes"]) == (profile, f"met here ({URL})")
    document = read("Company|Role|Contact|LinkedIn", f"Acme|Cook|Ana Ruiz|[Profile]({profile})")
    assert document.contacts[0].values["url"] == profile
