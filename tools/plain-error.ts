/** A failure that a person can mend. Its message is one clear sentence, printed alone, without a stack. */
export class PlainError extends Error {
  override readonly name = "PlainError";
}

/** Runs a command-line program: a `PlainError` becomes its sentence on stderr and exit status 1; anything else is a bug and throws. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
