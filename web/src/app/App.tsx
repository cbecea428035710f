import { localStorageColorSchemeManager, MantineProvider, useMantineColorScheme } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { listenForKeys } from "../keys/actions";
import { cache } from "../live/data";
import { useStore } from "../live/store";
import { styleNonce, theme, variables } from "../look/theme";
import { listenForPush } from "../push/listen";
import { language, subscribeLanguage } from "../text/text";
import { router } from "./routes";
import { colours } from "./theme";

const manager = localStorageColorSchemeManager({ key: "colours" });

function Colours() {
  const chosen = useStore(colours);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(chosen), [chosen, setColorScheme]);
  return null;
}

export function App() {
  const spoken = useSyncExternalStore(subscribeLanguage, language);
  useEffect(listenForKeys, []);
  useEffect(listenForPush, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      getStyleNonce={styleNonce}
      defaultColorScheme="auto"
      colorSchemeManager={manager}
    >
      <Colours />
      <QueryClientProvider client={cache}>
        <RouterProvider key={spoken} router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
