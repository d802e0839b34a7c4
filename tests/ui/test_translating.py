"""A language is added by files alone, as docs/translating.md says, and is found in every place."""

from __future__ import annotations

import functools
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from followup_desktop import i18n
from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import InterviewKind, Rule
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.capture import (
    clocks,
    interview_words,
    mail_words,
    phrasebook,
    posting_words,
    replies,
)
from followup_desktop.services.capture.clocks import spoken_time
from followup_desktop.services.capture.dates import Direction, read_date
from followup_desktop.services.capture.interview_kinds import called_kind
from followup_desktop.services.capture.mail_addresses import is_no_reply, is_of_a_team
from followup_desktop.services.capture.mail_texts import own_text
from followup_desktop.services.capture.mail_words import before_subjects
from followup_desktop.services.capture.mails import ReceivedMail, pasted_mail
from followup_desktop.services.capture.posting_pages import names_posting
from followup_desktop.services.capture.postings import CLOSES_ON, EMPLOYER, ROLE, read_posting
from followup_desktop.services.capture.postings.fields_of_work import is_field_of_work
from followup_desktop.services.capture.replies import ReplyKind, read_reply
from followup_desktop.services.capture.salaries import find_salaries
from followup_desktop.services.capture.spoken_titles import split_title
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import ENGLISH
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.messages.originals import originals
from followup_desktop.services.transfer.meeting_titles import bare_part, is_of_applying, parts_of_title
from followup_desktop.services.transfer.tables import words
from followup_desktop.system.language import use_language
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.guide.book import Book, guide_folder
from tests.screens_compose import three_to_thank
from tests.tables import tabled
from tests.ui.desk import Desk

CODE = "eo"
TEXTS = {"&File": "&Dosiero", "Settings": "Agordoj", "Language": "Lingvo"}
DATES = """\
months = [["januaro"], ["februaro"], ["marto"], ["aprilo"], ["majo"], ["junio"], ["julio"], ["aŭgusto"],
          ["septembro"], ["oktobro"], ["novembro"], ["decembro"]]
weekdays = [["lundo"], ["mardo"], ["merkredo"], ["ĵaŭdo"], ["vendredo"], ["sabato"], ["dimanĉo"]]
rows = [['\\b(\\w+) venonta\\b', 'next \\1'], ['\\bĝis (?=<TAGO>)', 'by ']]
parts = { TAGO = '(?:LUNDO|ĵaŭdo)' }
about = ["pri"]
[words]
"postmorgaŭ" = "day after tomorrow"
semajno = "week"
"""
_TENS = {1: "dek", 2: "dudek", 3: "tridek", 4: "kvardek", 5: "kvindek"}
_ONES = ("nul", "unu", "du", "tri", "kvar", "kvin", "ses", "sep", "ok", "naŭ", "dek")
NUMBERS = [
    _ONES[n] if n <= 10 else f"{_TENS[n // 10]} {_ONES[n % 10] if n % 10 else ''}".strip() for n in range(60)
]
CLOCKS = f"""\
numbers = {NUMBERS}
sayings = [['<H> horo kaj <M>', 'H+M'], ['ĉirkaŭ la <H>', 'H']]
figures = [['<W> antau <H>', 'H-M']]
at = 'je la'
numbers_alone = true
[halves]
evening = 'vespere'
"""
ANSWERS = {
    "words": ["la", "vi", "kaj", "ni", "ĉu", "aŭ"],
    "rejection": ["\\bni elektis alian\\b", "\\bVi ne estas elektit[aâ] ĉi[ -–]foje\\b"],
}


MAILS = r"""
before_subject = ["resp"]
greetings = ["kara"]
closings = ["ĝis revido"]
quotes = ['je .{4,60} skribis:']
wrote = ["skribis"]
robots = ["ne[._-]?respondu"]
mailboxes = ["laborejo"]
[heads]
sender = ["de"]
subject = ["temo"]
date = ["dato"]
"""


