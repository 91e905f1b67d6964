/** The reference's looks: one column of text beside its table of contents, light and dark by the reader's own setting. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d8dee4; --panel: #f6f8fa; --link: #0a58ca;
  --get: #0b6e4f; --post: #0a58ca; --put: #8a5a00; --delete: #b42318; --event: #6941c6; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --ink: #e6e9ee; --soft: #9aa4b2; --line: #2b323c; --panel: #171d25; --link: #7db2ff;
  --get: #4cc38a; --post: #7db2ff; --put: #e2b04a; --delete: #ff8a80; --event: #b79cff; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1.25rem; border-right: 1px solid var(--line); font-size: .875rem; }
nav .name { font-weight: 700; font-size: 1.125rem; margin: 0 0 1rem; }
nav h2 { font-size: .75rem; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); margin: 1.25rem 0 .25rem; border: 0; padding: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: .125rem 0; color: inherit; text-decoration: none; }
nav li a:hover, nav li a:focus-visible { color: var(--link); text-decoration: underline; }
main { max-width: 60rem; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.5rem; margin: 3.5rem 0 .5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.0625rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h4 { font-size: .875rem; margin: 1.25rem 0 .375rem; color: var(--soft); }
p { margin: .5rem 0; }
a { color: var(--link); }
code { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; margin: .5rem 0; }
pre code { overflow-wrap: normal; }
small { color: var(--soft); white-space: nowrap; }
.operation { margin: 2.5rem 0; }
.summary { font-weight: 600; }
.method { font: 700 .75rem/1 ui-monospace, monospace; padding: .25rem .5rem; border: 1px solid currentColor; border-radius: .375rem; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); } .delete { color: var(--delete); } .event { color: var(--event); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); }
td:first-child { min-width: 10rem; }
.answers { list-style: none; padding: 0; margin: 0; }
.answers > li { padding: .25rem 0; border-bottom: 1px solid var(--line); }
summary { cursor: pointer; }
.status { font: 700 .8125rem ui-monospace, monospace; }
.s2 { color: var(--get); } .s4 { color: var(--put); } .s5 { color: var(--delete); }
.branch { border-left: 3px solid var(--line); padding-left: 1rem; margin: .75rem 0; }
:target { outline: 2px solid var(--link); outline-offset: .5rem; border-radius: .25rem; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); columns: 2; } nav section { break-inside: avoid; } }
`;
