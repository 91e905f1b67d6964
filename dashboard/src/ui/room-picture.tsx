const HEIGHT = 140;

/** How much of one day is taken. `cap` null: nothing bounds it. */
export interface RoomOfDay {
  readonly day: string;
  readonly cap: number | null;
  readonly taken: number;
  readonly sent: number;
}

interface RoomPictureProps {
  readonly days: readonly RoomOfDay[];
  readonly hasRamp: boolean;
}

/** Each day a bar: what is sent and planned of what there is room for; what may be sent as a line over them. */
export function RoomPicture({ days, hasRamp }: RoomPictureProps) {
  const most = Math.max(1, ...days.flatMap(({ cap, taken }) => [cap ?? 0, taken]));
  const y = (count: number) => HEIGHT - (count / most) * (HEIGHT - 8);
  const line = days.flatMap(({ cap }, index) => (cap === null ? [] : [`${index + 0.5},${y(cap)}`])).join(" ");
  return (
    <figure className="relative">
      <div className="flex gap-2">
        <div aria-hidden className="flex w-9 flex-col justify-between text-right text-xs text-quiet tabular-nums">
          <span>{most.toLocaleString("en")}</span>
          <span>0</span>
        </div>
        <svg
          aria-hidden
          viewBox={`0 0 ${days.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 min-w-0 flex-1 border-b border-line"
        >
          {days.map(({ day, cap, taken, sent }, index) => (
            <g key={day}>
              {cap === null ? null : (
                <rect x={index + 0.15} width={0.7} y={y(cap)} height={HEIGHT - y(cap)} fill="var(--raised)" />
              )}
              <rect x={index + 0.15} width={0.7} y={y(taken)} height={HEIGHT - y(taken)} fill="var(--info)" />
              <rect x={index + 0.15} width={0.7} y={y(sent)} height={HEIGHT - y(sent)} fill="var(--accent)" />
            </g>
          ))}
          <polyline
            points={line}
            fill="none"
            stroke="var(--warn)"
            strokeWidth={2}
            strokeDasharray={hasRamp ? undefined : "5 4"}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <div aria-hidden className="mt-1 ml-11 grid auto-cols-fr grid-flow-col text-center text-xs text-quiet">
        {days.map(({ day }, index) => (
          <span key={day} className={index % 2 === 1 ? "max-sm:invisible" : ""}>
            {dayOf(day, index)}
          </span>
        ))}
      </div>
      <ul aria-hidden className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-xs">
        <Key colour="bg-accent">sent</Key>
        <Key colour="bg-info">planned</Key>
        <Key colour="border border-line bg-raised">room</Key>
        <Key colour="h-0.5 bg-warn">{hasRamp ? "what may be sent, as the ramp grows" : "what may be sent"}</Key>
      </ul>
      <div className="sr-only">
        <table>
          <caption>What is sent and planned of what may be sent, day by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Sent</th>
              <th scope="col">Planned</th>
              <th scope="col">May be sent</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, cap, taken, sent }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{sent}</td>
                <td>{taken - sent}</td>
                <td>{cap ?? "no bound"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Key({ colour, children }: { readonly colour: string; readonly children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={`w-3 rounded-sm ${colour.includes("h-") ? "" : "h-3"} ${colour}`} />
      {children}
    </li>
  );
}

function dayOf(day: string, index: number): string {
  if (index === 0) return "Today";
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "numeric" }).format(new Date(day));
}
