"""Offline training of the base weights: needs the `dev` and `basetrain` extras, never at run time.

`python -m recommender.basetrain LOGS OUT` trains on every log in a folder and reports how well the weights
do for each person when that person's log is held out.
"""
