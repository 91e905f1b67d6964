import { type ComponentProps, type ReactNode, useId } from "react";
import { Refusal } from "../api/call.ts";
import { classNames } from "./class-names.ts";

const INPUT = "w-full rounded-lg border border-strong-line bg-card px-3 text-sm text-ink aria-invalid:border-bad";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly fault?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** A label, what it labels, a word of help and what is wrong with it, tied together for every reader. */
export function Field({
  label,
  hint,
  fault,
  children,
}: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const describedBy = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-fault`].filter(
    Boolean,
  );
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": describedBy.length === 0 ? undefined : describedBy.join(" "),
        "aria-invalid": fault === undefined ? undefined : true,
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-quiet">
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p id={`${id}-fault`} className="text-xs font-medium text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}

/** One line of text. */
export function TextField({ label, hint, fault, className, ...input }: FieldProps & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(wiring) => <input {...input} {...wiring} className={classNames(INPUT, "h-9", className)} />}
    </Field>
  );
}

/** Several lines of text. */
export function TextAreaField({ label, hint, fault, className, ...input }: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(wiring) => <textarea rows={4} {...input} {...wiring} className={classNames(INPUT, "py-2", className)} />}
    </Field>
  );
}

/** One of some; the platform's own list, which every phone knows how to show. */
export function SelectField({
  label,
  hint,
  fault,
  className,
  children,
  ...select
}: FieldProps & ComponentProps<"select">) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(wiring) => (
        <select {...select} {...wiring} className={classNames(INPUT, "h-9", className)}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function CheckField({
  label,
  hint,
  ...input
}: { readonly label: ReactNode; readonly hint?: ReactNode } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        id={id}
        type="checkbox"
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        {...input}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-xs text-quiet">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** What the engine found wrong with one field of the body, by its RFC 6901 pointer. */
export function faultAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof Refusal)) return undefined;
  return error.problem.errors?.find((fault) => "pointer" in fault && fault.pointer === pointer)?.detail;
}
