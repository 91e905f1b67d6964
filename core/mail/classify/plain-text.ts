/** Lower case, one kind of apostrophe, dash and space, no white space twice: so one pattern fits every way to write it. */
export function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘`´ʼ]/g, "'")
    .replace(/[‐‑–—]/g, "-")
    .replace(/\s+/g, " ");
}

/** One pattern out of alternatives; they are given in the form that `normalized` leaves behind. */
export function anyOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(compilable(alternatives.join("|")));
}

/** Like `anyOf`, but only at the start of a text. */
export function startsWithAnyOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(compilable(`^(?:${alternatives.join("|")})`));
}

/**
 * `\p{L}` costs a large pattern 100 ms of compiling, once in each isolate; the letters of the alphabets in our word lists
 * cost nothing, and so does doing without the flag `u`, since none of them lies beyond the first plane.
 */
function compilable(source: string): string {
  return source.replaceAll("\\p{L}", "[a-z\\u00b5-\\u024f\\u0370-\\u04ff]");
}
