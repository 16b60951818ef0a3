import signal

import pytest

from server.cli.interrupts import unbroken


def test_a_step_that_has_to_be_whole_is_not_broken_off_and_the_next_is():
    with unbroken():
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
