"""Mending the list: new addresses for what has moved, snapshots of what is dead.

``proposals`` says what is to be changed and what is better left to a person, ``wayback`` finds
snapshots, ``applying`` makes the text, ``telling`` shows all of it.
"""
