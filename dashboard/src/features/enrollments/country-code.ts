/** The ISO 3166 code of a country by its code, in any case, or by its English name; null for what is none. */
export function countryCode(text: string): string | null {
  countries ??= countryNames();
  return countries.get(text.toLowerCase()) ?? null;
}

let countries: ReadonlyMap<string, string> | null = null;

function countryNames(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const known = letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = isRegion(names, code);
      return name === null
        ? []
        : ([
            [code.toLowerCase(), code],
            [name.toLowerCase(), code],
          ] as const);
    });
  return new Map([
    ...known,
    ["uk", "GB"],
    ["usa", "US"],
    ["united states of america", "US"],
    ["great britain", "GB"],
    ["the netherlands", "NL"],
    ["czech republic", "CZ"],
  ]);
}

/** The name of what is a country's code today; codes of groups, and of countries that there were, are none. */
function isRegion(names: Intl.DisplayNames, code: string): string | null {
  if (NO_COUNTRIES.has(code)) return null;
  return names.of(code) ?? null;
}

const NO_COUNTRIES = new Set(
  "AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO QU RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ".split(
    " ",
  ),
);
