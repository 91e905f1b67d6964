import { useState } from "react";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { TextAreaField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { tell } from "../../ui/toast.ts";
import { faultOf } from "./fault-of.ts";

/** One or many, typed or pasted. What was typed stays when the engine refuses it. */
export function AddSuppressions() {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const change = useChange<{ added: number; known: number }>(["/v1/suppressions", "/v1/overview"]);
  const values = text.split(/[\s,;]+/).filter((value) => value !== "");
  const [asked, setAsked] = useState<readonly string[]>([]);
  const add = async () => {
    setAsked(values);
    const { added, known } = await change.mutateAsync({
      path: "/v1/suppressions",
      body: { entries: values.map((value) => ({ value })) },
    });
    tell(`${added} added${known > 0 ? `, ${known} were there already` : ""}.`);
    setText("");
    setOpen(false);
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        Add
      </Button>
      <Dialog title="Whom not to write to" isOpen={isOpen} onClose={() => setOpen(false)}>
        <DialogForm
          onSubmit={() => add()}
          onCancel={() => setOpen(false)}
          yes={values.length > 1 ? `Add ${values.length}` : "Add"}
          isBusy={change.isPending}
          isOff={values.length === 0}
        >
          <TextAreaField
            label="Addresses and domains"
            hint="One a line, or with commas between. A domain stands for everybody there, such as example.com."
            rows={6}
            value={text}
            onChange={({ target }) => setText(target.value)}
            required
            fault={faultOf(change.error, asked)}
          />
          {faultOf(change.error, asked) === undefined ? <ProblemNote error={change.error} /> : null}
        </DialogForm>
      </Dialog>
    </>
  );
}
