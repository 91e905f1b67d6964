import { createRootRoute, Link } from "@tanstack/react-router";
import { Empty, ProblemNote } from "../ui/notes.tsx";
import { Page } from "../ui/page.tsx";
import { Shell } from "./shell.tsx";

/** The parent of every screen. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Page title="There is no such screen">
      <div className="rounded-xl border border-line bg-card">
        <Empty
          title="Nothing is at this address"
          action={
            <Link to="/" className="text-accent underline">
              Go home
            </Link>
          }
        >
          Look whether it was typed rightly, or press Ctrl K to search.
        </Empty>
      </div>
    </Page>
  ),
  errorComponent: ({ error, reset }) => (
    <div className="p-8">
      <ProblemNote error={error} onRetry={reset} />
    </div>
  ),
});
