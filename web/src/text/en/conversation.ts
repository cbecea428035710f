export const conversation = {
  "conversation.self": "Notes to myself",
  "conversation.unnamed": "Conversation",
  "live.newMessages": { one: "{n} new message in {name}.", other: "{n} new messages in {name}." },
} as const;
