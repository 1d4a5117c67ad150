import { answerTypeFor, prefersPage } from './media-type';

const json = 'application/json';
const response = 'application/graphql-response+json';

describe('the media type of an answer', () => {
  it.each<[string | undefined, string | null]>([
    [undefined, json],
    ['', json],
    ['*/*', json],
    ['application/*', json],
    [json, json],
    [response, response],
    [`${response}, ${json};q=0.9`, response],
    [`${json}, ${response}`, json],
    [`${response}, ${json}`, response],
    [`${json};q=0.1, ${response};q=0.2`, response],
    [`${response}, */*`, response],
    [`${response};q=0.5, */*;q=0.4`, response],
    [`${json};q=0, */*`, response],
    ['APPLICATION/JSON', json],
    [`${json}; charset=utf-8`, json],
    ['text/html,application/xhtml+xml,*/*;q=0.8', json],
    ['text/html', null],
    ['application/xml', null],
    [`${json};q=0`, null],
    [`${json};q=nonsense`, null],
  ])('to Accept: %s', (accept, type) => {
    expect(answerTypeFor(accept)).toBe(type);
  });
});

it.each<[string | undefined, boolean]>([
  ['text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['text/html;q=0', false],
  ['*/*', false],
  [undefined, false],
])('a page is preferred by Accept: %s → %s', (accept, expected) => {
  expect(prefersPage(accept)).toBe(expected);
});
