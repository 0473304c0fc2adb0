"""The recommender: a library of its own. Ids and numbers in, suggestions with reasons out.

No Qt, no SQL, nothing of the player.
"""
