"""Sliders, fields, forms."""
