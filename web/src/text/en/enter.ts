export const enter = {
  "enter.title": "Sign in to Parley",
  "enter.email": "Mail address",
  "enter.password": "Password",
  "enter.signIn": "Sign in",
  "enter.wrong": "Mail address and password do not belong together.",
} as const;