@pytest.fixture(scope="module", autouse=True)
def patterns_made_once() -> Iterator[None]:
    """Remember the patterns of the languages there are, which half of these tests read anew: 0.3 s each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(re, "compile", cache(re.compile))
        yield


POSTINGS = r"""
roles = ["redaktisto", "kuiristo"]
employer_labels = ["entrepreno"]
pay_labels = ["salajro"]
currencies = ["eŭroj"]
pay_per = ["po"]
per_month = ["monato"]
fields_of_work = ["vendado"]
one_posting = ["postenoj"]
closing = ["petu ĝis"]
seeks = ["serĉas"]
firm_articles = ["la "]
we_seek = ['\bĈe <EMPLOYER> ni serĉas <SOUGHT>']
applied = ['\bvia peto por <ROLE> ĉe <EMPLOYER><END>']
"""

INTERVIEWS = """
called_phone = ["telefonvoko"]
meetings = ["intervjuo"]
for_role = ["por"]
with_firm = ["ĉe"]
of_applying = ["intervjuoj?"]
"""


READ = (phrasebook, clocks, replies, mail_words, posting_words, interview_words, words)


def forget_words() -> None:
    """Have all words of languages read anew."""
    for name, module in list(sys.modules.items()):
        if name.startswith("followup_desktop.services"):
            for each in vars(module).values():
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The resources with a language more, which none of the code knows, spoken by the system."""
    before, real = i18n.in_use(), resources_dir()
    folder = tmp_path / "resources"
    folder.mkdir()
    for each in real.iterdir():
        if each.is_dir() and each.name != "icons":
            shutil.copytree(each, folder / each.name, ignore=shutil.ignore_patterns("*.png", "*.po", "*.pot"))
        else:
            (folder / each.name).symlink_to(each)
    catalogue = Catalog(locale=CODE)
    for text, translated in TEXTS.items():
        catalogue.add(text, translated)
    place = folder / "locale" / CODE / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / f"{i18n.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue)
    for kind in ("templates", "guide"):
        shutil.copytree(folder / kind / "en", folder / kind / CODE)
    (folder / "templates" / CODE / "check_in.txt").write_text(
        "Subject: Saluton\n\nKara {first_name}", "utf-8"
    )
    (folder / "guide" / CODE / "index.md").write_text("# Gvidilo\n", "utf-8")
    (folder / "dates" / f"{CODE}.toml").write_text(DATES, "utf-8")
    (folder / "clocks" / f"{CODE}.toml").write_text(CLOCKS, "utf-8")
    (folder / "replies" / f"{CODE}.json").write_text(json.dumps(ANSWERS), "utf-8")
    (folder / "mails" / f"{CODE}.toml").write_text(MAILS, "utf-8")
    (folder / "postings" / f"{CODE}.toml").write_text(POSTINGS, "utf-8")
    (folder / "interviews" / f"{CODE}.toml").write_text(INTERVIEWS, "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    forget_words()
    use_language({"LANG": f"{CODE}.UTF-8"}, "")
    yield folder
    i18n.install(*before)
    forget_words()


@pytest.mark.usefixtures("added")
def test_it_is_found_in_settings_and_in_the_window(tmp_path: Path, theme: Theme) -> None:
    desk = Desk(tmp_path)
    window = desk.window(theme)
    view = window.pages.page("settings")
    assert isinstance(view, SettingsView)
    assert window.menuBar().actions()[0].text() == "&Dosiero"
    field = view.look.language
    assert field.name == "Lingvo"
    offered = [field.combo.itemText(place) for place in range(field.combo.count())]
    assert offered[0] == "System language"
    assert {"Deutsch", "English", "Esperanto"} <= set(offered[1:])
    assert offered[1:] == sorted(offered[1:], key=str.casefold)
    window.deleteLater()
    desk.close()


@pytest.mark.usefixtures("added")
def test_its_letters_guide_dates_and_answers_are_read() -> None:
    assert [each.body for each in originals(TemplateName.CHECK_IN)] == ["Kara {first_name}"]
    assert Book(guide_folder()).page("index") is not None
    assert Book(guide_folder()).pages[0].title == "Gvidilo"
    for said_so, clock in (
        ("je la dek", time(10)),
        ("je la dek vespere", time(22)),
        ("dek kvin horo kaj tridek kvin", time(15, 35)),
        ("je la dek kvin antaŭ dek", time(9, 45)),
        ("Ĉirkaŭ la dek", time(10)),
    ):
        said = read_date(f"postmorgaŭ {said_so}", date(2026, 10, 14), Direction.NEXT)
        assert (said.day, read_time(said.clock)) == (date(2026, 10, 16), clock)
    answer = read_reply(
        ReceivedMail(text="Ni dankas vin, sed ni elektis alian.", subject=""), date(2026, 10, 14)
    )
    assert answer.kind is ReplyKind.REJECTION
    answer = read_reply(
        ReceivedMail(text="Saluton! Vi ne estas elektita ĉi-foje, aŭ?", subject=""), date(2026, 10, 14)
    )
    assert answer.kind is ReplyKind.REJECTION
    assert read_date("ĝis ĵaŭdo", date(2026, 10, 14), Direction.NEXT).day == date(2026, 10, 15)


def test_a_letter_it_does_not_have_yet_is_english_throughout(added: Path, tmp_path: Path) -> None:
    (added / "templates" / CODE / "thank_you.txt").unlink()
    desk = Desk(tmp_path, three_to_thank("streaming, and maps"))
    compose = Compose(desk.store, desk.wording)
    follow_ups = desk.store.follow_ups("acme")
    thanks = next(each.key for each in follow_ups if each.rule is Rule.THANK_YOU and each.contact == "ana")
    letter = compose.letter(thanks, desk.now)
    assert letter.language == "en"
    assert "today" in letter.draft.body
    (added / "templates" / CODE / "thank_you.txt").write_text("Subject: Dankon\n\nje $interview_day", "utf-8")
    letter = compose.letter(thanks, desk.now)
    assert (letter.language, letter.draft.body) == (CODE, "je merkredo, 14 Oktobro")
    desk.close()


@pytest.fixture
def begun(added: Path) -> Callable[[str, str], None]:
    """Writes what the language has of dates and of answers instead, and forgets what was read."""

    def write(dates: str, answers: str) -> None:
        (added / "dates" / f"{CODE}.toml").write_text(dates, "utf-8")
        (added / "replies" / f"{CODE}.json").write_text(answers, "utf-8")
        forget_words()

    return write


@pytest.mark.parametrize(
    ("dates", "answers"),
    [
        ("", "{}"),
        ('[words]\npostmorgau = "day after tomorrow"', '{"words": ["kaj"]}'),
        (DATES.partition("rows")[0], json.dumps({"rejection": ANSWERS["rejection"]})),
    ],
)
def test_what_is_begun_works_with_what_it_has(
    begun: Callable[[str, str], None], dates: str, answers: str
) -> None:
    begun(dates, answers)
    today = date(2026, 10, 14)
    assert read_date("pasado mañana", today, Direction.NEXT).day == date(2026, 10, 16)
    assert spoken_time("halb drei") == time(2, 30)
    if "postmorgau" in dates:
        assert read_date("postmorgaŭ", today, Direction.NEXT).day == date(2026, 10, 16)
    if "januaro" in dates:
        assert read_date("16 oktobro", today, Direction.NEXT).day == date(2026, 10, 16)
    answer = read_reply(ReceivedMail(text="We have decided not to move forward.", subject=""), today)
    assert answer.kind is ReplyKind.REJECTION
    assert [fault for each in READ for fault in each.faults()] == []


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ('[words]\npostmorgaŭ = "day after tomorrow"', "stands in quotes"),
        ("rows = [['(', 'x']]", "the row '('"),
        ("rows = [['x', '\\2']]", "invalid group reference 2"),
        ('months = ["januaro"]', 'months needs rows like ["January", "Jan", …], and has \'januaro\''),
        ('months = [["januaro"]]', "months needs 12 lists of names, and has 1"),
        ("words = 3", "words needs a table of its own, [words], and has 3"),
        ("rows = ['x', 'y']", "rows needs rows like"),
        ("rows = [['bis <WEEKDAY>', 'by']]", "rows: nothing says what <WEEKDAY> is in 'bis <WEEKDAY>'"),
        ("rows = [['matene', '<mateno>']]", "there's no <mateno>; there are <morning>"),
        ("[repeats]\ndaily = '<TAGO>'", "daily: nothing says what <TAGO> is"),
        ("vortoj = []", "there's no entry called vortoj; there are about"),
        ("[repeats]\ntage = 'x'", "there's no repeat called tage"),
    ],
)
def test_what_cannot_be_read_is_told_and_disturbs_no_other_language(
    begun: Callable[[str, str], None], dates: str, said: str
) -> None:
    begun(dates, '{"words": ["kaj"], "offer": ["("]}')
    assert read_date("pasado mañana", date(2026, 10, 14), Direction.NEXT).day == date(2026, 10, 16)
    [fault] = phrasebook.faults()
    assert fault.startswith(f"resources/dates/{CODE}.toml can't be read: ")
    assert said in fault
    answer = read_reply(
        ReceivedMail(text="We have decided not to move forward.", subject=""), date(2026, 10, 14)
    )
    assert answer.kind is ReplyKind.REJECTION
    [fault] = replies.faults()
    assert fault.startswith(f"resources/replies/{CODE}.json can't be read: offer: the pattern '('")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("numbers = ['nul']", "numbers needs the words for 0 to 59, and has 1"),
        ("sayings = [['<H> horo', 'H-X']]", "the row '<H> horo': 'H-X' isn't like H-30"),
        ("[halves]\nvespere = 'vespere'", "there's no half of the day called vespere"),
        ("at = '('", "at: the pattern '(': missing )"),
        ("hours = ['<H> horo']", "hours needs rows like ['halb <H>', 'H-30'], and has '<H> horo'"),
        ("sayings = [['<H> horo']]", "sayings needs rows like ['halb <H>', 'H-30'], and has ['<H> horo']"),
        ("figures = [['<X> horo', 'H']]", "figures: nothing says what <X> is in '<X> horo'; there are <H>"),
        ("ranges = ['ĝis']", "ranges needs rows like ['^entre ', 'y'], and has 'ĝis'"),
        ("zones = [['(', 'Europe/Berlin']]", "zones: the pattern '(': missing )"),
        ("at = ['je']", "at needs one text, and has ['je']"),
        ("sayigns = []", "there's no entry called sayigns"),
        ("hours = [['horas?', 'H']]", "the row ['horas?', 'H']: the expression has no H"),
        ("hours = [['<H> horas', 'H+M']]", "the row ['<H> horas', 'H+M']: the expression has no M"),
        ("hours = [['<H> e <M>', 'H']]", "the row ['<H> e <M>', 'H']: what it means has no M"),
        ("hours = [['meio-dia <H>', '12']]", "what it means has no H"),
        ('numbers_alone = "no"', "numbers_alone needs true or false, and has 'no'"),
    ],
)
def test_what_is_wrong_with_its_times_of_day_is_told(added: Path, table: str, said: str) -> None:
    (added / "clocks" / f"{CODE}.toml").write_text(table, "utf-8")
    clocks.languages.cache_clear()
    [fault] = clocks.faults()
    assert fault.startswith(f"resources/clocks/{CODE}.toml can't be read: ")
    assert said in fault
    assert spoken_time("halb drei") == time(2, 30)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"leters": {}}, "there's no entry called leters; there are address, by_sound"),
        ({"letters": ["ĉ"]}, 'letters needs something like {"ñ": "n"}, and has [\'ĉ\']'),
        ({"address": "vi"}, "address needs something like"),
        ({"address": {"polite": "vi"}}, "address needs something like"),
        ({"weekday_comma": "no"}, "weekday_comma needs something like false"),
        ({"first_of_month": 1}, "first_of_month needs something like"),
        ({"by_sound": [["kaj", "kej"]]}, "by_sound needs something like"),
        ({"by_sound": [["kaj", "kej", "("]]}, "by_sound: the pattern '(': missing )"),
        ({"near_days": [["je {day}"]]}, "near_days needs something like"),
        (["eo"], "it needs names with what they mean, and has ['eo']"),
    ],
)
def test_what_is_wrong_with_the_language_itself_is_told_and_counts_for_nothing(
    tmp_path: Path, told: object, said: str
) -> None:
    text = json.dumps({"name": "Esperanto"} | told if isinstance(told, dict) else told)
    with pytest.raises((TypeError, ValueError), match=re.escape(said)):
        i18n.read_about(text)
    (tmp_path / CODE).mkdir()
    (tmp_path / CODE / "language.json").write_text(text, "utf-8")
    assert i18n.about(CODE, tmp_path) == {}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], "it needs lists with their names"),
        ({"rejections": []}, "there's no list called rejections; there are "),
        ({"rejection": "ne"}, "rejection needs a list of texts, and has 'ne'"),
        ({"other_days": ["ĝis <day>"]}, "other_days: nothing says what <day> is in 'ĝis <day>'"),
    ],
)
def test_what_is_wrong_with_its_answers_is_told(
    begun: Callable[[str, str], None], answers: object, said: str
) -> None:
    begun("", json.dumps(answers))
    [fault] = replies.faults()
    assert fault.startswith(f"resources/replies/{CODE}.json can't be read: ")
    assert said in fault


