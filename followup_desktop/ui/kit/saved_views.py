"""The user's own views of the table, by name: what is shown, in what order, with which columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from followup_desktop.domain.checks import clean_name
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.filters import NOT_RATED, NextStep
from followup_desktop.i18n import _
from followup_desktop.services.rows import NO_FILTERS, ApplicationQuery, QuickFilters, StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.ui.kit.window_settings import QUICK_FILTERS, SAVED_VIEWS, WindowSettings

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the table is set: what it shows in what order, and the names of its columns from left to right."""

    query: ApplicationQuery
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedView:
    """An arrangement with a name."""

    name: str
    arrangement: Arrangement


Restore = Callable[[], None]
"""Puts the views back as they were before a change."""


class SavedViews:
    """The views kept in the program's settings, in the order in which they were saved.

    Each change gives what takes it back. A view that is damaged there is left out, whatever it was.
    """

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def all(self) -> tuple[SavedView, ...]:
        """Every view."""
        try:
            found = json.loads(self._settings.get(SAVED_VIEWS))
        except ValueError:
            return ()
        views = [_read(each) for each in found] if isinstance(found, list) else []
        by_name = {view.name: view for view in reversed(views) if view is not None}
        return tuple(reversed(by_name.values()))

    def named(self, name: str) -> SavedView | None:
        """The view of that name."""
        return next((view for view in self.all() if view.name == name), None)

    def save(self, name: str, arrangement: Arrangement) -> Restore:
        """Keep an arrangement under a name, in place of one that has it; ``Refused`` if the name is empty."""
        new = SavedView(_checked(name), arrangement)
        views = [new if view.name == new.name else view for view in self.all()]
        return self._put(views if new in views else [*views, new])

    def rename(self, name: str, wanted: str) -> Restore:
        """Give a view another name; ``Refused`` if that is empty or taken."""
        new = _checked(wanted)
        if new != name and self.named(new) is not None:
            raise Refused(
                _("You already have a view named “{name}”. Choose another name.").format(name=new), "name"
            )
        views = self.all()
        return self._put([SavedView(new if v.name == name else v.name, v.arrangement) for v in views])

    def delete(self, name: str) -> Restore:
        """Keep that view no longer."""
        return self._put([view for view in self.all() if view.name != name])

    def _put(self, views: list[SavedView]) -> Restore:
        before = self._settings.get(SAVED_VIEWS)

        def restore() -> None:
            self._settings.set(SAVED_VIEWS, before)

        self._settings.set(SAVED_VIEWS, json.dumps([_written(view) for view in views], ensure_ascii=False))
        return restore


def _checked(name: str) -> str:
    try:
        text = " ".join(clean_name(name, "name").split())
    except Refused as refusal:
        raise Refused(_("Enter a name for the view."), "name") from refusal
    return text[:LONGEST_NAME].rstrip()


def _written(view: SavedView) -> Mapping[str, Any]:
    query = view.arrangement.query
    return {
        "name": view.name,
        "show": query.stage_filter.value,
        **written_filters(query.quick),
        "text": query.text,
        "order_by": query.order_by,
        "descending": query.descending,
        "columns": list(view.arrangement.columns),
    }


def _read(found: Any) -> SavedView | None:
    """A view as it was written, or ``None``; columns that are not known any more are left out."""
    try:
        query = ApplicationQuery(
            stage_filter=StageFilter(found["show"]),
            quick=read_filters(found),
            text=str(found["text"]),
            order_by=_column(found["order_by"]),
            descending=bool(found["descending"]),
        )
        columns = [each for each in found["columns"] if each in COLUMN_NAMES]
        return SavedView(_checked(found["name"]), Arrangement(query, tuple(dict.fromkeys(columns))))
    except (KeyError, TypeError, ValueError, Refused):
        return None


def kept_filters(settings: WindowSettings) -> QuickFilters:
    """The filters that were on when the window was closed."""
    try:
        return read_filters(json.loads(settings.get(QUICK_FILTERS)))
    except (AttributeError, TypeError, ValueError):
        return NO_FILTERS


def keep_filters(settings: WindowSettings, quick: QuickFilters) -> None:
    """Keep them for the next start."""
    settings.set(QUICK_FILTERS, json.dumps(written_filters(quick), ensure_ascii=False))


def written_filters(quick: QuickFilters) -> dict[str, Any]:
    """The filters as JSON has them."""
    return {
        "tags": list(quick.tags),
        "fit": quick.fit,
        "quiet_days": quick.quiet_days,
        "next_step": quick.next_step,
    }


def read_filters(found: Mapping[str, Any]) -> QuickFilters:
    """The filters as they were written, none where they are missing; ``ValueError`` for what they are not."""
    fit, quiet, step = (found.get(key) for key in ("fit", "quiet_days", "next_step"))
    if not (fit is None or fit in range(NOT_RATED, 6)) or not (quiet is None or quiet in range(1, 10_000)):
        raise ValueError(found)
    return QuickFilters(
        tags=tuple(str(tag) for tag in found.get("tags") or ()),
        fit=fit,
        quiet_days=quiet,
        next_step=None if step is None else NextStep(step),
    )


def _column(name: Any) -> str:
    if name not in COLUMN_NAMES:
        raise ValueError(name)
    return str(name)
