// Package identity is who is who: people, their addresses and the proof of them, sessions, passkeys, tokens, bots,
// invitations, groups, the organisation, and May: who may do what.
//
// It knows names, secrets and roles. It must not know what people say, nor how they are connected: whoever carries
// the news of a change registers Hooks.
package identity
