import type { ReactNode } from "react";
import { switchMode, useMode } from "../../api/mode.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";

/** Sandbox mail is there in test mode only; in live mode the screen says so and leads over. */
export function TestModeOnly({ children }: { readonly children: ReactNode }) {
  if (useMode() === "test") return children;
  return (
    <Page title="Sandbox mail">
      <div className="rounded-xl border border-line bg-card">
        <Empty
          title="Live mail isn't kept here"
          action={
            <Button weight="primary" onClick={() => switchMode("test")}>
              Go to test mode
            </Button>
          }
        >
          In test mode every message stays here instead of leaving, and you can answer it as the lead. In live mode
          messages reach people, and their answers come to the inbox.
        </Empty>
      </div>
    </Page>
  );
}