@pytest.mark.usefixtures("added")
def test_its_emails_are_divided_into_head_words_and_what_they_quote() -> None:
    mail = pasted_mail("De: Ana <ana@acme.example>\nTemo: Resp: Redaktisto ĉe Acme\n\nKara Bob,\n\nVenu.")
    assert (mail.subject, mail.text.strip()) == ("Resp: Redaktisto ĉe Acme", "Kara Bob,\n\nVenu.")
    assert before_subjects().sub("", mail.subject) == "Redaktisto ĉe Acme"
    written = "Venu lundon.\n\nĜis revido!\nAna\n\nJe la 5-a de oktobro Bob skribis:\n> Kiam?"
    assert own_text(written) == "Venu lundon.\n\nĜis revido!"


@pytest.mark.usefixtures("added")
@tabled(
    "text, found",
    [
        ("Entrepreno: Acme\nRedaktisto\nPetu ĝis: 2026-11-30", ("Acme", "Redaktisto", date(2026, 11, 30))),
        ("La Verda Stelo serĉas.\nKuiristo", ("Verda Stelo", "Kuiristo", None)),
        ("Ĉe Verda Stelo ni serĉas kuiristo.", ("Verda Stelo", "kuiristo", None)),
        ("De: Ana <ana@x.example>\n\nVia peto por Redaktisto ĉe Acme.", ("Acme", "Redaktisto", None)),
    ],
)
def test_its_postings_are_read(text: str, found: tuple[str, str, date | None]) -> None:
    guess = read_posting(text, date(2026, 10, 14))
    best = [guess.proposed(field) for field in (EMPLOYER, ROLE, CLOSES_ON)]
    assert tuple(each and each.value for each in best) == found


