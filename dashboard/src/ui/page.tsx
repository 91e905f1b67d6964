import { type ReactNode, useEffect } from "react";

interface PageProps {
  readonly title: string;
  /** Which part of it is shown, for the window's title. */
  readonly part?: string | undefined;
  /** Beside the title: a state, a count. */
  readonly beside?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One screen: its name, what can be done there, and what it shows. */
export function Page({ title, part, beside, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${part === undefined ? "" : `${part} · `}${title} · Drafthook`;
  }, [title, part]);
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-6 sm:px-8 sm:py-8">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
            {beside}
          </div>
          {lead === undefined ? null : <div className="mt-1 max-w-3xl text-sm wrap-anywhere text-quiet">{lead}</div>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of a screen that is about one thing. */
export function Card({ title, actions, children, className = "" }: CardProps) {
  return (
    <section className={`rounded-xl border border-line bg-card ${className}`}>
      {title === undefined ? null : (
        <header className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2.5">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className="p-4">{children}</div>
    </section>
  );
}
