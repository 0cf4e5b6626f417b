// Puts a link into the clipboard, or shows it where there is none.
(function (root) {
  "use strict";

  // The link to this page with `query`.
  async function copyQuery(query, tell) {
    const link = `${root.location.origin}${root.location.pathname}?${query}`;
    try {
      await root.navigator.clipboard.writeText(link);
      tell("copied", "Link copied");
    } catch {
      tell("copied", `Copy this: ${link}`);
    }
    setTimeout(() => tell("copied", ""), 6000);
  }

  root.fallLine = Object.assign(root.fallLine || {}, { copyQuery });
})(window);
