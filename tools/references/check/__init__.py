"""The link checker: one verdict per link, each with a reason a person understands.

``run`` decides which addresses are to be asked and ``schedule`` when; ``transport`` asks, where
``chain`` follows redirects and ``guard`` keeps every connection within its time, its bytes and
public addresses; ``policy`` judges the outcome, ``state`` remembers it, ``formats`` tell it.
"""
