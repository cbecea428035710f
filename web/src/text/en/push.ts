export const push = {
  "push.title": "Notifications in browsers",
  "push.more": "A browser that you turn on shows a notification, also when Parley is not open in it.",
  "push.unsupported":
    "This browser shows no notifications of sites, or Parley was opened in a way in which it may not.",
  "push.denied":
    "This browser was told not to show notifications of this site. Allow them in its settings for this address.",
  "push.on": "Turn on here",
  "push.off": "Turn off here",
  "push.this": "this browser",
  "push.browser": "Browser",
  "push.used": "Last told {when}",
  "push.unused": "Nothing told yet",
  "push.test": "Test",
  "push.testOf": "Test {name}",
  "push.tested": "A notification is on its way to {name}",
  "push.remove": "Remove",
  "push.removeOf": "Remove {name}",
} as const;
