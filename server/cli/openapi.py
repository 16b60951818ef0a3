"""`kith openapi`."""

import click
import orjson
from flask import Flask

from server.api.register import add_api


@click.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the API."""
    document = add_api(Flask("kith", static_folder=None)).spec.to_dict()
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
