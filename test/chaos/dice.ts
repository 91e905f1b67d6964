/** Chance from a seed: the same seed gives the same run, as far as two programs on one machine can repeat themselves. */
export interface Dice {
  /** At least `min`, below `max`. */
  between(min: number, max: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** Dice of their own for one subject, so that who asks first changes nothing for the others. */
  for(subject: string): Dice;
}

/** Dice that start from a whole number (mulberry32: 32 bits of state, enough for a test and four lines long). */
export function diceFrom(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (min, max) => min + roll() * (max - min),
    chance: (probability) => roll() < probability,
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: roll() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
    for: (subject) => diceFrom(hash(`${seed}/${subject}`)),
  };
}

function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193);
  return sum >>> 0;
}
