"""Views: one area of the window each, composed of widgets and models."""
