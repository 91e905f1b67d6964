import { Outlet, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { Dialog } from "radix-ui";
import { lazy, Suspense, useEffect, useState } from "react";
import { Toaster } from "sonner";
import { useMode } from "../api/mode.ts";
import { useSessionEnded } from "../api/session.ts";
import { ProblemNote, Skeleton } from "../ui/notes.tsx";
import { Navigation } from "./navigation.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useMe } from "./use-me.ts";

const Palette = lazy(() => import("./palette.tsx"));
const ShortcutHelp = lazy(() => import("./shortcut-help.tsx"));

/** What surrounds every screen: the navigation, the mode, the keyboard. */
export function Shell() {
  const me = useMe();
  const [overlay, setOverlay] = useState<"none" | "palette" | "help">("none");
  useShortcuts(setOverlay);
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <a
        href="#screen"
        className="sr-only z-50 rounded-lg bg-card px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the screen
      </a>
      <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 border-r border-line bg-card lg:block">
        <Navigation onSearch={() => setOverlay("palette")} />
      </aside>
      <TopBar onSearch={() => setOverlay("palette")} />
      <main id="screen" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        <SessionEnded />
        <ModeStripe />
        {me.error !== null && me.data === undefined ? (
          <div className="mx-auto max-w-xl p-8">
            <ProblemNote error={me.error} onRetry={() => void me.refetch()} />
            <p className="mt-4 text-sm">
              <a href="/sign-in" className="text-accent underline">
                Sign in
              </a>{" "}
              or choose another workspace there.
            </p>
          </div>
        ) : me.data === undefined ? (
          <div className="p-8">
            <Skeleton lines={6} />
          </div>
        ) : (
          <Outlet />
        )}
      </main>
      <Suspense>
        {overlay === "palette" ? <Palette onClose={() => setOverlay("none")} /> : null}
        {overlay === "help" ? <ShortcutHelp onClose={() => setOverlay("none")} /> : null}
      </Suspense>
      <Toaster
        position="bottom-right"
        toastOptions={{ style: { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)" } }}
      />
    </div>
  );
}

/** On a phone and a narrow window the navigation opens from here. */
function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever one has gone, the navigation has done its work
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="sticky top-0 z-30 flex h-13 items-center gap-3 border-b border-line bg-card px-3 lg:hidden">
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Trigger aria-label="Open the navigation" className="rounded-lg p-2 hover:bg-raised">
          <MenuIcon className="size-5" aria-hidden />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-card"
          >
            <Dialog.Title className="sr-only">Navigation</Dialog.Title>
            <Navigation
              onSearch={() => {
                setOpen(false);
                onSearch();
              }}
            />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <img src="/icon.svg" alt="" className="size-6" />
      <span className="font-semibold">Drafthook</span>
    </div>
  );
}

/** The page stays as it is, with all that was typed: one signs in beside it, and goes on. */
function SessionEnded() {
  const isOver = useSessionEnded();
  return (
    <div role="alert" className="sticky top-0 z-20 max-lg:top-13">
      {isOver ? (
        <p className="border-b border-line bg-bad-soft px-4 py-2 text-center text-sm">
          Your session has ended.{" "}
          <a href="/sign-in?next=%2F" target="_blank" rel="noreferrer" className="font-medium text-accent underline">
            Sign in again
          </a>{" "}
          in a new tab, then come back: what you typed is still here.
        </p>
      ) : null}
    </div>
  );
}

/** Test data must never be taken for the real thing. */
function ModeStripe() {
  if (useMode() === "live") return null;
  return (
    <p className="border-b border-line bg-warn-soft px-4 py-1 text-center text-xs font-medium text-warn">
      Test mode: test data only, and no message reaches anybody.
    </p>
  );
}
