import { CopyButton } from "./copy.tsx";

/** A secret that is shown this once; null in a repeated answer, where it can't be shown again. */
export function SecretOnce({ name, secret }: { readonly name: string; readonly secret: string | null }) {
  if (secret === null)
    return <p className="text-sm">{name} was shown already and can't be shown again. Make a new one if it is lost.</p>;
  return (
    <div className="space-y-2">
      <p className="text-sm">
        {name} is shown <strong>this once</strong>. Copy it to where it is used before you go on.
      </p>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-raised px-3 py-2">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
    </div>
  );
}
