import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { api } from "../api/calls";
import { asProblem } from "../api/problem";
import { bootQuery, cache } from "../live/data";
import { Broken, Loading, NotFound } from "./Notices";
import { Shell } from "./Shell";

// Every address of the app. Add a screen: a file with its component, one createRoute here, one line in the tree below.

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken });

/** All that needs somebody signed in: loads boot, or leads to the door. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  pendingComponent: Loading,
  errorComponent: Broken,
  beforeLoad: async ({ location }) => {
    try {
      await cache.ensureQueryData(bootQuery);
    } catch (error) {
      if (asProblem(error).kind !== "unknown") throw error;
      const setup = await api.setup().catch(() => ({ needed: false }));
      if (setup.needed) window.location.assign("/setup");
      throw redirect({ to: "/signin", search: location.href === "/" ? {} : { back: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  component: lazyRouteComponent(() => import("../conversation/Welcome"), "Welcome"),
});

export interface ConversationSearch {
  thread?: number;
  beside?: "inbox"; // the Inbox stands where the list of conversations does
}

const conversation = createRoute({
  getParentRoute: () => inside,
  path: "/c/$conversation",
  validateSearch: (search: Record<string, unknown>): ConversationSearch => {
    const thread = Number(search.thread);
    return {
      ...(Number.isInteger(thread) && thread > 0 ? { thread } : {}),
      ...(search.beside === "inbox" ? { beside: search.beside } : {}),
    };
  },
  search: { middlewares: [retainSearchParams(["beside"])] },
  component: lazyRouteComponent(() => import("../conversation/ConversationScreen"), "ConversationScreen"),
});

// The same screen; the child only carries the message to jump to.
const message = createRoute({ getParentRoute: () => conversation, path: "$seq", component: () => null });

// The queue itself is part of the frame, so that it stays where it is when a conversation is opened beside it.
const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  component: lazyRouteComponent(() => import("../inbox/InboxHint"), "InboxHint"),
});

const catchUp = createRoute({
  getParentRoute: () => inside,
  path: "/catch-up",
  component: lazyRouteComponent(() => import("../catchup/CatchUp"), "CatchUp"),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: "/people",
  component: lazyRouteComponent(() => import("../people/PeopleScreen"), "PeopleScreen"),
});

const person = createRoute({
  getParentRoute: () => inside,
  path: "/people/$person",
  component: lazyRouteComponent(() => import("../people/PersonScreen"), "PersonScreen"),
});

const saved = createRoute({
  getParentRoute: () => inside,
  path: "/saved",
  component: lazyRouteComponent(() => import("../places/Saved"), "Saved"),
});

const scheduled = createRoute({
  getParentRoute: () => inside,
  path: "/scheduled",
  component: lazyRouteComponent(() => import("../scheduled/ScheduledScreen"), "ScheduledScreen"),
});

const search = createRoute({
  getParentRoute: () => inside,
  path: "/search",
  validateSearch: (given: Record<string, unknown>): { q?: string } =>
    typeof given.q === "string" && given.q ? { q: given.q } : {},
  component: lazyRouteComponent(() => import("../places/Search"), "Search"),
});

const browse = createRoute({
  getParentRoute: () => inside,
  path: "/browse",
  component: lazyRouteComponent(() => import("../list/Browse"), "Browse"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/SettingsScreen"), "SettingsScreen"),
});

const settingsSection = createRoute({
  getParentRoute: () => inside,
  path: "/settings/$section",
  component: lazyRouteComponent(() => import("../settings/SettingsScreen"), "SettingsScreen"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../enter/Setup"), "Setup"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("../enter/Join"), "Join"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: (given: Record<string, unknown>): { back?: string } =>
    typeof given.back === "string" && /^\/(?!\/)/.test(given.back) ? { back: given.back } : {},
  component: lazyRouteComponent(() => import("../enter/SignIn"), "SignIn"),
});

const recover = createRoute({
  getParentRoute: () => root,
  path: "/recover",
  component: lazyRouteComponent(() => import("../enter/Recover"), "Recover"),
});

const confirm = createRoute({
  getParentRoute: () => root,
  path: "/confirm",
  component: lazyRouteComponent(() => import("../enter/ConfirmEmail"), "ConfirmEmail"),
});

const tree = root.addChildren([
  inside.addChildren([
    home,
    conversation.addChildren([message]),
    inbox,
    catchUp,
    people,
    person,
    saved,
    scheduled,
    search,
    browse,
    settings,
    settingsSection,
  ]),
  setup,
  join,
  recover,
  confirm,
  signIn,
]);

export const router = createRouter({
  routeTree: tree,
  defaultPendingMs: 400,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
