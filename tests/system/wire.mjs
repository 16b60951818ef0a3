/**
 * What stands before a server on the internet: ends TLS, speaks HTTP/2, and counts every byte of the wire.
 *
 * `node wire.mjs KEY CERTIFICATE UPSTREAM_PORT` prints its port; each line on standard input is answered with the bytes
 * that came and went so far, TLS records and frames of HTTP/2 included.
 */

import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createSecureServer } from "node:http2";
import { createInterface } from "node:readline";

const [key, cert, upstream] = process.argv.slice(2);
const OF_ONE_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);
const sockets = new Set();
const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert), allowHTTP1: false });

server.on("connection", (socket) => sockets.add(socket));
server.on("stream", (stream, headers) => {
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
  const options = { port: upstream, host: "127.0.0.1", method: headers[":method"], path: headers[":path"], headers: { ...plain, host: headers[":authority"] } };
  const onward = request(options, (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !OF_ONE_CONNECTION.has(name));
    if (stream.destroyed) return answer.destroy();
    stream.respond({ ":status": answer.statusCode, ...Object.fromEntries(kept) });
    answer.pipe(stream);
  });
  onward.on("error", () => stream.destroyed || stream.close());
  stream.on("error", () => onward.destroy());
  stream.on("close", () => onward.destroy());
  stream.pipe(onward);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

const sum = (name) => [...sockets].reduce((total, socket) => total + socket[name], 0);
createInterface({ input: process.stdin }).on("line", () => console.log(`${sum("bytesRead")} ${sum("bytesWritten")}`)).on("close", () => process.exit());
