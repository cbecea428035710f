import { createServer, type Server, type Socket } from "node:net";
import { freePort } from "./network.ts";

/** A mail server that takes everything, as far as Parley speaks with it, and keeps it. */
export class Mailbox {
  readonly mails: string[] = [];
  private waiting: (() => void)[] = [];
  private sockets = new Set<Socket>();

  private constructor(
    private server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<Mailbox> {
    const server = createServer();
    const box = new Mailbox(server, await freePort());
    server.on("connection", (socket) => box.serve(socket));
    await new Promise<void>((resolve) => server.listen(box.port, "127.0.0.1", resolve));
    return box;
  }

  /** What tells Parley to send mail here. */
  get settings() {
    return [
      "--email-smarthost",
      `smtp://127.0.0.1:${this.port}?tls=off`,
      "--email-from",
      "parley@harbour.example",
    ];
  }

  private serve(socket: Socket) {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => undefined); // who is cut off says so
    let rest = "";
    let mail: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.on("data", (data) => {
      rest += data.toString("latin1"); // mails are in ASCII
      const lines = rest.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!mail) {
          if (line === "DATA") mail = [];
          say(line === "DATA" ? "354 go on" : line === "QUIT" ? "221 bye" : "250 fine");
        } else if (line === ".") {
          this.mails.push(mail.join("\n"));
          mail = undefined;
          say("250 taken");
          for (const tell of this.waiting.splice(0)) tell();
        } else mail.push(line.replace(/^\./, ""));
      }
    });
    say("220 mailbox.example");
  }

  /** The plain text of the nth mail, from 0, once it is there. */
  async text(n: number): Promise<string> {
    while (this.mails.length <= n) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const part = this.mails[n]?.split(/^--=_\w+$/m)[1] ?? "";
    const bytes = part
      .slice(part.indexOf("\n\n") + 2)
      .replace(/=\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  }

  async close() {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
