"""``open1540 serve``: the workbench and the API for a browser, on this machine or for a team."""

from typing import Annotated

import typer

from open1540.interfaces.cli import console
from open1540.interfaces.cli.options import DatabaseOption
from open1540.vocabulary import JobFailed

PORT = 1540


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
    database_url: DatabaseOption = None,
) -> None:
    """Open the workbench. Ends with Ctrl-C."""
    try:
        import uvicorn

        from open1540.interfaces.http.settings import Settings
        from open1540.interfaces.serve import application
        from open1540.workflows import accounts
    except ImportError as error:
        raise JobFailed(
            f"no {error.name} on this machine",
            expected="the optional part `web`",
            where="installation",
            remedy="install open1540[web]",
        ) from error
    settings = Settings(database_url=database_url, address=address, members_only=members_only)
    at = address or f"http://{host}:{port}"
    console.err().print("opening the record ...", markup=False)
    secret = accounts.first_link(database_url=database_url)
    app = application(settings)
    console.err().print(f"open1540 is at {at}", markup=False)
    if secret:
        console.err().print(f"make the first administrator at {at}/welcome/{secret}", markup=False)
    uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=bool(address))
