/** What a column of a file can be: a field of the lead, a value of its context, or nothing. */
export type Target = LeadColumn | "context" | "ignore";

/** The fields of a lead that a file can bring; first and last name are joined. */
export type LeadColumn =
  | "leadExternalId"
  | "leadEmail"
  | "leadName"
  | "firstName"
  | "lastName"
  | "leadTimeZone"
  | "leadCountry"
  | "leadLinkedinUrl"
  | "leadProfileUrn"
  | "startAt";

/** How each is called on the screen. */
export const TARGETS: Readonly<Record<Target, string>> = {
  leadEmail: "E-mail",
  leadName: "Full name",
  firstName: "First name",
  lastName: "Last name",
  leadExternalId: "Your id",
  leadTimeZone: "Time zone",
  leadCountry: "Country",
  leadLinkedinUrl: "LinkedIn address",
  leadProfileUrn: "Profile URN",
  startAt: "Start at",
  context: "Into the context",
  ignore: "Leave out",
};

/** Headers as people and other systems write them, without case, accents and all but letters and digits; the likeliest first. */
const NAMES: readonly (readonly [target: LeadColumn, headers: readonly string[]])[] = [
  [
    "leadEmail",
    [
      "leademail",
      "email",
      "emailaddress",
      "workemail",
      "businessemail",
      "primaryemail",
      "mail",
      "contactemail",
      "emailadresse",
      "adresseemail",
      "courriel",
      "correo",
    ],
  ],
  [
    "leadExternalId",
    [
      "leadexternalid",
      "externalid",
      "id",
      "leadid",
      "contactid",
      "crmid",
      "recordid",
      "customerid",
      "personid",
      "userid",
    ],
  ],
  ["firstName", ["firstname", "givenname", "vorname", "prenom", "nombre", "leadfirstname", "contactfirstname"]],
  [
    "lastName",
    ["lastname", "surname", "familyname", "nachname", "nomdefamille", "apellido", "leadlastname", "contactlastname"],
  ],
  ["leadName", ["leadname", "fullname", "name", "contactname", "personname", "contact", "nom"]],
  ["leadTimeZone", ["leadtimezone", "timezone", "tz", "zeitzone", "fuseauhoraire"]],
  ["leadCountry", ["leadcountry", "country", "countrycode", "land", "pays", "pais"]],
  [
    "leadLinkedinUrl",
    [
      "leadlinkedinurl",
      "linkedinurl",
      "linkedin",
      "linkedinprofile",
      "linkedinprofileurl",
      "personlinkedinurl",
      "profileurl",
    ],
  ],
  ["leadProfileUrn", ["leadprofileurn", "profileurn", "linkedinurn", "urn"]],
  ["startAt", ["startat", "startdate", "start"]],
];

/** What each column is, guessed by its header and, for the address, by what stands in it. Each field is given once; the rest is context. */
export function guessColumns(headers: readonly string[], sample: readonly (readonly string[])[]): readonly Target[] {
  const plain = headers.map(plainName);
  // Of a file of errors that comes back mended, the reason is no value of the lead.
  const guessed: Target[] = plain.map((header, index) =>
    header === "error" && index === plain.length - 1 ? "ignore" : "context",
  );
  for (const [target, names] of NAMES) {
    const at = names
      .map((name) => plain.findIndex((header, index) => header === name && guessed[index] === "context"))
      .find((index) => index >= 0);
    if (at !== undefined) guessed[at] = target;
  }
  if (!guessed.includes("leadEmail")) {
    const at = headers.findIndex((_, index) => guessed[index] === "context" && holdsAddresses(sample, index));
    if (at >= 0) guessed[at] = "leadEmail";
  }
  // A full name says more than its parts.
  if (guessed.includes("leadName"))
    return guessed.map((target) => (target === "firstName" || target === "lastName" ? "context" : target));
  return guessed;
}

/** Whether the first row names the columns; one with an address in it is somebody already. */
export function hasHeader(first: readonly string[]): boolean {
  return !first.some((cell) => /^\S+@\S+\.\S+$/.test(cell.trim()));
}

/** One column's field; what had it before goes into the context, since each field is given once. */
export function chooseTarget(targets: readonly Target[], at: number, target: Target): readonly Target[] {
  return targets.map((before, index) => {
    if (index === at) return target;
    return before === target && target !== "context" && target !== "ignore" ? "context" : before;
  });
}

function holdsAddresses(sample: readonly (readonly string[])[], column: number): boolean {
  const cells = sample.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.filter((cell) => /^\S+@\S+\.\S+$/.test(cell)).length > cells.length / 2;
}

function plainName(header: string): string {
  return header
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}
