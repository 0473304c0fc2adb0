"""Widgets that know nothing of the player: buttons, sliders, lists, sheets, notices."""
