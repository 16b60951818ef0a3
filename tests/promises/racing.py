"""Many at once, on real threads."""

import threading
from collections.abc import Callable, Iterable
from typing import Any


def together(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in threads that start at one moment; give what they return and raise what they raise."""
    jobs = list(jobs)
    gate, results, errors = threading.Barrier(len(jobs)), [None] * len(jobs), []

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[number] = job()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
