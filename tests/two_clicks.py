"""The same form sent twice at the same moment, as by two clicks, or in two windows."""

import threading

from django.db import connections
from django.test import Client


def at_once(person, address, data):
    """The two answers, whichever came first."""
    start, answers = threading.Barrier(2), []

    def send():
        client = Client()
        client.force_login(person)
        start.wait()
        try:
            answers.append(client.post(address, data))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _window in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
