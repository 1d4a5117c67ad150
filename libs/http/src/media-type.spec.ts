import { isJsonInUtf8 } from './media-type';

it.each<[string | undefined, boolean]>([
  ['application/json', true],
  ['Application/JSON; Charset=UTF-8', true],
  ['application/json; charset="utf-8"', true],
  ['application/json; charset=gb18030', false],
  ['application/jsonp', false],
  ['text/plain; application/json', false],
  [undefined, false],
])('JSON in UTF-8 is Content-Type: %s → %s', (contentType, expected) => {
  expect(isJsonInUtf8(contentType)).toBe(expected);
});
