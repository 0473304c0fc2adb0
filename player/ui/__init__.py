"""The window: the only package with QtWidgets and QtGui; it changes things by asking the parts it is given."""
