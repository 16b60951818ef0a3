"""Pokes and the Python reference client, with a stream made up for the test."""

from contextlib import contextmanager
from threading import Event

import httpx
import pytest

from mobile_contract.python import Phone, Pokes, ProblemError


class Answer:
    """What a server says on one connection; an exception breaks it there."""

    def __init__(self, *lines, status=200, body=b"{}"):
        self.lines, self.status_code, self.body, self.headers = lines, status, body, {}

    def iter_lines(self):
        for line in self.lines:
            if isinstance(line, Exception):
                raise line
            yield line

    def read(self):
        return self.body


class Net:
    """Gives one answer after the other and notes what was asked for; the last one ends the test's patience."""

    def __init__(self, *answers):
        self.answers, self.asked, self.stop = list(answers), [], Event()

    @contextmanager
    def opens(self, path, headers):
        self.asked.append(headers.get("last-event-id"))
        answer = self.answers.pop(0)
        if not self.answers:
            self.stop.set()
        yield answer


class FakePhone(Phone):
    """A phone that counts its syncs."""

    syncs = 0

    def sync(self):
        self.syncs += 1

    def request(self, method, path, body=None, headers=None):
        return {"poll_after_s": 0, "live": "/v1/sync/live"}


def poke(head):
    return ["event: head", f"id: {head}", f'data: {{"head": {head}}}', ""]


def pokes(net):
    return Pokes(FakePhone(None, "phone"), net.opens, chance=lambda: 0.5)


def test_each_poke_is_a_head_and_the_hint_and_the_last_event_are_kept():
    net = Net(Answer("retry: 7000", "", ":", "", *poke(4), *poke(9)), Answer())
    live = pokes(net)
    assert list(live.heads("/v1/sync/live")) == [4, 9]
    assert list(live.heads("/v1/sync/live")) == []
    assert (net.asked, live.retry_s, live.pause_s()) == ([None, "9"], 7.0, 10.5)


def test_a_phone_syncs_at_every_poke_and_goes_on_when_the_stream_breaks():
    broken = Answer(*poke(1), httpx.ReadError("cut"))
    busy = Answer(status=503, body=b'{"type": "/problems/live-away", "title": "", "remedy": "wait"}')
    net = Net(broken, busy, Answer(*poke(2)))
    live = pokes(net)
    live.retry_s = 0
    live.follow(net.stop)
    assert live.phone.syncs == 3 + 1  # once a round, and at the poke; the last round was told to stop


def test_a_phone_that_was_shut_out_stops():
    net = Net(Answer(status=401, body=b'{"type": "/problems/device-revoked", "title": "", "remedy": "wipe"}'), Answer())
    with pytest.raises(ProblemError):
        pokes(net).follow(net.stop)


def test_failures_in_a_row_make_longer_pauses():
    live = pokes(Net())
    pauses = []
    for live.failures in (1, 2, 4, 30):
        pauses.append(live.pause_s())
    assert pauses == [4.5, 9.0, 27.0, 153.0]
