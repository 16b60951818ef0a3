"""Thousands of seeds on several processes: the same worlds however many share the work."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from server.simulation.run import Result, play_seed
from server.simulation.stores import Stores, postgres
from server.storage.memory import MemoryStore

#: Seeds that a process takes at once.
_PORTION = 10

_stores: Stores | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to play. minutes : after which no further seeds begin, None for all. compare : every so many seeds are
    played in memory too and must answer alike, 0 for never."""

    first: int
    count: int
    store: str
    jobs: int = 1
    minutes: float | None = None
    url: str = ""
    compare: int = 20


def play_many(asked: Asked, tell: Callable[[Result], None]) -> int:
    """Play the seeds and tell each result; gives how many were played. They come in no certain order."""
    played = 0
    for result in _results(asked):
        tell(result)
        played += 1
    return played


def _results(asked: Asked) -> Iterator[Result]:
    with ExitStack() as stack:
        urls = [asked.url] * asked.jobs
        if asked.store == "postgresql" and not asked.url:
            urls = stack.enter_context(postgres(asked.jobs))
        if asked.jobs == 1:
            stores = Stores(asked.store, urls[0])
            stack.callback(stores.close)
            yield from _alone(asked, stores)
        else:
            yield from _together(asked, urls, stack)


def _alone(asked: Asked, stores: Stores) -> Iterator[Result]:
    deadline = _deadline(asked)
    for seed in range(asked.first, asked.first + asked.count):
        if time.monotonic() > deadline:
            return
        yield play_one(seed, stores, asked.compare)


def _together(asked: Asked, urls: list[str], stack: ExitStack) -> Iterator[Result]:
    context = get_context("spawn")
    queue = context.SimpleQueue()
    for url in urls:
        queue.put(url)
    pool = stack.enter_context(
        ProcessPoolExecutor(asked.jobs, mp_context=context, initializer=_begin, initargs=(asked.store, queue))
    )
    deadline, seeds = _deadline(asked), iter(range(asked.first, asked.first + asked.count))
    running: set[Future[list[Result]]] = set()
    while True:
        while (
            len(running) < asked.jobs * 2 and time.monotonic() < deadline and (portion := list(islice(seeds, _PORTION)))
        ):
            running.add(pool.submit(_play_portion, portion, asked.compare))
        if not running:
            pool.submit(_end).result()
            return
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield from future.result()


def _deadline(asked: Asked) -> float:
    return time.monotonic() + asked.minutes * 60 if asked.minutes else float("inf")


def _begin(store: str, queue: "object") -> None:
    import atexit

    global _stores  # one per process, made once by the pool's initializer
    _stores = Stores(store, queue.get())  # type: ignore[attr-defined] # a SimpleQueue, whose class is made at run time
    atexit.register(_stores.close)


def _end() -> None:
    """Let a process notice that there is no more work."""


def _play_portion(seeds: list[int], compare: int) -> list[Result]:
    if _stores is None:
        raise AssertionError("the pool has set the stores up")
    return [play_one(seed, _stores, compare) for seed in seeds]


def play_one(seed: int, stores: Stores, compare: int) -> Result:
    """Play one seed; now and then in memory too, where every answer must be the same."""
    result = play_seed(seed, stores.next())
    if result.promise or not compare or stores.kind == "memory" or seed % compare:
        return _light(result)
    twin = play_seed(seed, MemoryStore())
    if twin.promise:
        return _light(twin)
    return _light(_alike(result, twin, stores.kind))


def _alike(result: Result, twin: Result, kind: str) -> Result:
    for number, (one, other) in enumerate(zip(result.transcript, twin.transcript, strict=False)):
        if one != other:
            detail = f"answer {number} differs: {kind} {str(one)[:600]} · memory {str(other)[:600]}"
            return Result(result.seed, "SQLITE-IS-PG", detail)
    if len(result.transcript) != len(twin.transcript):
        return Result(result.seed, "SQLITE-IS-PG", "one answered more requests than the other")
    return result


def _light(result: Result) -> Result:
    """Leave the transcript behind: it is large and nobody further on reads it."""
    return Result(result.seed, result.promise, result.detail, result.trace)
