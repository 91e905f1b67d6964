// Preloaded by the npm scripts (node --import). Plain JavaScript, because an older Node can't read the .ts files at all.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Drafthook needs Node 24 and this is ${process.versions.node}; run "npm ci" (without --ignore-scripts), which puts Node 24 into the project, and then use the npm scripts.`,
  );
  process.exit(1);
}
