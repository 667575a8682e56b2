"""``open1540 serve``: the workbench and the API for a browser, on this machine or for a team."""

import os
import socket
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption
from open1540.vocabulary import BadInput, JobFailed

if TYPE_CHECKING:
    from open1540.interfaces.http.settings import OpenIdConnect

PORT = 1540
_SILENT = 60
SECRET = "OPEN1540_OPENID_CLIENT_SECRET"  # noqa: S105


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 for all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at.")] = PORT,
    address: Annotated[
        str | None, typer.Option(envvar="OPEN1540_ADDRESS", help="How people reach it: https://example.org.")
    ] = None,
    members_only: Annotated[bool, typer.Option(help="Show nothing to who has not signed in.")] = False,
    allow_private_networks: Annotated[
        bool, typer.Option(help="Let webhooks lead into private networks; else only to public addresses by https.")
    ] = False,
    openid_issuer: Annotated[
        str | None,
        typer.Option(
            envvar="OPEN1540_OPENID_ISSUER", help="Address of a provider of OpenID Connect people sign in through."
        ),
    ] = None,
    openid_client_id: Annotated[
        str | None, typer.Option(envvar="OPEN1540_OPENID_CLIENT_ID", help="What the provider knows this server as.")
    ] = None,
    openid_role: Annotated[str, typer.Option(help="Role of accounts made for whom the provider knows.")] = "reader",
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer side by side, for teams: as many as cores.")
    ] = 1,
    database_url: DatabaseOption = None,
) -> None:
    """Open the workbench. Ends with Ctrl-C."""
    try:
        import uvicorn
        from uvicorn.supervisors import Multiprocess

        from open1540.interfaces.http.settings import Settings
        from open1540.interfaces.serve import served
        from open1540.workflows import accounts
    except ImportError as error:
        raise JobFailed(
            f"no {error.name} on this machine",
            expected="the optional part `web`",
            where="installation",
            remedy="install open1540[web]",
        ) from error
    settings = Settings(
        database_url=database_url,
        address=address.rstrip("/") if address else None,
        members_only=members_only,
        private_networks=allow_private_networks,
        open_id_connect=_provider(openid_issuer, openid_client_id, openid_role),
    )
    taken = _bound(host, port)
    at = address or f"http://{host}:{taken.getsockname()[1]}"
    console.err().print("opening the record ...", markup=False)
    secret = accounts.first_link(database_url=database_url)
    made = partial(served, settings)
    console.err().print(f"open1540 is at {at}", markup=False)
    if secret:
        console.err().print(f"make the first administrator at {at}/welcome/{secret}", markup=False)
    config = uvicorn.Config(
        made,
        factory=True,
        log_level="warning",
        proxy_headers=bool(address),
        workers=workers,
        # A process that loads the facts on a busy machine has not died.
        timeout_worker_healthcheck=_SILENT,
    )
    server = uvicorn.Server(config)
    if workers == 1:
        server.run(sockets=[taken])
    else:
        Multiprocess(config, sockets=[taken]).run()


def _bound(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is done, so that one in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen()
    except OSError as error:
        taken.close()
        raise BadInput(
            f"port {port} of {host}, which cannot be listened at ({error.strerror or error})",
            expected="a free port of this machine",
            where="--port",
            remedy="end what listens there, or choose another: --port 8154",
        ) from error
    return taken


def _provider(issuer: str | None, client_id: str | None, role: str) -> "OpenIdConnect | None":
    """The provider to sign in through; its secret comes from the environment alone, where no list of processes shows it."""
    from open1540.interfaces.http.settings import OpenIdConnect
    from open1540.workflows.permissions import table

    if issuer is None:
        return None
    secret = os.environ.get(SECRET)
    roles = [known for known, told in table().roles.items() if known != "visitor" and not told.own]
    if not client_id or not secret or role not in roles:
        raise BadInput(
            "OpenID Connect without a client id, its secret, or a role that can be given to anybody",
            expected=f"--openid-client-id, {SECRET} in the environment, and one of the roles {', '.join(roles)}",
            where="serve",
            remedy="give all of them, or leave --openid-issuer out",
        )
    return OpenIdConnect(issuer, client_id, secret, role)
