import { useState } from "react";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { TextField } from "../../ui/field.tsx";
import { tell, tellFault, tellWithUndo } from "../../ui/toast.ts";
import { EditLead } from "./edit-lead.tsx";

const TOUCHES = ["/v1/enrollments", "/v1/overview"];

/** What a person can do with one enrollment, as long as it hasn't ended. */
export function EnrollmentActions({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const { id, state, phase } = enrollment;
  const change = useChange(TOUCHES);
  const [reason, setReason] = useState("");
  if (phase === "finished") return <EditLead enrollment={enrollment} />;
  const isPaused = state === "paused";
  const turn = async (act: "pause" | "resume", isUndo = false) => {
    try {
      await change.mutateAsync({ path: `/v1/enrollments/${id}/${act}`, body: {} });
      const said = act === "pause" ? "Paused: nothing new begins." : "Resumed: it goes on where it stood.";
      if (isUndo) tell(said);
      else tellWithUndo(said, () => void turn(act === "pause" ? "resume" : "pause", true));
    } catch (error) {
      tellFault(error);
    }
  };
  return (
    <>
      <Button isBusy={change.isPending} onClick={() => void turn(isPaused ? "resume" : "pause")}>
        {isPaused ? "Resume" : "Pause"}
      </Button>
      <EditLead enrollment={enrollment} />
      <Confirm
        label="Unenroll"
        title="End this enrollment?"
        yes="Unenroll"
        onYes={() =>
          change.mutateAsync({
            path: `/v1/enrollments/${id}/unenroll`,
            body: reason.trim() === "" ? {} : { reason: reason.trim() },
          })
        }
      >
        <p className="mb-4">Nothing is sent to this lead any more by this cadence, for good. It can't be undone.</p>
        <TextField
          label="Reason"
          hint="In your words, up to 200 characters. It stands beside the enrollment."
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Confirm>
    </>
  );
}
