"""Who may send a file, and who may have it: decided anew with every request, by the records as they are now."""

from collections.abc import Collection, Mapping

from mobile_contract.merge import KindRule
from server.sync.model import Key, Principal, Stored
from server.sync.ports import Store, View

KIND = "attachment"


class Access:
    """Looks at an attachment, and at the record that it belongs to, through the eyes of whoever asks."""

    def __init__(self, store: Store, rules: Mapping[str, KindRule]) -> None:
        self._store, self._rules = store, rules

    def readable(self, principal: Principal, attachment_id: str) -> Stored | None:
        """Give the attachment if the principal holds it and its owner, so that a file goes where its owner goes."""
        with self._store.read(principal.tenant) as view:
            record = self._held(view, Key(KIND, attachment_id), principal)
            owner = self._held(view, owner_of(record), principal) if record else None
            return record if owner else None

    def writable(self, principal: Principal, attachment_id: str) -> Stored | None:
        """Give the attachment if the principal, on top of that, may write such records."""
        if principal.roles.isdisjoint(self._rules[KIND].writers):
            return None
        return self.readable(principal, attachment_id)

    def record(self, tenant: str, attachment_id: str) -> Stored | None:
        """Give the attachment if it exists and is not deleted, for the server itself."""
        key = Key(KIND, attachment_id)
        with self._store.read(tenant) as view:
            found = view.records([key]).get(key)
        return found if found and not found.deleted else None

    def erased(self, tenant: str, attachment_ids: Collection[str]) -> list[str]:
        """Name those of the attachments whose content was erased."""
        keys = [Key(KIND, attachment_id) for attachment_id in attachment_ids]
        with self._store.read(tenant) as view:
            return sorted(key.id for key, record in view.records(keys).items() if record.erased)

    def _held(self, view: View, key: Key, principal: Principal) -> Stored | None:
        record = view.records([key]).get(key)
        if record is None or record.deleted:
            return None
        scopes = self._rules[key.kind].scopes_of(key.id, record.doc)
        return None if principal.scopes.isdisjoint(scopes) else record


def owner_of(attachment: Stored) -> Key:
    """Name the record that an attachment belongs to."""
    return Key(attachment.doc["owner_kind"], attachment.doc["owner_id"])
