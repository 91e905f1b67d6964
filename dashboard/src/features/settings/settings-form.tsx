import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

interface SettingsFormProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly mayWrite: boolean;
  readonly isDirty: boolean;
  readonly saving: { readonly error: unknown; readonly isPending: boolean };
  readonly onSave: () => Promise<unknown>;
  /** Instead of the plain button, where saving must be asked first. */
  readonly save?: ReactNode;
  readonly children: ReactNode;
}

/** Settings that are saved together. Whoever may not change them sees them all the same. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, lead, mayWrite, isDirty, saving, onSave, save, children } = props;
  return (
    <Card title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void onSave().catch(() => {}); // it is shown below
        }}
      >
        <p className="mb-4 max-w-2xl text-sm text-quiet">{lead}</p>
        <fieldset disabled={!mayWrite} className="min-w-0 space-y-4">
          <legend className="sr-only">{title}</legend>
          {children}
        </fieldset>
        {saving.error === null ? null : (
          <div className="mt-4">
            <ProblemNote error={saving.error} />
          </div>
        )}
        {mayWrite ? (
          <div className="mt-4">
            {save ?? (
              <Button type="submit" isBusy={saving.isPending} disabled={!isDirty}>
                Save
              </Button>
            )}
          </div>
        ) : null}
      </form>
    </Card>
  );
}
