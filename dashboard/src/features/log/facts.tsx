import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useCadenceNames } from "../../api/names.ts";
import { CopyButton } from "../../ui/copy.tsx";

/** Names with what they are. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[7rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 text-sm">{children}</dl>;
}

interface FactProps {
  readonly name: string;
  readonly children?: ReactNode;
  /** Shown whole as far as there is room, and to be copied. */
  readonly copy?: string | null;
  readonly hint?: string;
}

/** One of them. */
export function Fact({ name, children, copy, hint }: FactProps) {
  return (
    <>
      <dt className="py-0.5 text-quiet">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        {children}
        {copy === undefined ? null : copy === null ? (
          <span className="text-quiet">none</span>
        ) : (
          <>
            <code className="min-w-0 truncate font-mono text-xs" title={hint === undefined ? copy : `${hint}: ${copy}`}>
              {copy}
            </code>
            {hint === undefined ? null : (
              <span className="hidden text-xs whitespace-nowrap text-quiet xl:inline">{hint}</span>
            )}
            <CopyButton text={copy} />
          </>
        )}
      </dd>
    </>
  );
}

/** Whose line it is. */
export function WhereFrom({ entry: { cadenceId, step, version, enrollmentId } }: { readonly entry: LogEntry }) {
  const cadences = useCadenceNames();
  return (
    <>
      <Fact name="Cadence">
        {cadenceId === null ? (
          <span className="text-quiet">none</span>
        ) : (
          <span className="truncate">
            <Link to="/cadences/$cadenceId" params={{ cadenceId }} className="text-accent underline">
              {cadences[cadenceId] ?? cadenceId}
            </Link>
            , version {version}
            {step === null ? "" : `, step ${step + 1}`}
          </span>
        )}
      </Fact>
      <Fact name="Enrollment">
        {enrollmentId === null ? (
          <span className="text-quiet">none: a notice of the workspace</span>
        ) : (
          <Link
            to="/enrollments/$enrollmentId"
            params={{ enrollmentId }}
            className="truncate font-mono text-xs text-accent underline"
          >
            {enrollmentId}
          </Link>
        )}
      </Fact>
    </>
  );
}
