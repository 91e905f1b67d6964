/** How webhooks are posted in this deployment. */
export function webhookSettings(env: Env) {
  return { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on", now: () => Date.now() };
}
