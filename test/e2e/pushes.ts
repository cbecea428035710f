import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

// A push service of the test's own (RFC 8030), and the browsers that it tells: it can read what only they can (RFC 8291).

export interface Pushed {
  what: string;
  title?: string;
  body?: string;
  url?: string;
  tag?: string;
  message?: string;
  urgent?: boolean;
  take?: string;
}

export class PushService {
  private server: Server;
  private waiting: (() => void)[] = [];
  readonly got: Pushed[] = [];
  private ecdh = createECDH("prime256v1");
  private auth = randomBytes(16);

  constructor() {
    this.ecdh.generateKeys();
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        this.got.push(JSON.parse(this.decrypt(Buffer.concat(parts)).toString()));
        response.writeHead(201).end();
        for (const wake of this.waiting.splice(0)) wake();
      });
    });
  }

  async start() {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
  }

  get address() {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a browser would give to POST /push. */
  get subscription() {
    return {
      endpoint: `http://${this.address}/push/1`,
      name: "a phone",
      keys: { p256dh: this.ecdh.getPublicKey("base64url"), auth: this.auth.toString("base64url") },
    };
  }

  /** The first that is so, when it has come. */
  async next(is: (pushed: Pushed) => boolean): Promise<Pushed> {
    for (;;) {
      const found = this.got.find(is);
      if (found) return found;
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }

  async stop() {
    await new Promise((ended) => this.server.close(ended));
  }

  private decrypt(body: Buffer): Buffer {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + body.readUInt8(20));
    const record = body.subarray(21 + sender.length);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.ecdh.getPublicKey(), sender]);
    const ikm = hkdfSync("sha256", this.ecdh.computeSecret(sender), this.auth, info, 32);
    const derive = (name: string, size: number) =>
      Buffer.from(hkdfSync("sha256", Buffer.from(ikm), salt, `Content-Encoding: ${name}\0`, size));
    const cipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
    cipher.setAuthTag(record.subarray(-16));
    const text = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
    return text.subarray(0, text.lastIndexOf(2));
  }
}
