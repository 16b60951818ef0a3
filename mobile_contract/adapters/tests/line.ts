/** A line to the server that breaks when it is told to, after so many bytes have gone up. */

import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export class Line {
  /** Bytes that went up since the line was opened. */
  sent = 0;
  /** How many more may go up before both ends find the line dead, once. */
  cutAfter = Number.POSITIVE_INFINITY;
  cuts = 0;
  address = "";
  private readonly server = createServer((phone) => this.join(phone));

  static async to(address: string): Promise<Line> {
    const line = new Line();
    line.target = new URL(address);
    await new Promise<void>((done) => line.server.listen(0, "127.0.0.1", done));
    line.address = `http://127.0.0.1:${(line.server.address() as AddressInfo).port}`;
    return line;
  }

  private target = new URL("http://127.0.0.1");

  private join(phone: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const end = (): void => {
      phone.destroy();
      far.destroy();
    };
    for (const side of [phone, far]) side.on("error", end).on("close", end);
    far.on("data", (bytes) => phone.write(bytes));
    let cut = false;
    phone.on("data", (bytes) => {
      if (!cut) cut = this.pass(bytes, far, end);
    });
  }

  /** Hands bytes on, and says whether they were the last of this connection. */
  private pass(bytes: Buffer, far: Socket, end: () => void): boolean {
    const some = bytes.subarray(0, Math.min(bytes.length, this.cutAfter));
    this.sent += some.length;
    this.cutAfter -= some.length;
    if (this.cutAfter > 0) {
      far.write(some);
      return false;
    }
    this.cutAfter = Number.POSITIVE_INFINITY;
    this.cuts += 1;
    far.write(some, end);
    return true;
  }

  close(): void {
    this.server.close();
  }
}
