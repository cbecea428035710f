import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { Network } from "./network.ts";

/** Somebody at a browser of their own, and what went wrong there without being asked for. */
export class Person {
  readonly troubles: string[] = [];
  private expected: { status: number; path: string }[] = [];

  private constructor(
    readonly name: string,
    readonly network: Network,
    readonly context: BrowserContext,
    readonly page: Page,
    /** Where this person finds the server: by a way of their own, unless told. */
    readonly url = network.url,
  ) {
    this.expect(401, "/api/v1/boot"); // nobody is signed in yet
    page.on("pageerror", (error) => this.troubles.push(`uncaught: ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() !== "error" || text.startsWith("Failed to load resource")) return; // see responses
      if (network.wasCut && text.includes("WebSocket connection")) return;
      this.troubles.push(`console: ${text}`);
    });
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):/.test(url.protocol) && url.host !== new URL(this.url).host)
        this.troubles.push(`asked somebody else: ${url.href}`);
    });
    context.on("response", (response) => {
      const path = new URL(response.url()).pathname;
      if (response.status() < 400) return;
      if (this.expected.some((one) => one.status === response.status() && path.startsWith(one.path))) return;
      this.troubles.push(`${response.request().method()} ${path}: ${response.status()}`);
    });
  }

  static async at(browser: Browser, name: string, port: () => number, options?: BrowserContextOptions) {
    const network = await Network.to(port);
    const context = await browser.newContext({ baseURL: network.url, ...options });
    return new Person(name, network, context, await context.newPage(), options?.baseURL);
  }

  get first() {
    return this.name.split(" ")[0] ?? this.name;
  }

  get email() {
    return `${this.first.toLowerCase()}@example.org`;
  }

  get password() {
    return `${this.first.toLowerCase()} likes long sentences`;
  }

  /** This person's own address for a link that somebody got elsewhere. */
  here(link: string) {
    const url = new URL(link);
    return this.url + url.pathname + url.search + url.hash;
  }

  /** Says that the server will refuse something. */
  expect(status: number, path: string) {
    this.expected.push({ status, path });
  }

  /** Asks the API as this person. */
  async ask<T>(method: string, path: string, data?: unknown): Promise<T> {
    const answer = await this.context.request.fetch(`/api/v1${path}`, { method, data });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }

  /** The id of somebody, of oneself unless told. */
  async id(name = this.name) {
    const { people } = await this.ask<{ people: { id: string; name: string }[] }>("GET", "/boot");
    return people.find((one) => one.name === name)?.id ?? "";
  }

  private get account() {
    return {
      name: this.name,
      email: this.email,
      password: this.password,
      zone: "Europe/Berlin",
      language: "en",
    };
  }

  /** Becomes the owner without going through the screens, for tests that are about something else. */
  async found(link: string, organisation = "Lighthouse") {
    const token = new URL(link).hash.slice(1);
    await this.ask("POST", "/setup", { token, organisation, ...this.account });
  }

  /** Invites somebody, likewise. */
  async bringIn(other: Person, invitation: object = {}) {
    const { url } = await this.ask<{ url: string }>("POST", "/invitations", {
      role: "member",
      uses: 1,
      ...invitation,
    });
    const token = new URL(url).hash.slice(1);
    await other.ask("POST", `/invitations/${token}/accept`, other.account);
  }

  async leave() {
    await this.context.close();
    await this.network.close();
  }
}
