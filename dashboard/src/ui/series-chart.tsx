import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Tone } from "./badge.tsx";

/** One time with its figures by the series' keys; null where there is none. */
export interface ChartPoint {
  /** As it is written at the axis. */
  readonly at: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** One line, or one colour of the bars. */
export interface ChartSeries {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone | "accent";
}

/** What a chart shows. */
export interface SeriesChartProps {
  readonly label: string;
  readonly kind: "bars" | "lines";
  readonly points: readonly ChartPoint[];
  readonly series: readonly ChartSeries[];
  /** Behind each figure that is pointed at; the axis has none, so the screen says it beside the chart too. */
  readonly unit?: string;
  /** Pixels. */
  readonly height?: number;
}

/** Bars that stand on each other, or lines. */
export default function SeriesChart({ kind, points, series, unit = "", height = 200, label }: SeriesChartProps) {
  const data = points.map(({ at, values }) => ({ at, ...values }));
  const parts = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis key="x" dataKey="at" tick={TICK} tickLine={false} axisLine={{ stroke: "var(--line)" }} minTickGap={24} />,
    <YAxis
      key="y"
      tick={TICK}
      tickLine={false}
      axisLine={false}
      width={44}
      allowDecimals={false}
      tickFormatter={(value: number) => value.toLocaleString("en")}
    />,
    <Tooltip
      key="tip"
      cursor={{ fill: "var(--raised)", stroke: "var(--line)" }}
      contentStyle={{ background: "var(--card)", border: "1px solid var(--line)", borderRadius: 10, fontSize: 12 }}
      labelStyle={{ color: "var(--quiet)" }}
      itemStyle={{ color: "var(--ink)" }}
      formatter={(value) => `${value}${unit}`}
    />,
    ...(series.length > 1
      ? [<Legend key="legend" itemSorter={null} iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 12 }} />]
      : []),
  ];
  const shared = { data, accessibilityLayer: true, margin: { top: 8, right: 8, bottom: 0, left: 0 }, title: label };
  return (
    <ResponsiveContainer width="100%" height={height}>
      {kind === "bars" ? (
        <BarChart {...shared}>
          {parts}
          {series.map(({ key, name, tone }) => (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              stackId="all"
              fill={`var(--${tone === "plain" ? "strong-line" : tone})`}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart {...shared}>
          {parts}
          {series.map(({ key, name, tone }) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={`var(--${tone === "plain" ? "strong-line" : tone})`}
              strokeWidth={2}
              dot={{ r: 2, strokeWidth: 0, fill: `var(--${tone === "plain" ? "strong-line" : tone})` }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}

const TICK = { fontSize: 11, fill: "var(--quiet)" };
