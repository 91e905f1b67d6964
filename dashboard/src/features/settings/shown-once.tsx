import { CopyButton } from "../../ui/copy.tsx";

interface ShownOnceProps {
  readonly label: string;
  readonly secret: string;
  readonly lead: string;
}

/** A secret that is shown this once. */
export function ShownOnce({ label, secret, lead }: ShownOnceProps) {
  return (
    <div className="space-y-3">
      <p className="text-sm">{lead}</p>
      <div className="rounded-lg border border-line bg-raised p-3">
        <div className="mb-1 flex items-center justify-between gap-2 text-xs font-medium text-quiet">
          {label}, shown this once
          <CopyButton text={secret} />
        </div>
        <code className="block font-mono text-xs break-all select-all">{secret}</code>
      </div>
    </div>
  );
}
