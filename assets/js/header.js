// What Dash calls for the bar at the top of every page.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const PLUGINS = "fall-line-plugins-seen";

  root.dash_clientside = Object.assign(root.dash_clientside || {}, {
    header: {
      theme(clicks) {
        if (clicks) {
          fallLine.theme.toggle();
          fallLine.themeChanged();
        }
        return fallLine.theme.current();
      },

      // Hidden from now on, or because the reader has put the same notice away before.
      plugins(clicks, text) {
        try {
          if (clicks) root.sessionStorage.setItem(PLUGINS, text);
          return root.sessionStorage.getItem(PLUGINS) === text;
        } catch {
          return Boolean(clicks);
        }
      },

      about(clicks) {
        return clicks ? true : root.dash_clientside.no_update;
      },
    },
  });
})(window);
