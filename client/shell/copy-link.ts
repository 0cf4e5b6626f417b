// Puts a link into the clipboard, or shows it where there is none.

/** Copies the link to this page with `query`, and says so for a while. */
export async function copyQuery(query: string, tell: (id: string, text: string) => void): Promise<void> {
  const link = `${location.origin}${location.pathname}?${query}`;
  try {
    await navigator.clipboard.writeText(link);
    tell("copied", "Link copied");
  } catch {
    tell("copied", `Copy this: ${link}`);
  }
  setTimeout(() => tell("copied", ""), 6000);
}
