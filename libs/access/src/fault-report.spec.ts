import { faultReport } from './fault-report';

describe('a fault in the log', () => {
  it('shows no statement, parameter, quoted value, phone or token', () => {
    const cause = new Error(`invalid input syntax for type uuid: "Wang Fang"`);
    const fault = Object.assign(
      new Error(`call 13812345678 about 'Li Wei' eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.`, { cause }),
      {
        query: 'SELECT name FROM customer',
        parameters: ['Li Wei'],
        detail: 'Key (phone)=(13812345678) already exists.',
        code: '22P02',
        table: 'customer',
      },
    );
    const report = faultReport(fault);
    expect(report).toMatchObject({
      type: 'Error',
      code: '22P02',
      table: 'customer',
      cause: { type: 'Error' },
    });
    expect(JSON.stringify(report)).not.toMatch(/Li Wei|Wang Fang|13812345678|eyJhbG|SELECT/);
  });

  it('is described whatever was thrown', () => {
    expect(faultReport('Li Wei')).toEqual({
      type: 'string',
      message: 'something that is not an error was thrown',
    });
    expect(faultReport(null)).toMatchObject({ type: 'object' });
    expect(faultReport(new TypeError('x'))).toMatchObject({ type: 'TypeError', message: 'x' });
  });
});
