/** Where a link may lead; the server refuses the others too. */
export const mayLink = (href: string) =>
  /^(https?:\/\/[^\s/]|mailto:\S|tel:\S|\/c\/[0-9a-z]{13}(\/\d{1,18})?$)/i.test(href);

/** An address as it can stand between the parentheses of a Markdown link. */
export const writable = (href: string) =>
  href.replaceAll(/[()\s<>]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
