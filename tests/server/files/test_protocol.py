"""tus 1.0, sentence by sentence, as raw requests."""

import base64
import hashlib
from datetime import timedelta
from email.utils import parsedate_to_datetime

from tests.server.api.house import slug
from tests.server.files.sender import JPEG, PDF, PNG, SVG, TUS, WEBP, Sender, checksum, told

SHA = hashlib.sha256(PNG).hexdigest()
HALF = len(PNG) // 2


def test_a_file_that_comes_in_pieces_becomes_the_records_and_the_feed_says_so(any_sender: Sender) -> None:
    sender = any_sender
    sender.announce()
    assert sender.status() == ("awaited", None)
    path = sender.begin()
    for at in range(0, len(PNG), 100):
        answer = sender.patch(path, at, PNG[at : at + 100])
        assert (answer.status_code, answer.data) == (204, b"")
        assert answer.headers["Upload-Offset"] == str(min(at + 100, len(PNG)))
    assert sender.status() == ("stored", SHA)
    for address in ("/v1/files/a1", path):
        assert sender.phone.get(address).data == PNG
    assert sender.head(path).headers["Upload-Offset"] == str(len(PNG))


def test_options_says_what_the_server_can_do_to_anybody(sender: Sender) -> None:
    answer = sender.phone.client.options("/v1/files")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(10 * 1024 * 1024)
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "termination", "checksum", "expiration",
    }  # fmt: skip
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"


def test_a_new_upload_says_where_it_is_and_until_when(sender: Sender) -> None:
    sender.announce()
    length, named = str(len(PNG)), told(attachment=sender.record, filename="Ada Quill.png", filetype="image/png")
    answer = sender.send("POST", Upload_Length=length, Upload_Metadata=named)
    assert answer.status_code == 201
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert parsedate_to_datetime(answer.headers["Upload-Expires"]) == sender.phone.clock() + timedelta(days=7)
    assert "Ada" not in answer.headers["Location"]
    head = sender.head(answer.headers["Location"])
    assert (head.status_code, head.headers["Cache-Control"]) == (200, "no-store")
    assert {name: head.headers[name] for name in ("Upload-Offset", "Upload-Length", "Upload-Metadata")} == {
        "Upload-Offset": "0", "Upload-Length": length, "Upload-Metadata": named,
    }  # fmt: skip


def test_bytes_may_come_along_with_the_beginning(sender: Sender) -> None:
    sender.announce()
    given = {"Upload_Length": str(len(PNG)), "Upload_Metadata": told(attachment=sender.record)}
    answer = sender.send("POST", data=PNG[:HALF], Content_Type="application/offset+octet-stream", **given)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(HALF))
    assert sender.patch(answer.headers["Location"], HALF, PNG[HALF:]).status_code == 204
    assert sender.status() == ("stored", SHA)


METADATA = told(attachment="a1")
LENGTH = str(len(PNG))
BAD_BEGINNINGS = {
    "another version": ({"Tus_Resumable": "0.2.2"}, 412, "tus-version"),
    "no version": ({"Tus_Resumable": None}, 412, "tus-version"),
    "no length": ({"Upload_Length": None}, 400, "upload-invalid"),
    "a length in words": ({"Upload_Length": "many"}, 400, "upload-invalid"),
    "a length below nothing": ({"Upload_Length": "-1"}, 400, "upload-invalid"),
    "a length of nothing": ({"Upload_Length": "0"}, 400, "upload-invalid"),
    "a length in another script": ({"Upload_Length": "1٣"}, 400, "upload-invalid"),
    "another length than the record's": ({"Upload_Length": "7"}, 400, "upload-invalid"),
    "more than a file may have": ({"Upload_Length": str(10 * 1024 * 1024 + 1)}, 413, "file-too-large"),
    "more than a signature may have": ({"Upload_Length": str(2 * 1024 * 1024 + 1)}, 413, "file-too-large"),
    "a length to be told later": ({"Upload_Length": None, "Upload_Defer_Length": "1"}, 400, "upload-length-deferred"),
    "parts to be put together": ({"Upload_Concat": "partial"}, 400, "upload-invalid"),
    "no metadata": ({"Upload_Metadata": None}, 400, "upload-invalid"),
    "metadata without a record": ({"Upload_Metadata": told(filename="x.png")}, 400, "upload-invalid"),
    "metadata that is not base64": ({"Upload_Metadata": "attachment §§"}, 400, "upload-invalid"),
    "metadata with a key twice": ({"Upload_Metadata": f"{METADATA},{METADATA}"}, 400, "upload-invalid"),
    "metadata without end": ({"Upload_Metadata": f"{METADATA},x {'A' * 4000}"}, 400, "upload-invalid"),
    "an id that is a path": ({"Upload_Metadata": told(attachment="../../etc/passwd")}, 400, "upload-invalid"),
    "a record that is not there": ({"Upload_Metadata": told(attachment="nobody")}, 404, "not-found"),
    "another type than the record's": ({"Upload_Metadata": told(attachment="a1", filetype="image/gif")}, 415,
                                       "file-type-refused"),
}  # fmt: skip


