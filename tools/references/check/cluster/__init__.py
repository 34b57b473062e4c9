"""The same work by the workers of a Dask cluster: ``check --scheduler ADDRESS``.

``client`` is the side of the process that was started, which judges and remembers; ``dispatch``
decides which worker asks which host; ``desk`` is what a worker does.
"""
