/* global fetch, AbortSignal */
/** Ends with 0 where the process of this container can be sent requests, else with 1 and what it says. */
const { ready, text } = await fetch(`http://127.0.0.1:${process.env['PORT']}/ready`, {
  signal: AbortSignal.timeout(5_000),
}).then(
  async (response) => ({ ready: response.ok, text: await response.text() }),
  (error) => ({ ready: false, text: String(error.cause?.code ?? error.message) }),
);
console.log(text);
process.exitCode = ready ? 0 : 1;
