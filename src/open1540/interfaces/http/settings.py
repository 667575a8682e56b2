"""How a server is set up."""

import msgspec


class OpenIdConnect(msgspec.Struct, frozen=True):
    """A provider that signs people in: its issuer address, what it knows this server as, the role of new accounts."""

    issuer: str
    client_id: str
    client_secret: str
    role: str = "reader"


class Settings(msgspec.Struct, frozen=True):
    """What whoever runs the server decides.

    Attributes:
        database_url: SQLite file or PostgreSQL URL; None for the user's own file.
        address: the address people reach the server at, ``https://...``; cookies are then sent over https only.
        members_only: nothing is shown to who has not signed in.
        upload_megabytes: largest file taken.
        private_networks: webhooks may lead into private networks.
    """

    database_url: str | None = None
    address: str | None = None
    members_only: bool = False
    upload_megabytes: int = 100
    open_id_connect: OpenIdConnect | None = None
    private_networks: bool = False

    @property
    def secure(self) -> bool:
        """Whether the server is reached by https."""
        return bool(self.address and self.address.startswith("https://"))
