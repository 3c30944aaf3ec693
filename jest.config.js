/** Unit tests mirror src/; system tests work over real protocols and processes. */
const common = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" } },
    ],
  },
};

export default {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "/test/system/"],
    },
    { ...common, displayName: "system", testMatch: ["<rootDir>/test/system/**/*.test.ts"] },
  ],
  // System tests mostly wait: all cores, and two on the smallest machine.
  maxWorkers: "100%",
  // Longest honest wait of a system test; a unit test that needs it is in the wrong folder.
  testTimeout: 120_000,
};
