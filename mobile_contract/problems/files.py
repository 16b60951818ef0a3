"""Problems of files on their way: uploads in pieces (tus 1.0) and downloads."""

from typing import Final

from mobile_contract.problems.model import Problem, Remedy

FILES: Final[tuple[Problem, ...]] = (
    Problem(
        "tus-version", 412, Remedy.UPGRADE, "This is not the protocol for files that the server speaks.",
        "Send Tus-Resumable: 1.0.0. OPTIONS on /v1/files says which versions and extensions there are.",
        detail="Please load the app again. The file is still on this phone.",
    ),
    Problem(
        "upload-invalid", 400, Remedy.FIX, "The upload was not described as it must be.",
        "The field `errors` names each header of the request that is missing or wrong.",
        detail="The app announced the file in a way that the server does not understand. It is still on this phone.",
    ),
    Problem(
        "upload-length-deferred", 400, Remedy.FIX, "The size of a file must be said at the beginning.",
        "Upload-Defer-Length is not served: the record of the file says its size, so Upload-Length can be sent.",
        detail="The app announced the file in a way that the server does not understand. It is still on this phone.",
    ),
    Problem(
        "upload-content-type", 415, Remedy.FIX, "The bytes of a file must be called so.",
        "Send Content-Type: application/offset+octet-stream with the bytes of a file.",
        detail="The app sent the file in a way that the server does not understand. It is still on this phone.",
    ),
    Problem(
        "file-too-large", 413, Remedy.DROP, "The file is too large.",
        "A signature may have 2 MB, a photo 10 MB, and no more bytes may come than were announced.",
        detail="Please make it smaller, or take the picture again with fewer details.",
    ),
    Problem(
        "file-type-refused", 415, Remedy.DROP, "The file is not of a type that is kept here.",
        "PNG, JPEG and WebP are taken, and PDF for a signature. The first bytes must be those of the type that the "
        "record names; nothing of the file was kept.",
        detail="Pictures are kept as PNG, JPEG or WebP. Nothing of this file was kept.",
    ),
    Problem(
        "file-already-there", 409, Remedy.DROP, "This file has already arrived.",
        "The record's file is complete and stays as it is. A new file needs a record of its own.",
        detail="It was sent before, and that one stays.",
    ),
    Problem(
        "file-awaited", 409, Remedy.WAIT, "The file has not arrived yet.",
        "The record is there, its file is still on the phone that took it. The record's status says when it has come.",
        detail="It is still on the phone that took it.",
    ),
    Problem(
        "range-not-there", 416, Remedy.FIX, "There is no such part of it.",
        "The Range lies beyond the end. Content-Range of any other answer says how many bytes there are.",
        detail="The app asked for a part that is not there. It asks again from the beginning.",
    ),
    Problem(
        "upload-offset", 409, Remedy.FIX, "The upload goes on from another place.",
        "Upload-Offset is not the number of bytes that the server has. Ask with HEAD, and go on from there.",
        detail="Part of the file had arrived already. The app goes on from there.",
    ),
    Problem(
        "upload-busy", 423, Remedy.WAIT, "Another request is sending this file.",
        "One request at a time may send to an upload. Wait, ask with HEAD, and go on from there.",
        detail="The app is sending it already.",
    ),
    Problem(
        "upload-expired", 410, Remedy.FIX, "This upload was left for too long.",
        "What had arrived was cleared away at the time that Upload-Expires told. Begin a new upload.",
        detail="The app sends the file again from the beginning.",
    ),
    Problem(
        "checksum-mismatch", 460, Remedy.WAIT, "A part of the file was damaged on the way.",
        "The bytes do not have the checksum that was sent with them. They were thrown away; send the same part again.",
        detail="The app sends that part again.",
    ),
    Problem(
        "files-full", 507, Remedy.WAIT, "There is no more room for files.",
        "The programme, or this device, has as many bytes on the server as its settings allow. Whoever runs the "
        "server can raise KITH_FILES_MB, and `kith files sweep` clears what nobody refers to.",
        detail="The file is still on this phone. Please tell whoever looks after Kith.",
    ),
    Problem(
        "no-room", 507, Remedy.WAIT, "The server's disk is full.",
        "Nothing is lost or damaged. What had arrived of a file is kept, and of a push nothing; go on when there is "
        "room again.",
        detail="The file is still on this phone, and is sent when there is room again.",
    ),
)  # fmt: skip
