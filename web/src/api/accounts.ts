import { request } from "./client";
import type {
  AccessToken,
  Hours,
  ID,
  Invitation,
  Me,
  Organisation,
  Passkey,
  Person,
  PersonGroup,
  Role,
  Session,
  Status,
  Webhook,
} from "./types";

// What is asked of the server about people, credentials and the organisation. The rest is in calls.ts.

export interface Account {
  name: string;
  email: string;
  password?: string;
  zone: string;
  language: string;
  hours: Hours[];
}
export interface Offer {
  organisation: string;
  invited_by: string;
  role: Role;
  zone: string;
  language: string;
}
export interface RecoveryOffer {
  organisation: string;
  name: string;
  email: string;
}
/** Of my address: whether a link that was sent to it has been opened, and whether this server sends mail at all. */
export interface MyEmail {
  email?: string;
  proven: boolean;
  configured: boolean;
}
export interface EmailOffer {
  organisation: string;
  name: string;
  email: string;
}
/** A new password, or a passkey. */
export interface WayIn {
  password?: string;
  name?: string;
  credential?: unknown;
}
export interface Profile {
  name?: string;
  handle?: string;
  title?: string;
  zone?: string;
  language?: string;
  hours?: Hours[];
}
export interface InvitationOrder {
  role: Role;
  uses?: number;
  expires_in_days?: number;
  conversations?: ID[];
  note?: string;
}

type Entered = { me: Me };
type Ceremony = { options: unknown; state?: string };
type Secret = AccessToken & { token: string };
const post = <T>(path: string, body?: unknown) => request<T>("POST", path, { body });
const patch = <T>(path: string, body: unknown) => request<T>("PATCH", path, { body });
const remove = <T = void>(path: string) => request<T>("DELETE", path);

export const accounts = {
  setup: () => request<{ needed: boolean; organisation?: string }>("GET", "/setup"),
  found: (body: Account & { token: string; organisation: string }) => post<Entered>("/setup", body),
  offer: (token: string) => request<Offer>("GET", `/invitations/${encodeURIComponent(token)}/offer`),
  accept: (token: string, body: Account) =>
    post<Entered>(`/invitations/${encodeURIComponent(token)}/accept`, body),
  signIn: (email: string, password: string) => post<Entered>("/sessions", { email, password }),
  beginSignIn: () => post<Ceremony>("/sessions/passkey/begin"),
  signInWithPasskey: (body: { credential: unknown; state?: string }) =>
    post<Entered>("/sessions/passkey", body),

  // The token goes in the body, so that no log has it.
  recoveryOffer: (token: string) => post<RecoveryOffer>("/recovery/offer", { token }),
  beginRecoveryPasskey: (token: string) => post<Ceremony>("/recovery/passkey/begin", { token }),
  recover: (token: string, way: WayIn) => post<Entered>("/recovery", { token, ...way }),
  makeRecovery: (person: ID) => post<{ url: string; expires_at: string }>(`/people/${person}/recovery`),

  me: () => request<Me>("GET", "/me"),
  changeMe: (body: Profile) => patch<Me>("/me", body),
  setStatus: (body: Status) => request<Person>("PUT", "/me/status", { body }),
  clearStatus: () => remove("/me/status"),
  setPicture: (raw: Blob) => request<Person>("PUT", "/me/avatar", { raw }),
  removePicture: () => remove("/me/avatar"),
  setEmail: (email: string, proof: { current?: string; credential?: unknown }) =>
    request<Me>("PUT", "/me/email", { body: { email, ...proof } }),
  myEmail: () => request<MyEmail>("GET", "/me/email"),
  confirmEmail: () => post<void>("/me/email/confirm"),
  emailOffer: (token: string) => post<EmailOffer>("/me/email/prove/offer", { token }),
  proveEmail: (token: string) => post<void>("/me/email/prove", { token }),
  setPassword: (current: string, password: string) =>
    request<void>("PUT", "/me/password", { body: { current: current || undefined, new: password } }),

  sessions: () => request<Session[]>("GET", "/sessions"),
  endSession: (id: ID) => remove(`/sessions/${id}`),
  endOtherSessions: () => remove("/sessions"),
  passkeys: () => request<Passkey[]>("GET", "/passkeys"),
  beginPasskey: () => post<Ceremony>("/passkeys/begin"),
  addPasskey: (name: string, credential: unknown) => post<Passkey>("/passkeys", { name, credential }),
  removePasskey: (id: ID) => remove(`/passkeys/${id}`),
  tokens: () => request<AccessToken[]>("GET", "/tokens"),
  makeToken: (name: string, expires_in_days: number) => post<Secret>("/tokens", { name, expires_in_days }),
  revokeToken: (id: ID) => remove(`/tokens/${id}`),

  invitations: () => request<Invitation[]>("GET", "/invitations"),
  invite: (body: InvitationOrder) => post<Invitation & { url: string }>("/invitations", body),
  revokeInvitation: (id: ID) => remove(`/invitations/${id}`),

  changeOrganisation: (body: Partial<Organisation>) => patch<Organisation>("/organisation", body),
  changePerson: (id: ID, body: { role?: Role; deactivated?: boolean; name?: string; title?: string }) =>
    patch<Person>(`/people/${id}`, body),
  makeGroup: (body: Omit<PersonGroup, "id">) => post<PersonGroup>("/groups", body),
  changeGroup: (id: ID, body: Partial<Omit<PersonGroup, "id">>) => patch<PersonGroup>(`/groups/${id}`, body),
  deleteGroup: (id: ID) => remove(`/groups/${id}`),
  makeBot: (body: { name: string; handle?: string }) => post<Person>("/bots", body),
  removeBot: (id: ID) => remove(`/bots/${id}`),
  botTokens: (id: ID) => request<AccessToken[]>("GET", `/bots/${id}/tokens`),
  makeBotToken: (id: ID, name: string, expires_in_days: number) =>
    post<Secret>(`/bots/${id}/tokens`, { name, expires_in_days }),

  setMemberRole: (conversation: ID, person: ID, role: "manager" | "member") =>
    patch<void>(`/conversations/${conversation}/members/${person}`, { role }),
  webhooks: (conversation: ID) =>
    request<{ webhooks: Webhook[] }>("GET", `/conversations/${conversation}/webhooks`).then(
      (found) => found.webhooks,
    ),
  makeWebhook: (conversation: ID, name: string) =>
    post<Webhook & { url: string }>(`/conversations/${conversation}/webhooks`, { name }),
  removeWebhook: (id: ID) => remove(`/webhooks/${id}`),
};
