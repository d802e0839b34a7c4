"""What a pasted posting, its address, or an email suggests for a new application. Nothing is looked up."""

from __future__ import annotations

from datetime import date

from followup_desktop.services.capture.postings.choosing import kept, settled
from followup_desktop.services.capture.postings.guess import (
    CLOSES_ON,
    EMPLOYER,
    LOCATION,
    ROLE,
    SALARY,
    SOURCE,
    URL,
    Doubt,
    PostingGuess,
    Suggestion,
    Trust,
)
from followup_desktop.services.capture.postings.lines import LONGEST_LINE, lines_of, sentences_of
from followup_desktop.services.capture.postings.mails import before_greeting, is_head
from followup_desktop.services.capture.postings.page_words import is_noise
from followup_desktop.services.capture.postings.sentences import from_mail, from_sentences, from_talk
from followup_desktop.services.capture.postings.stated import (
    from_dates,
    from_headings,
    from_labels,
    from_salaries,
    without_until,
)
from followup_desktop.services.capture.postings.titles import from_titles
from followup_desktop.services.capture.postings.web_addresses import from_addresses

__all__ = [
    "CLOSES_ON",
    "EMPLOYER",
    "LOCATION",
    "ROLE",
    "SALARY",
    "SOURCE",
    "URL",
    "PostingGuess",
    "Suggestion",
    "Trust",
    "read_posting",
]

_READ_AT_MOST = 20_000
_TITLE_LINES = 6
_HEAD_LINES = 15


def read_posting(text: str, today: date) -> PostingGuess:
    """Suggestions for a new application from what was pasted; never fails, whatever that is.

    Only what the text states by name ("Company: …") is ``STATED``, and only if it states one thing. A date
    without a year is the next such day from ``today`` on, and a guess; one that doesn't mean one day is a
    doubt, and the days it may mean are possible.
    """
    read = text[:_READ_AT_MOST]
    everything = list(lines_of(read))
    lines = [line for line in everything if len(line.text) <= LONGEST_LINE]
    sentences = list(sentences_of(everything))
    bare = [line for line in lines if not is_noise(line.text)]
    title = [line for line in before_greeting(bare) if not is_head(line.text)][:_TITLE_LINES]
    title = [without_until(line, today) for line in title] if len(everything) == 1 else title
    closing = list(from_dates(sentences, today))
    found = [
        *from_labels(lines),
        *from_headings(bare),
        *(each for each in closing if isinstance(each, Suggestion)),
        *from_salaries(sentences),
    ]
    found += [*from_titles(title, read), *from_mail(lines[:_HEAD_LINES], sentences)]
    # Addresses last: of two equal names that in the text has the right capitals.
    found += [*from_sentences(sentences), *from_addresses(read)]
    fields = {each.field for each in found}
    if ROLE in fields and EMPLOYER not in fields:
        found += from_talk(sentences)
    doubts = tuple(each for each in closing if isinstance(each, Doubt))
    return PostingGuess(text=text, suggestions=tuple(settled(kept(found))), doubts=doubts)
