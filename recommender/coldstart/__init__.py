"""What plays next while next to nothing is known of the listener: a tour of the library that follows every word.

NumPy only: it also stands in while ONNX Runtime is loaded.
"""

from recommender.coldstart._tour import MAX_PLAYS, ColdStart

__all__ = ["MAX_PLAYS", "ColdStart"]
