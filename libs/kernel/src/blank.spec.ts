import { isBlank } from './blank';

it.each([null, undefined, '', ' ', '\t\n', '　'])('%j says nothing', (text) => {
  expect(isBlank(text)).toBe(true);
});

it.each(['0', ' a ', '停水'])('%j says something', (text) => {
  expect(isBlank(text)).toBe(false);
});
