// Which room may use which: each uses those under it only, and no module uses itself by a detour.

const ROOMS = [
  ["main", "standalone"],
  ["exporting"],
  ["explore", "response", "train"],
  ["runs"],
  ["drawing", "player", "walking"],
  ["wire"],
  ["shell"],
  ["dash", "experiment", "state"],
];

const folder = (name) => `^client/${name}[/.]`;
const above = (level) => ROOMS.slice(0, level).flat().map(folder).join("|");

const downwards = ROOMS.flatMap((rooms, level) =>
  rooms.map((name) => ({
    name: `${name}-uses-only-what-is-under-it`,
    severity: "error",
    from: { path: folder(name) },
    to: { path: [above(level), ...rooms.filter((one) => one !== name).map(folder)].filter(Boolean).join("|") || "^$" },
  })),
);

export default {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphan", severity: "error", from: { orphan: true, pathNot: "first\\.ts$" }, to: {} },
    {
      name: "nothing-from-outside",
      severity: "error",
      from: { path: "^client" },
      to: { dependencyTypes: ["npm", "npm-dev", "core", "unknown"] },
    },
    ...downwards,
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts"] },
    includeOnly: "^client",
  },
};
