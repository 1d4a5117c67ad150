import { negotiateLocale } from './locale';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh-CN'],
    [null, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['EN-GB', 'en'],
    ['zh', 'zh-CN'],
    ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['de, en;q=0.3, zh;q=0.7', 'zh-CN'],
    ['de, fr;q=0.3', 'zh-CN'],
    ['de, *;q=0.5', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['en;q=banana', 'zh-CN'],
    ['english', 'zh-CN'],
    [`en,${'x'.repeat(5_000)}`, 'zh-CN'],
  ])('for Accept-Language %p is %s', (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });
});
