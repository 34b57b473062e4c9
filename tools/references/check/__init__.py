"""The link checker: one verdict per link, each with a reason a person understands.

``run`` decides which addresses are to be asked, and ``schedule`` when. An ``asker`` has that done,
by a ``crew`` of threads of this process or by a ``cluster``. ``fetch`` asks, within limits of time,
bytes and public addresses, and brings an ``outcome``; ``judge`` says what that means, as a
``verdict``; ``memory`` keeps it from run to run, and ``formats`` tell it.
"""
