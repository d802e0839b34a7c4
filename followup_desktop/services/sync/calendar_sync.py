"""The calendar on the user's server, kept as it is to be: when to look and write, and how that goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.own_thread import Runner
from followup_desktop.services.ports import (
    Clock,
    Credentials,
    KeyringDismissed,
    KeyringUnavailable,
    WebClient,
    WebReply,
)
from followup_desktop.services.reminding.phone_calendar import Read
from followup_desktop.services.sync.account import Account, SyncOptions, clean_address
from followup_desktop.services.sync.failures import (
    CalendarGone,
    CalendarMoved,
    DavFailed,
    NoPassword,
    ProxyWantsLogin,
    Steps,
)
from followup_desktop.services.sync.passwords import Passwords
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import elide
from followup_desktop.storage.published import BESIDE_UID, PhoneQuestion, QuestionKind
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import ACCOUNT, HIDING, NAMED, OPTIONS, TOKEN, URL

if TYPE_CHECKING:
    from followup_desktop.services.sync.round import Round
    from followup_desktop.services.sync.wanted_calendar import WantedCalendar

T = TypeVar("T")

AT_MOST_EVERY = timedelta(seconds=10)
LOOK_EVERY = timedelta(minutes=15)
_WAITS = tuple(timedelta(minutes=m) for m in (0.5, 1, 2, 5, 15, 30, 60))
"""How long after the first, second, … failure in a row it is tried again; the last goes on for ever."""
_ASLEEP = timedelta(minutes=5)
"""Between two beats no more passes unless the computer was asleep, or its clock was set."""
_A_MATTER = timedelta(days=1)
"""Behind for so long, it is said beside what else the user does: the phone no longer rings in time."""
_KEYRING_TRIES = 3
"""After so many failures in a row the keyring isn't waited for any more, and the password is asked for."""
_POLL_MS = 50
_HELD_MS = 200
_TURN = 0.0001
"""So many seconds the window has to itself after each entry: Python runs one thread at a time."""
_SYNCED = "synced_at"
_NAME_LENGTH = 60


class WantedMaker:
    """Makes what is to stand on the server; to be called beside the window, as it reads everything."""

    def __init__(self, read: Read, wording: Wording) -> None:
        self._read = read
        self._wording = wording

    def make(self, now: datetime, options: SyncOptions) -> WantedCalendar:
        """The calendar at an instant."""
        from followup_desktop.services.sync.wanted_calendar import wanted_calendar

        return wanted_calendar(self._read(), now, self._wording, options, lambda: sleep(_TURN))


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPorts:
    """What the sync reaches out of the program with.

    ``connect`` makes the client, and with it loads what speaks to a network: it is called only when there is
    a server to speak to. ``run`` runs work beside the window, and ``later`` calls back after so many
    milliseconds.
    """

    connect: Callable[[], WebClient]
    passwords: Passwords
    run: Runner
    later: Callable[[int, Callable[[], None]], object]
    clock: Clock


@dataclass(frozen=True, slots=True)
class CalendarPlace:
    """Where the program's own calendar is.

    ``takes_tasks`` is ``None`` where it's the known one. ``beside`` is what it is called, and what other
    calendars of the program are that stand there too, if there are any.
    """

    url: str
    takes_tasks: bool | None = None
    beside: tuple[str, ...] = ()


