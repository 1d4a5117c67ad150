import { UploadGate } from './upload-gate';

/** An upload that lasts until it is told to end. */
function upload(gate: UploadGate, person: string) {
  let end = (_error?: Error): void => undefined;
  const done = gate.pass(
    person,
    () =>
      new Promise<string>((resolve, reject) => {
        end = (error) => (error ? reject(error) : resolve(person));
      }),
  );
  return { done, end: (error?: Error) => end(error) };
}

it('as many uploads are taken in at once as there is room for, and then again as many', async () => {
  const gate = new UploadGate(4);
  const open = ['a', 'b', 'c', 'd'].map((person) => upload(gate, person));
  await expect(upload(gate, 'e').done).rejects.toMatchObject({
    code: 'UPLOADS_FULL',
    headers: { 'retry-after': '5' },
    details: { retryAfterSeconds: 5 },
  });
  open[0]!.end();
  await open[0]!.done;
  const next = upload(gate, 'e');
  for (const one of [...open, next]) one.end();
  expect(await Promise.all([...open, next].map(({ done }) => done))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('nobody has more than a quarter of the room, and everybody has some', async () => {
  const gate = new UploadGate(8);
  const his = [upload(gate, 'a'), upload(gate, 'a')];
  await expect(upload(gate, 'a').done).rejects.toMatchObject({
    code: 'TOO_MANY_UPLOADS',
    headers: { 'retry-after': '5' },
    details: { limit: 2 },
  });
  const another = upload(gate, 'b');
  for (const one of [...his, another]) one.end();
  await Promise.all([...his, another].map(({ done }) => done));
  const small = new UploadGate(1);
  const only = upload(small, 'a');
  only.end();
  expect(await only.done).toBe('a');
});

it('an upload that breaks off leaves its room to others', async () => {
  const gate = new UploadGate(1);
  const first = upload(gate, 'a');
  first.end(new Error('the client is gone'));
  await expect(first.done).rejects.toThrow('the client is gone');
  const second = upload(gate, 'a');
  second.end();
  expect(await second.done).toBe('a');
});
