/**
 * Whether an error says that an object couldn't be reached, was ended in the middle of a call or has too much to do, so that trying
 * again helps: the properties that the platform gives such errors. What an object's own code throws has none of them.
 */
export function isObjectDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, overloaded, durableObjectReset }: Partial<Record<string, unknown>> = { ...error };
  return retryable === true || overloaded === true || durableObjectReset === true || isObjectDown(error.cause);
}
