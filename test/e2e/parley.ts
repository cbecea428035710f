import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./network.ts";

const binary = resolve(import.meta.dirname, "../../bin/parley");

/** On what a Parley stands. */
export type Ground = "sqlite" | "postgres" | "nodes";

/** One process. */
class Node {
  port = 0;
  link = ""; // what was printed for the first owner
  said = ""; // everything it has printed
  private process?: ChildProcess;

  constructor(
    private settings: string[],
    private command: "serve" | "demo" = "serve",
    private environment: Record<string, string> = {},
  ) {}

  async start() {
    this.port ||= await freePort();
    const args = [this.command, "--listen", `127.0.0.1:${this.port}`, ...this.settings];
    if (this.command === "serve") args.push("--no-previews");
    const child = spawn(binary, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.environment },
    });
    this.process = child;
    const ended = new Promise<never>((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`parley ended with ${code}:\n${this.said}`)));
    });
    ended.catch(() => undefined);
    child.stderr?.on("data", (text) => {
      this.said += text;
    });
    child.stdout?.on("data", (text) => {
      this.said += text;
      this.link = /http\S+\/setup#\S+/.exec(this.said)?.[0] ?? this.link;
    });
    await Promise.race([ended, this.ready()]);
  }

  private async ready() {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Until the link for the first owner is read: the pipe can be slower than the server. */
  async printed() {
    while (!this.link) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async stop() {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
}

/** A whole Parley with data of its own: one process, or two that share a database. */
export class Parley {
  private constructor(
    readonly nodes: Node[],
    private folder: string,
    private database: string,
  ) {}

  /** Starts one; with more settings than it needs, when some are given. */
  static async start(ground: Ground, more: string[] = []): Promise<Parley> {
    const folder = await mkdtemp(join(tmpdir(), "parley-e2e-"));
    if (ground === "sqlite")
      return Parley.of([new Node(["--data", join(folder, "data"), ...more])], folder, "");
    const database = `parley_e2e_${randomBytes(6).toString("hex")}`;
    await sql(`create database ${database}`);
    const own = new URL(postgres().replace("@/", "@host/")); // URL wants a host where libpq does not
    own.pathname = `/${database}`;
    const shared = ["--database", own.href.replace("@host/", "@/"), ...more];
    if (ground === "postgres")
      return Parley.of([new Node(["--data", join(folder, "data"), ...shared])], folder, database);
    shared.push("--redis", process.env.PARLEY_TEST_REDIS ?? "", "--files", `file://${join(folder, "files")}`);
    const nodes = ["a", "b"].map((name) => new Node(["--data", join(folder, name), ...shared]));
    return Parley.of(nodes, folder, database);
  }

  /** The living sample of `parley demo`. */
  static async demo(environment: Record<string, string> = {}): Promise<Parley> {
    const folder = await mkdtemp(join(tmpdir(), "parley-e2e-"));
    const demo = new Node(["--data", join(folder, "data")], "demo", environment);
    await demo.start();
    return new Parley([demo], folder, "");
  }

  private static async of(nodes: Node[], folder: string, database: string) {
    const parley = new Parley(nodes, folder, database);
    try {
      for (const node of nodes) await node.start(); // one after the other: the first makes the tables
      await nodes.at(-1)?.printed();
    } catch (error) {
      await parley.stop();
      throw error;
    }
    return parley;
  }

  /** The server's own address. */
  get url() {
    return `http://localhost:${this.nodes[0]?.port}`;
  }

  /** The link that was printed last: each start makes a new one. */
  get link() {
    return this.nodes.at(-1)?.link ?? "";
  }

  /** All that was printed, for a test that has failed. */
  get said() {
    return this.nodes.map((node) => node.said).join("\n--- the other node\n");
  }

  async restart() {
    for (const node of this.nodes) await node.stop();
    for (const node of this.nodes) await node.start();
  }

  async stop() {
    for (const node of this.nodes) await node.stop();
    if (this.database) await sql(`drop database ${this.database} with (force)`);
    await rm(this.folder, { recursive: true, force: true });
  }
}

const postgres = () => process.env.PARLEY_TEST_POSTGRES ?? "";

async function sql(statement: string) {
  await promisify(execFile)("psql", [postgres(), "-qc", statement]);
}
