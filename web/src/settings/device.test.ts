import { expect, it } from "vitest";
import { deviceName } from "./device";

it("names the browser and the system that a user agent means", () => {
  const named = (text: string) => deviceName(text);
  expect(
    named(
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    ),
  ).toEqual({ browser: "Chrome", system: "Linux" });
  expect(
    named(
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0",
    ),
  ).toEqual({ browser: "Edge", system: "Windows" });
  expect(
    named(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    ),
  ).toEqual({ browser: "Safari", system: "iPhone" });
  expect(named("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")).toEqual({
    browser: "Firefox",
    system: "Android",
  });
  expect(named("curl/8.5.0")).toEqual({ browser: "curl", system: undefined });
  expect(named("something of somebody's")).toBeUndefined();
});
