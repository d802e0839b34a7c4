"""The chain of notifiers: nothing is lost when a back end fails."""

from __future__ import annotations

import pytest

from followup_desktop.services.ports import NotifierFailed
from followup_desktop.system.notifiers.backend import Listener
from followup_desktop.system.notifiers.chain import NotifierChain
from tests.system.doubles import ObedientBackend, Seconds, notification


class Chained:
    def __init__(self) -> None:
        self.clock = Seconds()
        self.actions: list[tuple[str, str]] = []
        self.backends: list[ObedientBackend] = []
        self.chain = NotifierChain(
            [
                lambda listener: self._keep(ObedientBackend("first", listener)),
                lambda listener: self._keep(ObedientBackend("second", listener)),
            ],
            lambda tag, action: self.actions.append((tag, action)),
            monotonic=self.clock,
        )
        self.first, self.second = self.backends

    def _keep(self, backend: ObedientBackend) -> ObedientBackend:
        self.backends.append(backend)
        return backend


def tags(backend: ObedientBackend) -> list[str]:
    return [each.tag for each in backend.taken]


def test_the_first_is_used_while_it_works() -> None:
    c = Chained()
    c.chain.notify(notification("a"))
    assert (tags(c.first), tags(c.second), c.chain.name) == (["a"], [], "first")


def test_one_that_refuses_is_passed_over() -> None:
    c = Chained()
    c.first.broken = True
    c.chain.notify(notification("a"))
    assert (tags(c.second), c.chain.name) == (["a"], "second")


def test_one_that_can_not_start_is_passed_over() -> None:
    c = Chained()
    c.first.broken = True
    c.chain.start()
    assert c.chain.name == "second"


def test_what_was_handed_over_and_not_shown_goes_to_the_next() -> None:
    c = Chained()
    c.chain.notify(notification("a"))
    c.chain.poll()
    c.chain.notify(notification("b"))
    c.chain.notify(notification("c"))
    c.first.break_down()
    assert tags(c.second) == ["b", "c"]


def test_one_that_says_it_is_back_is_used_again_at_once() -> None:
    c = Chained()
    c.first.break_down()
    c.first.recover()
    c.chain.notify(notification("a"))
    assert tags(c.first) == ["a"]


def test_one_that_says_nothing_is_tried_again_after_a_minute() -> None:
    c = Chained()
    c.first.break_down()
    c.first.broken = False
    c.chain.notify(notification("a"))
    c.clock.pass_by(61)
    c.chain.notify(notification("b"))
    assert (tags(c.first), tags(c.second)) == (["b"], ["a"])


def test_when_all_fail_the_list_in_the_program_has_it() -> None:
    c = Chained()
    c.first.broken = c.second.broken = True
    c.chain.notify(notification("a"))
    assert c.chain.name == "in-app list"


def test_a_withdrawal_reaches_all_of_them() -> None:
    c = Chained()
    c.chain.withdraw("a")
    assert c.first.withdrawn == c.second.withdrawn == ["a"]


def test_an_action_comes_back_with_its_tag() -> None:
    c = Chained()
    c.first.listener.action("a", "sent")
    c.first.listener.action("notify-test", "open")
    assert c.actions == [("a", "sent")]


def test_a_token_is_there_while_the_action_is_handled_and_no_longer() -> None:
    tokens: list[str] = []
    backends: list[ObedientBackend] = []

    def make(listener: Listener) -> ObedientBackend:
        backends.append(ObedientBackend("first", listener))
        return backends[0]

    chain = NotifierChain([make], lambda _tag, _action: tokens.append(chain.token))
    backends[0].listener.action("a", "open", "token-1")
    backends[0].listener.action("a", "open")
    assert tokens == ["token-1", ""]
    assert chain.token == ""


def test_the_fate_of_each_is_told_when_it_is_known() -> None:
    c = Chained()
    fates: list[tuple[str, str | None]] = []
    c.chain.set_fate_handler(lambda tag, back_end: fates.append((tag, back_end)))
    c.chain.notify(notification("a"))
    assert fates == []
    c.chain.poll()
    c.chain.notify(notification("b"))
    c.second.broken = True
    c.first.break_down()
    assert fates == [("a", "first"), ("b", None)]


def test_the_test_says_through_which_back_end_it_went() -> None:
    c = Chained()
    assert c.chain.send_test("Test", "A test") == "first"
    c.first.break_down()
    assert c.chain.send_test("Test", "A test") == "second"


def test_a_test_that_nobody_shows_fails() -> None:
    c = Chained()
    c.first.broken = c.second.broken = True
    with pytest.raises(NotifierFailed, match="Couldn't show a notification"):
        c.chain.send_test("Test", "A test")


def test_who_drives_it_is_told_when_there_is_something_to_await() -> None:
    c = Chained()
    seen: list[bool] = []
    c.chain.watch(lambda: seen.append(c.chain.busy))
    c.chain.notify(notification("a"))
    c.chain.poll()
    assert seen == [True, False]


def test_what_is_known_to_be_on_the_screen_is_what_the_back_ends_know() -> None:
    c = Chained()
    c.chain.notify(notification("a"))
    assert c.chain.on_screen == frozenset()
    c.chain.poll()
    c.first.break_down()
    c.chain.notify(notification("b"))
    c.chain.poll()
    assert c.chain.on_screen == {"a", "b"}
    c.chain.withdraw("a")
    assert c.chain.on_screen == {"b"}


def test_what_one_shows_late_is_wanted_only_if_no_other_has_shown_it() -> None:
    c = Chained()
    fates: list[tuple[str, str | None]] = []
    c.chain.set_fate_handler(lambda tag, back_end: fates.append((tag, back_end)))
    for tag in ("a", "b"):
        c.chain.notify(notification(tag))
    c.second.broken = True
    c.first.break_down()
    assert fates == [("a", None), ("b", None)]
    assert c.first.deliver_late(notification("a")), "nobody else did"
    assert fates[2:] == [("a", "first")]
    c.second.broken = False
    c.clock.pass_by(61)
    c.chain.notify(notification("b"))
    c.chain.poll()
    assert fates[3:] == [("b", "second")]
    assert not c.first.deliver_late(notification("b")), "it would stand there twice"
    assert len(fates) == 4
    c.chain.notify(notification("b"))
    c.first.broken = False
    assert c.second.deliver_late(notification("b")), "raised anew it is another"
