/** Rewrites a vector so that whoever looks for a word in it no longer finds it, while a browser still may. */
type Rewrite = (vector: string) => string;

const REWRITES: readonly Rewrite[] = [
  (vector) => vector.toUpperCase().replaceAll("ALERT(DOCUMENT.COOKIE)", "alert(document.cookie)"),
  (vector) => vector.replace(/[a-z]/g, (letter, at: number) => (at % 2 ? letter : letter.toUpperCase())),
  (vector) => vector.replace(/alert/g, (word) => [...word].map((letter) => `&#${letter.charCodeAt(0)};`).join("")),
  (vector) =>
    vector.replace(/alert/g, (word) => [...word].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join("")),
  (vector) => vector.replace(/javascript:/gi, "java&#9;script&#58;"),
  (vector) => vector.replace(/=([^\s"'>][^\s>]*)/g, '="$1"'),
  (vector) => vector.replace(/ on/g, "/on"),
  (vector) => vector.replace(/ /g, "\n"),
  (vector) => vector.replace(/ /g, "\f"),
  (vector) => vector.replace(/<(\w)/g, "<\u0000$1"),
  (vector) => vector.replace(/>/g, " >"),
  (vector) => `"'>${vector}`,
  (vector) => `</style></script></textarea></title></noscript>${vector}`,
  (vector) => `<div><table><tr><td>${vector}`,
  (vector) => `<svg><desc>${vector}</desc></svg>`,
  (vector) => `<math><mtext>${vector}</mtext></math>`,
  (vector) => `<noscript>${vector}</noscript>${vector}`,
  (vector) => `<template>${vector}</template>${vector}`,
  (vector) => `<!-- ${vector} -->${vector}`,
  (vector) => vector.replace(/</g, "<<"),
  (vector) => vector.replace(/<(\w+)/, "<$1<$1"),
  (vector) => `${vector}${vector}`,
  (vector) => vector.slice(0, -1),
];

/** So many different lines made of these vectors, each by one or two rewritings; the same ones every time. */
export function variantsOf(vectors: readonly string[], count: number): readonly string[] {
  const made = new Set<string>();
  const known = new Set(vectors);
  for (let turn = 0; made.size < count && turn < count * 20; turn += 1) {
    const vector = vectors[(turn * 7) % vectors.length] ?? "";
    const first = REWRITES[turn % REWRITES.length];
    const second = turn < count ? undefined : REWRITES[(turn * 5 + 3) % REWRITES.length];
    const line = (second ?? same)((first ?? same)(vector));
    if (!known.has(line)) made.add(line);
  }
  return [...made];
}

const same: Rewrite = (vector) => vector;
