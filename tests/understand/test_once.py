import threading
import time

from bowerbird.understand.once import once


def test_what_takes_a_while_is_made_once_however_many_come_for_it():
    made = []

    @once
    def slow():
        time.sleep(0.05)
        made.append(1)
        return object()

    found = []
    threads = [threading.Thread(target=lambda: found.append(slow())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and len(set(map(id, found))) == 1