def test_a_bad_beginning_is_refused_by_name(sender: Sender) -> None:
    sender.announce("a1")
    for what, (headers, status, named) in BAD_BEGINNINGS.items():
        answer = sender.send("POST", **({"Upload_Length": LENGTH, "Upload_Metadata": METADATA} | headers))
        assert (answer.status_code, slug(answer)) == (status, named), what
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert ("Tus-Version" in answer.headers) == (status == 412)
        if named == "upload-invalid":
            assert set(answer.json["errors"]) <= {"Upload-Length", "Upload-Metadata", "Upload-Concat"}


BAD_PATCHES = {
    "another version": ({"Tus_Resumable": "1.1.0"}, 412, "tus-version"),
    "no offset": ({"Upload_Offset": None}, 400, "upload-invalid"),
    "an offset in words": ({"Upload_Offset": "here"}, 400, "upload-invalid"),
    "an offset too small": ({"Upload_Offset": "0"}, 409, "upload-offset"),
    "an offset too large": ({"Upload_Offset": str(HALF + 1)}, 409, "upload-offset"),
    "JSON": ({"Content_Type": "application/json"}, 415, "upload-content-type"),
    "packed bytes": ({"Content_Encoding": "gzip"}, 415, "unknown-encoding"),
    "a checksum of a kind unknown": ({"Upload_Checksum": "crc32 AAAAAA=="}, 400, "upload-invalid"),
    "a checksum that is too short": ({"Upload_Checksum": "sha256 AAAA"}, 400, "upload-invalid"),
    "a checksum that is not base64": ({"Upload_Checksum": "sha1 §"}, 400, "upload-invalid"),
    "a wrong checksum": (checksum(b"other") | {}, 460, "checksum-mismatch"),
    "a wrong SHA-1": (checksum(b"other", "sha1"), 460, "checksum-mismatch"),
}  # fmt: skip


