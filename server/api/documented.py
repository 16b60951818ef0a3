"""flask-smorest's Api, whose OpenAPI document is made when somebody asks for it.

It takes longer to make than all the rest of the application, and hardly any process is asked for it.
"""

from threading import RLock

from apispec import APISpec
from flask import Flask
from flask_smorest import Api, Blueprint


class LateApi(Api):  # type: ignore[misc] # flask-smorest carries no types
    """An Api that describes its blueprints on first sight of `spec`, in the order in which they were registered."""

    def __init__(self, app: Flask) -> None:
        self._undocumented: list[Blueprint] = []
        self._documenting = RLock()
        super().__init__(app)

    def register_blueprint(self, blueprint: Blueprint) -> None:
        """Serve what `blueprint` holds, and keep it for the document."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint)
        self._undocumented.append(blueprint)

    @property
    def spec(self) -> APISpec:
        """The document of everything that was registered."""
        with self._documenting:
            while self._undocumented:
                self._document(self._undocumented.pop(0))
            return self._spec

    @spec.setter
    def spec(self, spec: APISpec) -> None:
        self._spec = spec

    def _document(self, blueprint: Blueprint) -> None:
        blueprint.register_views_in_doc(self, self._app, self._spec, name=blueprint.name, parameters=None)
        self._spec.tag({"name": blueprint.name, "description": blueprint.description})
