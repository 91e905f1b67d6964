import { lazy, Suspense } from "react";
import type { SeriesChartProps } from "./series-chart.tsx";

const SeriesChart = lazy(() => import("./series-chart.tsx"));

/** Figures over time; its library is fetched when the first one is shown. A table of the same is there for whoever can't see it. */
export function Chart(props: SeriesChartProps) {
  const { label, points, series, height = 200 } = props;
  return (
    <figure>
      <Suspense fallback={<div style={{ height }} className="animate-pulse rounded-lg bg-raised" />}>
        <SeriesChart {...props} />
      </Suspense>
      {/* A table takes no bound of its height, so it would make the page longer unseen. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map(({ at, values }) => (
              <tr key={at}>
                <th scope="row">{at}</th>
                {series.map(({ key, name }) => (
                  <td key={name}>{values[key] ?? "none"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