def test_a_bad_piece_is_refused_by_name_and_the_offset_stays(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    sender.patch(path, 0, PNG[:HALF])
    for what, (headers, status, named) in BAD_PATCHES.items():
        answer = sender.patch(path, HALF, PNG[HALF : HALF + 9], **{k.replace("-", "_"): v for k, v in headers.items()})
        assert (answer.status_code, slug(answer)) == (status, named), what
        assert sender.head(path).headers["Upload-Offset"] == str(HALF), what
    assert sender.patch(path, HALF, PNG[HALF:]).status_code == 204
    assert sender.status() == ("stored", SHA)


def test_packed_bytes_at_the_beginning_begin_nothing(sender: Sender) -> None:
    sender.announce()
    given = {"Upload_Length": LENGTH, "Upload_Metadata": METADATA, "Content_Encoding": "gzip"}
    answer = sender.send("POST", data=PNG[:HALF], Content_Type="application/offset+octet-stream", **given)
    assert (answer.status_code, slug(answer)) == (415, "unknown-encoding")


def test_more_bytes_than_announced_are_refused_and_nothing_of_them_is_kept(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    answer = sender.patch(path, 0, PNG + b"!")
    assert (answer.status_code, slug(answer)) == (413, "file-too-large")
    assert sender.head(path).headers["Upload-Offset"] == "0"


def test_pieces_with_their_checksum_are_taken(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    for at, piece, algorithm in ((0, PNG[:HALF], "sha1"), (HALF, PNG[HALF:], "sha256")):
        headers = {"Upload_Checksum": checksum(piece, algorithm)["Upload-Checksum"]}
        assert sender.patch(path, at, piece, **headers).status_code == 204
    assert sender.status() == ("stored", SHA)


def test_an_upload_that_is_given_up_is_gone_and_may_begin_again(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    sender.patch(path, 0, PNG[:HALF])
    assert sender.send("DELETE", path).status_code == 204
    for method in ("HEAD", "DELETE"):
        assert sender.send(method, path).status_code == 404
    assert slug(sender.patch(path, HALF, PNG[HALF:])) == "not-found"
    assert sender.begin() != path


def test_giving_up_a_complete_upload_leaves_the_file_with_its_record(sender: Sender) -> None:
    path = sender.whole()
    assert sender.send("DELETE", path).status_code == 204
    assert sender.head(path).status_code == 404
    assert sender.phone.get(sender.file).data == PNG


def test_an_upload_left_for_too_long_has_expired(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    sender.patch(path, 0, PNG[:HALF])
    sender.phone.clock.go_on(days=7)
    sender.phone.sign_in("amina")
    assert sender.head(path).status_code == 410
    assert slug(sender.patch(path, HALF, PNG[HALF:])) == "upload-expired"
    again = sender.begin()
    assert sender.head(again).headers["Upload-Offset"] == "0"


def test_networks_without_patch_and_delete_say_them_in_a_header(sender: Sender) -> None:
    sender.announce()
    path = sender.begin()
    patch = {"X_HTTP_Method_Override": "PATCH", "Content_Type": "application/offset+octet-stream"}
    answer = sender.send("POST", path, PNG[:HALF], **patch, Upload_Offset="0")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(HALF))
    assert sender.send("POST", path, X_HTTP_Method_Override="DELETE").status_code == 204
    assert sender.head(path).status_code == 404
    assert slug(sender.send("POST", path, X_HTTP_Method_Override="PUT")) == "method-not-allowed"


TYPES = {
    "a PNG": (PNG, "image/png", "consent_signature", True),
    "a JPEG": (JPEG, "image/jpeg", "photo", True),
    "a WebP": (WEBP, "image/webp", "photo", True),
    "a PDF as a signature": (PDF, "application/pdf", "consent_signature", True),
    "a JPEG called a PNG": (JPEG, "image/png", "photo", False),
    "a drawing that can run called a PNG": (SVG, "image/png", "photo", False),
    "a page called a JPEG": (b"<!doctype html><script>1</script>", "image/jpeg", "photo", False),
    "one byte": (b"\x89", "image/png", "photo", False),
}


def test_a_file_is_what_its_first_bytes_say(sender: Sender) -> None:
    for number, (what, (data, media_type, purpose, taken)) in enumerate(TYPES.items()):
        record_id = f"type-{number}"
        sender.announce(record_id, data, media_type=media_type, purpose=purpose)
        path = sender.begin(record_id, len(data))
        answer = sender.patch(path, 0, data)
        if taken:
            assert sender.phone.get(f"/v1/files/{record_id}").content_type == media_type, what
        else:
            assert (answer.status_code, slug(answer)) == (415, "file-type-refused"), what
            assert sender.head(path).status_code == 404, what
            assert sender.status(record_id) == ("awaited", None), what


def test_a_photo_is_no_pdf(sender: Sender) -> None:
    sender.announce(data=PDF, media_type="application/pdf", purpose="photo")
    answer = sender.send("POST", Upload_Length=str(len(PDF)), Upload_Metadata=told(attachment=sender.record))
    assert (answer.status_code, slug(answer)) == (415, "file-type-refused")


def test_a_file_that_has_arrived_stays_as_it_is(sender: Sender) -> None:
    path = sender.whole()
    answer = sender.send("POST", Upload_Length=LENGTH, Upload_Metadata=told(attachment=sender.record))
    assert (answer.status_code, slug(answer)) == (409, "file-already-there")
    assert slug(sender.patch(path, len(PNG), b"")) == "upload-offset"


def test_a_download_is_safe_to_open_and_kept_nowhere(sender: Sender) -> None:
    sender.whole()
    answer = sender.phone.get(sender.file)
    assert answer.headers["ETag"] == f'"{SHA}"'
    assert answer.headers["Content-Disposition"] == f"attachment; filename={sender.record}.png"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Last-Modified" not in answer.headers
    part = sender.phone.get(sender.file, headers={"Range": "bytes=4-9", "If-Range": f'"{SHA}"'})
    assert (part.status_code, part.data) == (206, PNG[4:10])
    assert sender.phone.get(sender.file, headers={"Range": "bytes=4-9", "If-Range": '"other"'}).data == PNG
    assert sender.phone.get(sender.file, headers={"If-None-Match": f'"{SHA}"'}).status_code == 304
    assert sender.phone.get(sender.file, headers={"Range": "bytes=99999-"}).status_code == 416
    head = sender.phone.client.head(sender.file, headers=sender.phone.headers)
    assert (head.status_code, head.headers["Content-Length"], head.data) == (200, LENGTH, b"")


def test_a_file_that_has_not_arrived_is_awaited(sender: Sender) -> None:
    sender.announce()
    answer = sender.phone.get(sender.file)
    assert (answer.status_code, slug(answer)) == (409, "file-awaited")
    path = sender.begin()
    sender.patch(path, 0, PNG[:HALF])
    assert slug(sender.phone.get(path)) == "file-awaited"


def test_nobody_gets_in_without_a_sign_in(sender: Sender) -> None:
    path = sender.whole()
    for method, address in (("POST", "/v1/files"), ("HEAD", path), ("PATCH", path), ("DELETE", path), ("GET", path)):
        assert sender.phone.client.open(address, method=method, headers=TUS).status_code == 401


def test_metadata_in_any_script_is_taken_and_a_name_without_a_value_too(sender: Sender) -> None:
    sender.announce()
    odd = base64.b64encode("Żółć 😀.png".encode()).decode()
    answer = sender.send(
        "POST", Upload_Length=LENGTH, Upload_Metadata=f"{told(attachment=sender.record)},filename {odd},is_confidential"
    )
    assert answer.status_code == 201
