/** What a message is made of. */
export interface Facts {
  readonly name: string;
  readonly company: string;
  readonly city: string;
  readonly interest: string;
  /** Messages that went out before this one. */
  readonly writtenBefore: number;
}

/** The text of the step with this index; a subject only where a conversation begins, because follow-ups keep it. */
export function writeWords(step: number, facts: Facts): { readonly subject?: string; readonly body: string } {
  const text = TEXTS[step] ?? TEXTS.at(-1) ?? "";
  const body = text.replaceAll(/\{(\w+)\}/g, (whole, field: string) =>
    isField(field, facts) ? String(facts[field]) : whole,
  );
  return step === 0 ? { subject: `${facts.interest} at ${facts.company}`, body } : { body };
}

/** The note of a LinkedIn invitation; where it doesn't fit, a shorter one. */
export function writeNote({ name, city, interest }: Facts, maxChars: number | null): { readonly body: string } {
  const note = `Hello ${name}, I write about ${interest}, and teams in ${city} are who I learn from. Shall we connect?`;
  return { body: note.length <= (maxChars ?? 200) ? note : "Hello, shall we connect?" };
}

function isField(field: string, facts: Facts): field is keyof Facts {
  return Object.hasOwn(facts, field);
}

const TEXTS: readonly string[] = [
  `Hello {name},

teams in {city} tell us that {interest} takes more hours than anybody planned for. We wrote down what others changed: two pages, no form to fill in.

Shall I send them to you?

Åsa`,

  `Hello {name},

…and one number that I left out last time:
.5 of a working day each week is what {interest} costs on average. At {company} it may well be less – or, let’s be honest, more.

Åsa`,

  `Hello {name},

From what I read about {company}, the second page is the one for you. Here is the “short version”:
  1. write down who waits for whom,
  2. stop doing the third thing on that list,
  3. look again after a month. 🙂

Åsa`,

  `Hello {name},

this is my last note; I have written {writtenBefore} times and don't want to become a nuisance. If {interest} comes up again in {city}, you know where I am.

Åsa`,
];
