import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

// Mantine wants ten shades; what is seen comes from tokens.css through the variables below.
const pine: MantineColorsTuple = [
  "#eaf6f4",
  "#d5ebe7",
  "#a9d8d1",
  "#7cc5ba",
  "#55b1a5",
  "#319b90",
  "#168278",
  "#0c6b65",
  "#0a5a55",
  "#074843",
];

// Filled things take their text from tokens.css as well: Mantine decides once for both themes.
const variants: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return usual;
  if (input.color === "red")
    return {
      ...usual,
      background: "var(--danger)",
      hover: "color-mix(in srgb, var(--danger) 88%, var(--text))",
      color: "var(--ground)",
    };
  return { ...usual, color: "var(--on-accent)" };
};

// What is long moves over what it belongs to rather than out of the window, as far as it must.
const stayInside = {
  flip: true,
  shift: { crossAxis: true, padding: 4, limiter: { fn: ({ x, y }: { x: number; y: number }) => ({ x, y }) } },
};

export const theme = createTheme({
  variantColorResolver: variants,
  colors: { pine },
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 3 },
  respectReducedMotion: true,
  cursorType: "pointer",
  defaultRadius: "md",
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  headings: { fontFamily: "var(--font)" },
  focusRing: "auto",
  components: {
    // The page itself never scrolls, and locking it would need a style without a nonce.
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        returnFocus: true,
        middlewares: stayInside,
      },
    },
    Popover: { defaultProps: { middlewares: stayInside } },
    Modal: { defaultProps: { lockScroll: false } },
    // What floats above the page is in a landmark of its own, see index.html.
    Portal: { defaultProps: { target: "#floats" } },
    ModalRoot: { defaultProps: { lockScroll: false } },
  },
});

const shared = {
  "--mantine-color-body": "var(--ground)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-soft)",
  "--mantine-color-placeholder": "var(--text-soft)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-default": "var(--ground-raised)",
  "--mantine-color-default-hover": "var(--ground-hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-color-pine-filled": "var(--accent)",
  "--mantine-color-pine-filled-hover": "var(--accent-hover)",
  "--mantine-color-pine-light": "var(--accent-soft)",
  "--mantine-color-pine-light-color": "var(--accent)",
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

/** The nonce with which the server lets this page add styles. */
export const styleNonce = () =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
