/** Vite gives the text of a file for `import text from "./file.eml?raw"`. */
declare module "*.eml?raw" {
  const text: string;
  export default text;
}

declare module "*.toml?raw" {
  const text: string;
  export default text;
}

declare module "*.json?raw" {
  const text: string;
  export default text;
}
