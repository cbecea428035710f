import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * One person's way to the server: a port of its own that passes everything on. Cut, it drops what is open and refuses
 * what comes, as a lost network does to a socket that is in use (the browser's own offline switch leaves those open).
 */
export class Network {
  port = 0;
  wasCut = false;
  private sockets = new Set<Socket>();
  private server = createServer((near) => this.pass(near));

  private constructor(private target: () => number) {}

  static async to(target: () => number): Promise<Network> {
    const network = new Network(target);
    network.port = await listening(network.server);
    return network;
  }

  get url() {
    return `http://localhost:${this.port}`;
  }

  private pass(near: Socket) {
    const far = connect(this.target(), "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true);
      this.sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }

  async cut() {
    this.wasCut = true;
    await this.close();
  }

  async restore() {
    this.server = createServer((near) => this.pass(near));
    await listening(this.server, this.port);
  }

  async close() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
