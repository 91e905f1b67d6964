/**
 * Three lines to paste into a shell after `npm start`: is it alive, make a cadence, enroll a lead in it. Each is one
 * command of its own; the third asks for the newest cadence, so it needs the second to have run once.
 */
export function firstCurls(url: string, key: string): readonly [string, string, string] {
  const newestCadence = `$(curl -s '${url}/v1/cadences?limit=1' -H 'authorization: Bearer ${key}' | grep -o 'cad_[0-9A-Za-z]*' | head -n 1)`;
  return [
    `curl -s ${url}/health`,
    post(`${url}/v1/cadences`, key, CADENCE),
    post(`${url}/v1/cadences/${newestCadence}/enrollments`, key, LEAD),
  ];
}

/** Two static steps, so that nothing outside this machine is needed; the clock may send at any hour. */
const CADENCE = {
  name: "First steps",
  publish: true,
  businessHoursOnly: false,
  steps: [
    {
      kind: "email",
      delayDays: 0,
      draftStrategy: "static",
      staticSubject: "Hello",
      staticBody: "Hello, this is the first step.",
    },
    {
      kind: "email",
      delayDays: 3,
      condition: "no_reply_to_prev",
      draftStrategy: "static",
      staticSubject: "Still here",
      staticBody: "Just making sure that this reached you.",
    },
  ],
};

const LEAD = { leadExternalId: "lead-1", leadName: "Jane Doe", leadEmail: "jane@example.com" };

function post(url: string, key: string, body: unknown): string {
  return `curl -s -X POST "${url}" -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}
