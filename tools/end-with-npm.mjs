const CHECK_MS = 500

/** npm runs us in a shell, which takes the signals that npm is sent and tells us nothing: when it has gone, we go too. */
export function endWithNpm() {
  const shell = process.ppid
  if (process.env.npm_lifecycle_event === undefined) return
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, CHECK_MS).unref()
}
