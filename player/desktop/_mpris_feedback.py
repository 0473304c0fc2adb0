"""An interface of our own beside MPRIS2's, which has no word for thumbs and undo.

Method names are what a bus calls them. Annotations are evaluated here (no `annotations` from `__future__`), as in
`_mpris_interfaces`.
"""

from dbus_fast.service import ServiceInterface, dbus_method

from player.desktop._mpris_interfaces import Command

FEEDBACK = "org.segue.Feedback"


class FeedbackInterface(ServiceInterface):
    """org.segue.Feedback, on the object of MPRIS2: thumbs for what plays, undo and redo."""

    def __init__(self, command: Command) -> None:
        super().__init__(FEEDBACK)
        self._command = command

    @dbus_method()
    def ThumbUp(self) -> None:
        """Say: more like what plays."""
        self._command("thumb", (1,))

    @dbus_method()
    def ThumbDown(self) -> None:
        """Skip what plays and leave it out."""
        self._command("thumb", (-1,))

    @dbus_method()
    def Undo(self) -> None:
        """Take the newest change back, wherever it was made."""
        self._command("undo", ())

    @dbus_method()
    def Redo(self) -> None:
        """Do again what was taken back last."""
        self._command("redo", ())
