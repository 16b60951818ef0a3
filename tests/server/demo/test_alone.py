import fcntl

from server.demo.alone import FILE, alone


def test_a_second_demonstration_says_so_and_waits_for_the_first(tmp_path):
    told = []
    with (tmp_path / FILE).open("ab") as first:
        fcntl.flock(first, fcntl.LOCK_EX)

        def tell(words):
            told.append(words)
            fcntl.flock(first, fcntl.LOCK_UN)  # the first one ends while the second waits

        with alone(tmp_path, tell), (tmp_path / FILE).open("ab") as third:
            held = False
            try:
                fcntl.flock(third, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held = True
    assert held
    assert told == ["Another kith demo is at work here; waiting."]


def test_one_demonstration_after_another_says_nothing(tmp_path):
    told = []
    for _ in range(2):
        with alone(tmp_path, told.append):
            pass
    assert told == []
