"""Telling ListenBrainz and Last.fm what was played: turning it on, signing in, how it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from player.domain import Settings
from player.scrobbling import Trouble
from player.ui import words
from player.ui.services import HasLook, HasSettings
from player.ui.views.frame.scrolled import PanelCard
from player.ui.widgets.buttons.controls import Check, TextButton
from player.ui.widgets.inputs.form import Field
from player.ui.widgets.layout.insets import inset
from player.ui.widgets.layout.labels import TextLabel

if TYPE_CHECKING:
    from player.scrobbling import Account, AccountState, Scrobbling

LOOPBACK = ("127.0.0.1", "localhost", "::1")
INDENT = 32


class ScrobblingCardNeeds(HasLook, HasSettings, Protocol):
    """What `ScrobblingCard` asks for."""


class ScrobblingCard(PanelCard):
    """Both services, off until they are turned on.

    Args:
        context: The window's services.
        scrobbling: What sends.
    """

    def __init__(self, context: ScrobblingCardNeeds, scrobbling: Scrobbling) -> None:
        super().__init__(context.look, words.translate("ScrobblingCard", "Tell others what you play"))
        text = self.tr(
            "Off, unless you turn it on. Title, artist, album, length, number and time of what you play from then on "
            "are sent to the service, and what plays now; nothing else is, and nothing of a private session."
        )
        self.body.addWidget(TextLabel(context.look, text, font="second", colour="text2", wrap=True))
        self.listenbrainz = ListenBrainzPanel(context, scrobbling)
        self.lastfm = LastFmPanel(context, scrobbling)
        self.body.addWidget(self.listenbrainz)
        self.body.addWidget(self.lastfm)


class AccountPanelNeeds(HasLook, HasSettings, Protocol):
    """What `AccountPanel` asks for."""


class AccountPanel(QWidget):
    """One service: a switch, what it needs, and a line on how it stands.

    Args:
        context: The window's services.
        account: The account there.
        field: The setting that turns it on.
        text: The switch's words.
    """

    def __init__(self, context: AccountPanelNeeds, account: Account, field: str, text: str) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self._settings = context.settings
        self._account = account
        self.switch = Check(self._look, text)
        self.switch.setChecked(bool(getattr(self._settings.value, field)))
        self.switch.toggled.connect(lambda on: self._settings.change(**{field: on}))
        self._setting = field
        # A method: the settings outlive the window, and a lambda would go on after the card is gone.
        self._settings.changed.connect(self._show_switch)
        self.details = QWidget()
        self.rows = QVBoxLayout(self.details)
        inset(self.rows, INDENT, 0, 0, 4)
        self.rows.setSpacing(8)
        self.state = TextLabel(self._look, font="second", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.switch)
        column.addWidget(self.details)
        account.changed.connect(self._show)

    def _show_switch(self, value: Settings) -> None:
        self.switch.setChecked(bool(getattr(value, self._setting)))

    def _finish(self) -> None:
        """The state comes last; show everything as it is."""
        self.rows.addWidget(self.state)
        self._show(self._account.state)
        self.details.setVisible(self.switch.isChecked())
        self.switch.toggled.connect(self.details.setVisible)

    def _say(self, text: str) -> None:
        self.rows.addWidget(TextLabel(self._look, text, font="small", colour="text3", wrap=True))

    def _field(self, name: str, text: str = "", *, secret: bool = False) -> Field:
        field = Field(self._look, name, text, name)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.rows.addWidget(field)
        return field

    def _address(self, setting: str) -> Field:
        """The server's address; what is left empty goes back to the usual one."""
        usual = getattr(type(self._settings.value)(), setting)
        field = self._field(self.tr("Address of the server"), getattr(self._settings.value, setting))

        def changed() -> None:
            address = field.text().strip() or usual
            field.setText(address)
            if urlsplit(address).scheme in ("http", "https"):
                self._settings.change(**{setting: address})
            else:
                self._tell(self.tr("The address begins with https://"), problem=True)

        field.editingFinished.connect(changed)
        return field

    def _buttons(self, *buttons: TextButton) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for button in buttons:
            line.addWidget(button)
        line.addStretch()
        self.rows.addLayout(line)

    def _button(self, text: str, act: Callable[[], None], role: str = "plain") -> TextButton:
        button = TextButton(self._look, text, role=role)
        button.clicked.connect(act)
        return button

    def _tell(self, text: str, *, problem: bool = False) -> None:
        self.state.setText(text)
        self.state.set_colour("bad" if problem else "text2")

    def _show(self, state: AccountState) -> None:
        told = [self._trouble(state), *self._standing(state)]
        self._tell(" ".join(part for part in told if part), problem=state.trouble is not Trouble.NONE)

    def _standing(self, state: AccountState) -> list[str]:
        """Who is signed in, what waits, what was sent."""
        told = []
        if state.ready and state.user:
            told.append(self.tr("Signed in as {0}.").format(state.user))
        if state.waiting:
            told.append(self.tr("%Ln play(s) wait.", "", state.waiting))
        if state.last_sent_at is not None:
            text = self.tr("{0} sent, last {1}.")
            told.append(text.format(words.plays(state.sent), words.moment(state.last_sent_at)))
        if state.ignored:
            told.append(self.tr("%Ln play(s) the service did not want.", "", state.ignored))
        if state.again_at is not None:
            told.append(self.tr("Next try: {0}.").format(words.moment(state.again_at)))
        if state.on and not state.kept:
            text = self.tr("This computer has no keyring: the token is kept until Segue ends, and in no file.")
            told.append(text)
        return told

    def _trouble(self, state: AccountState) -> str:
        """Why nothing is sent, in words."""
        return {
            Trouble.NONE: "",
            Trouble.NOT_SIGNED_IN: self.tr("Not signed in yet: what you play waits."),
            Trouble.UNAUTHORISED: self.tr("The service does not accept this: {0}. Sign in again."),
            Trouble.OFFLINE: self.tr("The service cannot be reached: {0}."),
            Trouble.BUSY: self.tr("The service has no time now. {0}"),
            Trouble.MISUNDERSTOOD: self.tr("What answers at this address is no such service: {0}."),
        }[state.trouble].format(state.detail.rstrip("."))


