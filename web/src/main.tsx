import "./look/mantine.css";
import "./look/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { colours } from "./app/theme";
import { styleNonce } from "./look/theme";
import { chooseLanguage, setLanguage } from "./text/text";

// By this name the library that holds the page still under a dialog looks for the nonce of its style.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

// Before the first paint, without an inline script.
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const chosen = colours.get();
document.documentElement.dataset.mantineColorScheme = chosen === "auto" ? (dark ? "dark" : "light") : chosen;

await setLanguage(chooseLanguage(localStorage.getItem("language") ?? undefined));
createRoot(document.getElementById("root")!).render(<App />);

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js"));
}