@pytest.mark.usefixtures("added")
def test_its_pay_fields_of_work_and_addresses_are_known() -> None:
    [pay] = find_salaries("Ni pagas 2.500 eŭroj po monato.")
    assert pay.text == "2.500 eŭroj po monato"
    assert is_field_of_work("Vendado")
    assert names_posting("https://acme.example/?postenoj=123")
    assert is_no_reply("ne-respondu@acme.example")
    assert is_of_a_team("laborejo@acme.example")


@pytest.mark.usefixtures("added")
def test_its_reminders_say_when_but_what_they_are_about_stays() -> None:
    now = datetime.fromisoformat("2026-10-14T11:00")
    assert getattr(split_title("Voki Ana postmorgaŭ", now, ENGLISH), "title", None) == "Voki Ana"
    assert split_title("Demandi pri ĵaŭdo", now, ENGLISH) is None


@pytest.mark.usefixtures("added")
def test_its_interviews_are_known() -> None:
    assert called_kind("Telefonvoko") is InterviewKind.PHONE
    title = "Intervjuo por Redaktisto ĉe Acme"
    assert is_of_applying(title)
    assert [bare_part(each) for each in parts_of_title(title)] == ["", "Redaktisto", "Acme"]


def test_what_is_wrong_with_its_words_for_interviews_is_told(added: Path) -> None:
    (added / "interviews" / f"{CODE}.toml").write_text("meetings = ['(']", "utf-8")
    [fault] = interview_words.faults()
    assert fault.startswith(f"resources/interviews/{CODE}.toml can't be read: meetings: the pattern '('")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("seek = ['serĉas']", "there's no entry called seek"),
        ("roles = ['(']", "roles: the pattern '('"),
        ("we_seek = ['<FIRM> serĉas']", "we_seek: nothing says what <FIRM> is"),
        ("role_endings = ['s']", "role_endings needs one text"),
    ],
)
def test_what_is_wrong_with_its_words_for_postings_is_told(added: Path, table: str, said: str) -> None:
    (added / "postings" / f"{CODE}.toml").write_text(table, "utf-8")
    [fault] = posting_words.faults()
    assert fault.startswith(f"resources/postings/{CODE}.toml can't be read: ")
    assert said in fault


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[heads]\nrole = ['rolo']", "there's no head called role"),
        ("closing = ['ĝis']", "there's no entry called closing"),
        ("quotes = ['(']", "quotes: the pattern '('"),
        ("greetings = 'kara'", "greetings needs a list of texts"),
    ],
)
def test_what_is_wrong_with_its_words_for_emails_is_told(added: Path, table: str, said: str) -> None:
    (added / "mails" / f"{CODE}.toml").write_text(table, "utf-8")
    [fault] = mail_words.faults()
    assert fault.startswith(f"resources/mails/{CODE}.toml can't be read: ")
    assert said in fault


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("headings", '[sure.eo]\nfirmo = ["firmo"]', "there's no field in [sure.eo] called firmo"),
        ("headings", '[sure.eo]\nemployer = "firmo"', "employer needs a list of texts, and has 'firmo'"),
        ("stages", '[[contains]]\nstage = "aplikis"\nwords = ["sendita"]', "'aplikis' is not a valid Stage"),
        ("values", '[months2]\n1 = "januaro"', "1 needs a list of texts, and has 'januaro'"),
        ("values", "[", "can't be read"),
    ],
)
def test_what_is_wrong_with_its_words_for_tables_is_told(
    added: Path, file: str, line: str, said: str
) -> None:
    table = added / "tables" / f"{file}.toml"
    table.write_text(f"{table.read_text('utf-8')}\n{line}\n", "utf-8")
    [fault] = words.faults()
    assert fault.startswith(f"resources/tables/{file}.toml can't be read: ")
    assert said in fault


def test_the_words_of_every_language_can_be_read() -> None:
    assert [fault for each in READ for fault in each.faults()] == []


def test_the_page_that_says_how_names_every_folder_of_words() -> None:
    page = (Path(__file__).parents[2] / "docs" / "translating.md").read_text("utf-8")
    by_language = {
        folder.name for folder in resources_dir().iterdir() if folder.is_dir() and folder.name != "icons"
    }
    assert {name for name in by_language if f"resources/{name}" not in page} == set()