class ListenBrainzPanelNeeds(HasLook, HasSettings, Protocol):
    """What `ListenBrainzPanel` asks for."""


class ListenBrainzPanel(AccountPanel):
    """ListenBrainz: a token, maybe another server."""

    def __init__(self, context: ListenBrainzPanelNeeds, scrobbling: Scrobbling) -> None:
        text = words.translate("ListenBrainzPanel", "ListenBrainz, or a server that speaks like it")
        super().__init__(context, scrobbling.listenbrainz, "listenbrainz", text)
        self._scrobbling = scrobbling
        self._say(self.tr("The token stands on listenbrainz.org/settings. It is kept in this computer's keyring."))
        self.token = self._field(self.tr("Token"), secret=True)
        self.token.returnPressed.connect(self._save)
        self.address = self._address("listenbrainz_url")
        self.save = self._button(self.tr("Save and test"), self._save, "main")
        self.test = self._button(self.tr("Test"), scrobbling.listenbrainz.check)
        self.out = self._button(self.tr("Sign out"), lambda: scrobbling.set_token(""))
        self._buttons(self.save, self.test, self.out)
        self._finish()

    def _save(self) -> None:
        token = self.token.text().strip()
        if not token:
            self._tell(self.tr("Paste the token first."), problem=True)
            return
        self.token.clear()
        self._scrobbling.set_token(token)

    def _show(self, state: AccountState) -> None:
        super()._show(state)
        self.test.setVisible(state.ready)
        self.out.setVisible(state.ready)
        address = urlsplit(self._settings.value.listenbrainz_url)
        if address.scheme == "http" and address.hostname not in LOOPBACK:
            warning = self.tr("The address begins with http: on the way, others can read the token.")
            self._tell(f"{self.state.text()} {warning}", problem=True)


class LastFmPanelNeeds(HasLook, HasSettings, Protocol):
    """What `LastFmPanel` asks for."""


class LastFmPanel(AccountPanel):
    """Last.fm: an API key of one's own, permission given in the browser, maybe another server."""

    def __init__(self, context: LastFmPanelNeeds, scrobbling: Scrobbling) -> None:
        text = words.translate("LastFmPanel", "Last.fm, or a server that speaks like it")
        super().__init__(context, scrobbling.lastfm, "lastfm", text)
        self._scrobbling = scrobbling
        about = self.tr(
            "Last.fm wants an API key: make one on last.fm/api/account/create (any name, no callback address) and copy "
            "key and shared secret. Then sign in: the browser asks you to allow it. The secret is kept in this "
            "computer's keyring."
        )
        self._say(about)
        self.key = self._field(self.tr("API key"), self._settings.value.lastfm_key)
        self.key.editingFinished.connect(lambda: self._settings.change(lastfm_key=self.key.text().strip()))
        self.secret = self._field(self.tr("Shared secret"), secret=True)
        self.address = self._address("lastfm_url")
        self.sign_in = self._button(self.tr("Sign in"), self._sign_in, "main")
        self.allowed = self._button(self.tr("I have allowed it"), self._allowed, "main")
        self.test = self._button(self.tr("Test"), scrobbling.lastfm.check)
        self.out = self._button(self.tr("Sign out"), scrobbling.sign_out)
        self._buttons(self.sign_in, self.allowed, self.test, self.out)
        scrobbling.authorise.connect(self._on_authorise)
        self._finish()

    def _sign_in(self) -> None:
        self._settings.change(lastfm_key=self.key.text().strip())
        if not self._settings.value.lastfm_key:
            self._tell(self.tr("Enter the API key and its secret first."), problem=True)
            return
        secret = self.secret.text()
        self.secret.clear()
        self._scrobbling.sign_in(secret)

    def _on_authorise(self, page: str) -> None:
        self._show(self._account.state)
        if QDesktopServices.openUrl(QUrl(page)):
            self._tell(self.tr("Allow it in the browser, then come back here."))
        else:
            self._tell(self.tr("Open this page in a browser and allow it, then come back here: {0}").format(page))

    def _allowed(self) -> None:
        self._scrobbling.allowed()

    def _show(self, state: AccountState) -> None:
        super()._show(state)
        asks = self._scrobbling.asks_permission
        self.allowed.setVisible(asks)
        self.sign_in.setVisible(not state.ready and not asks)
        self.test.setVisible(state.ready)
        self.out.setVisible(state.ready or asks)