class CalendarSync:
    """Keeps the calendar; ``beat`` is called again and again, and never waits for anything.

    Off until ``connect`` has succeeded once. What fails is shown as ``failure`` and tried again at
    ``retry_at``; where that is ``None`` it is not, before the user asks for it.
    """

    def __init__(self, store: Store, maker: WantedMaker, outside: SyncPorts) -> None:
        self._store = store
        self._records = store.published
        self._maker = maker
        self._outside = outside
        self._client: WebClient | None = None
        self._going: Round | None = None
        self._login: Credentials | None = None
        self._proxy_login: Credentials | None = None
        self._is_held: Callable[[], bool] = lambda: False
        self._finish: Callable[[str], bool] = lambda _key: False
        self._watchers: list[Callable[[], None]] = []
        self._talk = 0
        self._is_busy = False
        self._changed = True
        self._until: datetime | None = None
        self._looked: datetime | None = None
        self._started: datetime | None = None
        self._beaten: datetime | None = None
        self._failures = 0
        self._is_asked_to_wait = False
        self._waiting: dict[str, str] = {}
        """The entries that the last round passed over, and what they were to say: only they wait."""
        self._refusals: Counter[str] = Counter()
        """How often the server did not take an entry."""
        self._begun = ""
        """The name of the calendar about to be made when the server was last heard of."""
        self.failure = ""
        """Why the last try failed, in a sentence; empty where it did not."""
        self.retry_at: datetime | None = None
        self.is_gone = False
        """Whether the calendar was deleted on the server."""
        self.lacks_password = False
        """Whether the last try found no app password on this computer."""
        self.others = 0
        """How many entries of others kept the calendar from being removed."""
        self.wants_proxy_login = False
        """Whether a proxy on the way asks for a user and a password."""
        self._account: Account | None = None
        self.reload()

    # How it stands

    @property
    def account(self) -> Account | None:
        """The account, if there is one."""
        return self._account

    @property
    def options(self) -> SyncOptions:
        """How the entries are to be written, also while no server is connected."""
        if self._account is not None:
            return self._account.options
        return SyncOptions.from_text(self._records.state().get(OPTIONS, ""))

    @property
    def host(self) -> str:
        """The server that is written to, to be shown."""
        from urllib.parse import urlsplit

        return urlsplit(self._records.state().get(URL, "")).hostname or ""

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._is_busy

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many entries have been written of how many, while many are."""
        return self._going.progress if self._going is not None else None

    @property
    def synced_at(self) -> datetime | None:
        """When both sides were last seen to be alike."""
        at = self._records.state().get(_SYNCED, "")
        return datetime.fromtimestamp(int(at), UTC) if at.isdecimal() else None

    def why_behind(self, now: datetime) -> str | None:
        """Why it stays as it is until the user does something, or hasn't come on for a day; in a sentence."""
        if self._account is None or not self.failure:
            return None
        at = self.synced_at
        is_old = at is not None and now - at >= _A_MATTER
        return self.failure if self.retry_at is None or self.is_gone or is_old else None

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call this whenever it stands otherwise."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[], None]) -> None:
        """No longer."""
        with suppress(ValueError):
            self._watchers.remove(watcher)

    def hold_while(self, is_held: Callable[[], bool]) -> None:
        """Nothing is written down as long as this is true."""
        self._is_held = is_held

    def finish_with(self, finish: Callable[[str], bool]) -> None:
        """Call this with the key of a follow-up that was done on the phone; whether that was recorded."""
        self._finish = finish

    def reload(self) -> None:
        """Read anew whose calendar it is, as after a backup was put back."""
        self._account = Account.from_text(self._records.state().get(ACCOUNT, ""))

    # What is to be done

    def facts_changed(self) -> None:
        """Something was edited: one of the next beats writes it."""
        self._changed = True

    def try_now(self) -> None:
        """Look and write at once, also after a failure."""
        self._failures, self.retry_at, self.failure, self.is_gone = 0, None, "", False
        self._waiting = {}
        self._looked = self._started = None
        self._changed = True
        self.beat(self._outside.clock())

    def set_options(self, options: SyncOptions) -> None:
        """Write the entries this way from now on, or from when a server is connected."""
        if options == self.options:
            return
        if self._account is None:
            self._records.keep({OPTIONS: options.as_text()})
            return
        account = replace(self._account, options=options)
        is_hiding = options.private and not self._account.options.private
        self._records.keep({ACCOUNT: account.as_text(), **({HIDING: "1"} if is_hiding else {})})
        self._account = account
        self._changed = True
        self._notify()

    def beat(self, now: datetime) -> None:
        """Begin a round where one is called for."""
        if self._account is None:
            return
        if self._beaten is not None and not timedelta(0) <= now - self._beaten < _ASLEEP:
            self._look_again(now)
        self._beaten = now
        if self._is_busy or not self._is_called_for(now):
            return
        look = (
            self._is_retried(now)
            or self._looked is None
            or not timedelta(0) <= now - self._looked < LOOK_EVERY
        )
        self._started = now
        self._changed = False
        self._begin_round(now, look)

    def connect(
        self,
        address: str,
        user: str,
        password: str,
        done: Callable[[str], None],
        proxy: Credentials | None = None,
    ) -> None:
        """Find the server, make the calendar, and keep the account; ``done`` gets a sentence, or ``""``.

        The password is kept once it was accepted. ``proxy`` is for a proxy that asks.
        """
        self._proxy_login = proxy or self._proxy_login
        address = clean_address(address)
        login = Credentials(user=user.strip() or address, password=password)
        before = self._account
        whose = address, login.user
        is_same = before is not None and (before.address, before.user) == whose
        known = self._records.state().get(URL, "")

        def found(place: CalendarPlace) -> None:
            self._beside(put, lambda in_keyring: keep(place, in_keyring=in_keyring), refuse)

        def put() -> bool:
            if proxy is not None:
                self._outside.passwords.put_proxy(proxy.password)
            return self._outside.passwords.put(password)

        def keep(place: CalendarPlace, *, in_keyring: bool) -> None:
            takes_tasks = place.takes_tasks
            is_known = takes_tasks is None
            if before is not None and is_known:  # only the password is another
                takes_tasks = before.takes_tasks
            account = Account(
                address=address,
                user=login.user,
                options=self.options,
                takes_tasks=takes_tasks is not False,
                in_keyring=in_keyring,
                proxy_user=self._proxy_login.user if self._proxy_login is not None else "",
            )
            self._keep_calendar(place, account, known if is_known else "")
            self._login = login
            self.wants_proxy_login = False
            done("")
            self.try_now()

        def refuse(error: Exception) -> None:
            self.wants_proxy_login = isinstance(error, ProxyWantsLogin)
            done(_sentence(error))
            _raise_unexpected(error)

        steps = self._connecting(whose[0], known, is_at_known=is_same)
        self._converse(steps, login, found, refuse)

    def enter_proxy_login(self, login: Credentials) -> None:
        """Give this to the proxy from now on, and look and write at once."""
        account = self._account
        if account is None:
            return

        def kept(_none: object) -> None:
            self._keep_account(replace(account, proxy_user=login.user))
            self.try_now()

        self._proxy_login = login
        self._beside(lambda: self._outside.passwords.put_proxy(login.password), kept, self._failed)

    def make_again(self, done: Callable[[str], None]) -> None:
        """Make the calendar anew after it was deleted on the server, unless it's there again."""
        account = self._account
        if account is None:
            return
        known = self._records.state().get(URL, "")

        def found(place: CalendarPlace) -> None:
            if place.takes_tasks is None:  # it's the known one
                self._keep_calendar(place, account, known)
            else:
                is_told = BESIDE_UID not in self._records.questions()
                made = CalendarPlace(place.url, place.takes_tasks, () if is_told else place.beside)
                self._keep_calendar(made, replace(account, takes_tasks=place.takes_tasks))
            done("")
            self.try_now()

        def refuse(error: Exception) -> None:
            done(_sentence(error))
            _raise_unexpected(error)

        steps = self._connecting(account.address, known, is_at_known=True)
        self._with_login(lambda login: self._converse(steps, login, found, refuse), refuse)

    def count_others(self, done: Callable[[str], None]) -> None:
        """Count the entries of the calendar that aren't the program's, in ``others``.

        ``done`` gets that they would be deleted, in a sentence; ``""`` where there are none, or the server
        doesn't tell.
        """
        from followup_desktop.services.sync.foreign_entries import others_in, others_told

        state = self._records.state()
        url = state.get(URL, "")
        self.others = 0

        def counted(count: int) -> None:
            self.others = count
            done(others_told(count))

        def refuse(error: Exception) -> None:
            done("")
            _raise_unexpected(error)

        steps = others_in(url, self._own_addresses(), state.get(NAMED, url))
        self._with_login(lambda login: self._converse(steps, login, counted, refuse), refuse)

    def _own_addresses(self) -> frozenset[str]:
        return frozenset(row.href for row in self._records.all().values())

    def disconnect(self, *, remove: bool, done: Callable[[str], None], others: int = 0) -> None:
        """Forget the account; with ``remove`` delete the calendar on the server first, or else nothing.

        It isn't deleted where it holds more entries than ``others`` that aren't the program's; how many it
        does is in ``others`` then.
        """
        state = self._records.state()
        url = state.get(URL, "")
        self.others = others

        def refuse(error: Exception) -> None:
            from followup_desktop.services.sync.foreign_entries import ForeignEntries

            if isinstance(error, ForeignEntries):
                self.others = error.count
            done(_sentence(error))
            _raise_unexpected(error)

        def forget(_result: object = None) -> None:
            options = self.options
            self._records.forget({OPTIONS: options.as_text()} if options != SyncOptions() else None)
            self._account = self._login = self._proxy_login = None
            self.wants_proxy_login = False
            self._failures, self.failure, self.retry_at, self.is_gone = 0, "", None, False
            self._waiting = {}
            self._beside(self._outside.passwords.forget, lambda _none: done(""), refuse)

        if remove and url:
            steps = _removing_alone(url, self._own_addresses(), others, state.get(NAMED, url))
            self._with_login(lambda login: self._converse(steps, login, forget, refuse), refuse)
        else:
            self._stop()
            self._end(forget, refuse)

    def close(self) -> None:
        """Give up what is under way; the next start goes on from what is stored."""
        self._stop()

    # How it goes

    def _look_again(self, now: datetime) -> None:
        """The computer was asleep: much may have happened, and the network may be another."""
        self._looked = None
        if self.retry_at is not None and not self._is_asked_to_wait:
            self.retry_at = min(self.retry_at, now)

    def _is_called_for(self, now: datetime) -> bool:
        if self._started is not None and timedelta(0) <= now - self._started < AT_MOST_EVERY:
            return False
        if self._is_retried(now):
            return True
        if self.failure and not self._waiting:
            return False
        is_over = self._until is not None and now >= self._until
        is_old = self._looked is None or not timedelta(0) <= now - self._looked < LOOK_EVERY
        return self._changed or is_over or is_old

    def _is_retried(self, now: datetime) -> bool:
        return self.retry_at is not None and now >= self.retry_at

    def _begin_round(self, now: datetime, look: bool) -> None:
        account = self._account
        if account is None:
            return

        from followup_desktop.services.sync.round import EarlierRounds, Round

        waiting = {} if self._is_retried(now) else self._waiting
        before = EarlierRounds(waiting=waiting, refusals=self._refusals)

        def begin(made: tuple[Credentials, WantedCalendar]) -> None:
            login, wanted = made
            self._login, self._until = login, wanted.until
            going = Round(self._records, wanted.items, now, self._finish, before)
            steps = going.run(look=look)
            succeeded = partial(self._succeeded, now, look, going)
            self._converse(steps, login, lambda _none: succeeded(), self._round_failed, going)

        self._beside(
            lambda: (self._known_login(account), self._maker.make(now, account.written_as)),
            begin,
            self._failed,
        )

    def _succeeded(self, now: datetime, look: bool, going: Round) -> None:
        if look:
            self._looked = now
        self._waiting = going.left()
        self._refusals.update(going.refused)
        if going.passed_over:
            self._note_failure(next(iter(going.passed_over.values())))
        if going.passed_over or self._waiting:
            self._notify()
            return
        self._failures, self.failure, self.retry_at = 0, "", None
        self._refusals.clear()
        self.wants_proxy_login = self.is_gone = self.lacks_password = False
        with suppress(Refused):
            self._records.save(state={_SYNCED: str(int(now.timestamp()))})
        self._notify()

    def _round_failed(self, error: Exception) -> None:
        """Go on where the server sends, once; what else failed, or fails again, is told."""
        known, login = self._records.state().get(URL, ""), self._login
        if login is None or self._failures or not isinstance(error, CalendarMoved):
            self._failed(error)
            return

        from followup_desktop.services.sync.discovery import find_again

        def found(url: str | None) -> None:
            if url in (None, known):
                self._failed(CalendarGone() if url is None else error)
                return
            self._move(known, url, {URL: url})
            self._failures, self._changed = 1, True
            self._looked = self._started = None
            self.beat(self._outside.clock())

        self._converse(find_again(known), login, found, self._failed)

    def _failed(self, error: Exception) -> None:
        """Note why it failed, and when it is tried again; what nobody expected is raised, too."""
        self._is_busy = False
        self._note_failure(error)
        self._waiting, self._changed, self._looked = {}, True, None
        self._notify()
        _raise_unexpected(error)

    def _note_failure(self, error: Exception) -> None:
        now = self._outside.clock()
        self.failure = _sentence(error)
        self.is_gone = isinstance(error, CalendarGone)
        self.lacks_password = isinstance(error, NoPassword)
        self.wants_proxy_login = isinstance(error, ProxyWantsLogin)
        wait = _WAITS[min(self._failures, len(_WAITS) - 1)]
        self._failures += 1
        lasting = isinstance(error, DavFailed) and error.is_lasting
        asked = error.wait_from(now) if isinstance(error, DavFailed) else timedelta(0)
        self._is_asked_to_wait = asked > timedelta(0)
        wait = max(wait, asked)
        self.retry_at = None if lasting else now + wait

    def _converse(
        self,
        steps: Steps[Any],
        login: Credentials,
        then: Callable[[Any], None],
        otherwise: Callable[[Exception], None],
        going: Round | None = None,
    ) -> None:
        """Go through the steps with the server, as its replies come; ``going`` is the round they are of."""
        self._stop()
        self._is_busy, self._going = True, going
        talk = self._talk
        self._notify()
        client = self._client = self._client or self._outside.connect()
        client.proxy_login = self._proxy_login

        def go_on(replies: list[WebReply] | None) -> None:
            if talk != self._talk:
                return
            if self._is_held():
                self._outside.later(_HELD_MS, lambda: go_on(replies))
                return
            before = self.progress
            try:
                requests = next(steps) if replies is None else steps.send(replies)
            except StopIteration as end:
                self._end(partial(then, end.value), otherwise)
            except Exception as error:  # noqa: BLE001 - handed on
                self._end(partial(otherwise, error), otherwise)
            else:
                if requests:
                    client.send(requests, login, go_on)
                else:
                    self._outside.later(0, lambda: go_on([]))
                if self.progress != before:
                    self._notify()

        go_on(None)

    def _end(self, then: Callable[[], None], otherwise: Callable[[Exception], None]) -> None:
        """Go on; what can't be stored now, as another process writes, has failed like all else."""
        self._is_busy, self._going = False, None
        self._talk += 1
        try:
            then()
        except Refused as refused:
            otherwise(refused)
        self._notify()

    def _stop(self) -> None:
        """Give up what is under way; what it was to write is written by the next round."""
        self._changed |= self._is_busy
        self._talk += 1
        self._is_busy, self._going = False, None
        if self._client is not None:
            self._client.stop()

    def _with_login(
        self, then: Callable[[Credentials], None], otherwise: Callable[[Exception], None]
    ) -> None:
        """Go on with user and password, once they are read."""
        account = self._account
        if account is not None:
            self._beside(lambda: self._known_login(account), then, otherwise)

    def _known_login(self, account: Account) -> Credentials:
        """User and password, and the proxy's; beside the window, as the keyring may ask the user."""
        if account.proxy_user and self._proxy_login is None and (secret := self._outside.passwords.proxy()):
            self._proxy_login = Credentials(user=account.proxy_user, password=secret)
        if self._login is not None:
            return self._login
        try:
            password = self._outside.passwords.get()
        except KeyringDismissed as dismissed:  # who closed its question isn't asked again and again
            raise DavFailed(str(dismissed), is_lasting=True) from dismissed
        except KeyringUnavailable as unavailable:
            if account.in_keyring and self._failures < _KEYRING_TRIES:  # it may come a while after the login
                sentence = _("This system's keyring isn't available, so your app password can't be read.")
                raise DavFailed(sentence) from unavailable
            password = None
        if not password:
            raise NoPassword
        return Credentials(user=account.user, password=password)

    def _beside(
        self, work: Callable[[], T], then: Callable[[T], None], otherwise: Callable[[Exception], None]
    ) -> None:
        """Do this beside the window, and go on with what it gives."""
        self._stop()
        self._is_busy = True
        talk = self._talk
        self._notify()
        results: list[T] = []
        errors: list[Exception] = []

        def do() -> None:
            try:
                results.append(work())
            except Exception as error:  # noqa: BLE001 - handed on
                errors.append(error)

        ended = self._outside.run(do)

        def see() -> None:
            if talk != self._talk:
                return
            if not ended(0) or self._is_held():
                self._outside.later(_POLL_MS, see)
            elif errors:
                self._end(partial(otherwise, errors[0]), otherwise)
            else:
                self._end(partial(then, results[0]), otherwise)

        see()

    def _keep_calendar(self, place: CalendarPlace, account: Account, before: str = "") -> None:
        """Remember the calendar and whose it is: another than up to now, or the same at another address."""
        state: dict[str, str | None] = {URL: place.url, ACCOUNT: account.as_text()}
        if not before:
            self._records.forget(state)
            if place.beside:
                self._records.save(asked=(_question_about_others(place.beside, self._outside.clock()),))
        elif place.url != before:
            self._move(before, place.url, state)
        else:
            self._records.keep(state)
        self._account = account
        self._begun = ""

    def _move(self, before: str, url: str, state: dict[str, str | None]) -> None:
        """Go on with the calendar at another address; its entries keep their names, and so do new ones."""
        named = self._records.state().get(NAMED, before)
        self._records.move(before, url, {**state, NAMED: named, TOKEN: None})

    def _connecting(
        self, address: str, known: str = "", *, is_at_known: bool = False
    ) -> Steps[CalendarPlace]:
        """Find the user's calendars and make the program's own, unless the known one is still there.

        With ``is_at_known`` it is looked for where it is known to be first; else only where the address
        leads, however it's spelled.
        """
        from uuid import uuid4

        from followup_desktop.services.sync import dav
        from followup_desktop.services.sync.discovery import (
            calendars_beside,
            find_again,
            find_home,
            kinds_taken,
            make_own_calendar,
        )

        if known and is_at_known and (found := (yield from find_again(known))) is not None:
            return CalendarPlace(url=found)
        home = yield from find_home(address)
        if known and not is_at_known:
            there = dav.absolute(home, f"{known.rstrip('/').rpartition('/')[2]}/")
            if (found := (yield from find_again(there))) is not None:
                return CalendarPlace(url=found)
        if self._begun:
            there = dav.absolute(home, f"{self._begun}/")
            with suppress(DavFailed):  # what is wrong then is told when it is made
                if (found := (yield from find_again(there))) is not None:
                    takes_tasks = "VTODO" in (yield from kinds_taken(found))
                    return CalendarPlace(found, takes_tasks, (yield from calendars_beside(home, found)))
        # Of its own for each connection: what another copy of the program wrote is never touched.
        self._begun = f"follow-up-{uuid4().hex[:8]}"
        url, takes_tasks = yield from make_own_calendar(home, self._begun)
        return CalendarPlace(url, takes_tasks, (yield from calendars_beside(home, url)))

    def _keep_account(self, account: Account) -> None:
        self._records.keep({ACCOUNT: account.as_text()})
        self._account = account

    def _notify(self) -> None:
        for watcher in tuple(self._watchers):
            watcher()


