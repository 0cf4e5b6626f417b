// What Dash calls for the bar at the top of every page.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});

  root.dash_clientside = Object.assign(root.dash_clientside || {}, {
    header: {
      theme(clicks) {
        if (clicks) {
          fallLine.theme.toggle();
          fallLine.themeChanged();
        }
        return fallLine.theme.current();
      },

      about(clicks) {
        return clicks ? true : root.dash_clientside.no_update;
      },
    },
  });
})(window);
