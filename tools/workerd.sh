#!/bin/sh
# Becomes workerd: Miniflare is told to start this instead (MINIFLARE_WORKERD_PATH, see tools/keep-workerd.ts).
echo $$ > "$DRAFTHOOK_WORKERD_PID_FILE"
# Ctrl-C reaches every process of the terminal; the parent alone answers it, or Miniflare would see a crash and restart.
trap '' INT
exec "$DRAFTHOOK_WORKERD" "$@"