def _question_about_others(names: Sequence[str], now: datetime) -> PhoneQuestion:
    subject = "\n".join(elide(name, _NAME_LENGTH) for name in names)
    return PhoneQuestion(
        uid=BESIDE_UID, kind=QuestionKind.BESIDE, subject=subject, starts_at=None, asked_at=now
    )


def _removing_alone(url: str, own: Collection[str], others: int, named: str) -> Steps[None]:
    from followup_desktop.services.sync.foreign_entries import ForeignEntries, others_in

    if (count := (yield from others_in(url, own, named))) > others:
        raise ForeignEntries(count)
    yield from _removing(url)


def _removing(url: str) -> Steps[None]:
    """Delete the calendar; where it isn't found, only if the folder around it still is."""
    from followup_desktop.services.sync import dav
    from followup_desktop.services.sync.discovery import find_again

    (reply,) = yield (dav.delete_calendar(url),)
    if dav.is_deleted(reply):
        return
    if reply.status in (404, 410):
        home = dav.absolute(url, "../")
        if (yield from find_again(home)) is not None and (yield from find_again(url)) is None:
            return
    raise dav.failed(reply)


def _sentence(error: Exception) -> str:
    if isinstance(error, (DavFailed, Refused)):
        return str(error)
    return _("Something unexpected went wrong.")


def _raise_unexpected(error: Exception) -> None:
    if not isinstance(error, (DavFailed, Refused)):
        raise error
