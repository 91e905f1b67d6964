import { createRootRoute, Link } from "@tanstack/react-router";
import { Empty, ProblemNote } from "../ui/notes.tsx";
import { Shell } from "./shell.tsx";

/** The parent of every screen. */
export const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Empty
      title="There is no such screen"
      action={
        <Link to="/" className="text-accent underline">
          Go home
        </Link>
      }
    />
  ),
  errorComponent: ({ error, reset }) => (
    <div className="p-8">
      <ProblemNote error={error} onRetry={reset} />
    </div>
  ),
});
