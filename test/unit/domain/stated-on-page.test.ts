import { describe, expect, it } from 'vitest';
import { compareWithList, statedOnPage } from '../../../src/domain/stated-on-page.ts';

const PAGE = `专业技术人员资格电子证书
Electronic Certificate of Professional Qualification
一级建造师
姓名 样张乙
证件号码 99**************24
专业 建筑工程
证书编号 ZS202300005
管理号 GL2023011500005
查询编号 CX00005
批准日期 2022 年 11 月 16 日
制发日期 2023 年 1 月 15 日
证书加注
使用场景：本人调用
加注有效期至：2027 年 2 月 16 日（2026 年 11 月 18 日申请）`;

describe('what a page says', () => {
  it('is found by its labels', () =>
    expect(statedOnPage(PAGE)).toEqual({
      qualification: '一级建造师',
      holderName: '样张乙',
      managementNumber: 'GL2023011500005',
      enquiryNumber: 'CX00005',
      certificateNumber: 'ZS202300005',
      issuedOn: '2023-01-15',
      validUntil: '2027-02-16',
      needsNoAnnotation: false,
    }));

  it.each<[string, string, object]>([
    ['nothing', '', { qualification: undefined, validUntil: undefined, needsNoAnnotation: false }],
    [
      'labels and values in one row',
      '姓 名 样张甲 性别 女 管 理 号：GL20190001',
      { holderName: '样张甲', managementNumber: 'GL20190001' },
    ],
    [
      'labels in two languages',
      '姓名 Full Name 样张甲\n管理号 File No. 20190230001',
      { holderName: '样张甲', managementNumber: '20190230001' },
    ],
    ['full width', '管理号：ＧＬ２０１９０００１', { managementNumber: 'GL20190001' }],
    ['a qualification in its title', '中华人民共和国\n执业药师职业资格证书', { qualification: '执业药师' }],
    ['a labelled qualification', '资格名称：护士\n', { qualification: '护士' }],
    ['a period', '加注有效期：2026年11月18日至2027年2月16日', { validUntil: '2027-02-16' }],
    ['a period in digits', '加注有效期 2026-11-18 至 2027-02-16', { validUntil: '2027-02-16' }],
    [
      'an end of its own beside that of the annotation',
      '注册有效期至2028年1月1日\n加注有效期至2027年2月16日',
      { validUntil: '2027-02-16' },
    ],
    ['two ends that nothing tells apart', '有效期至2028年1月1日\n有效期至2027年2月16日', { validUntil: undefined }],
    ['no day of the calendar', '加注有效期至2027年2月30日', { validUntil: undefined }],
    ['an early date of issue', '制发日期 2019年3月1日', { issuedOn: '2019-03-01', needsNoAnnotation: true }],
    ['the last early one', '制发日期 2021年12月17日', { needsNoAnnotation: true }],
    ['the first late one', '制发日期 2021年12月18日', { needsNoAnnotation: false }],
    ['an annotation in spite of its date', '制发日期 2019年3月1日 证书加注', { needsNoAnnotation: false }],
  ])('is understood with %s', (_, text, found) => expect(statedOnPage(text)).toMatchObject(found));

  it('is found in any text in a moment', () => {
    for (const piece of ['有效期', '2026年1月1日至', '管理号', '资格', '中华人民共和国', '姓名 '])
      expect(statedOnPage(piece.repeat(20_000 / piece.length))).toBeTypeOf('object');
  });
});

describe('a page against the list', () => {
  const listed = {
    qualification: '一级建造师',
    certificateNumber: 'ZS202300005',
    managementNumber: 'GL2023011500005',
    enquiryNumber: 'CX00005',
  };
  it('agrees where it has the numbers', () =>
    expect(compareWithList(PAGE, listed)).toEqual({
      agrees: ['managementNumber', 'enquiryNumber', 'certificateNumber', 'qualification'],
      contradicts: [],
    }));

  it.each([
    [
      'another holder’s',
      { managementNumber: 'GL2023011500006', certificateNumber: 'ZS202300006' },
      ['managementNumber', 'certificateNumber'],
    ],
    ['another qualification', { qualification: '护士' }, ['qualification']],
  ])('contradicts it as %s', (_, over, contradicts) =>
    expect(compareWithList(PAGE, { ...listed, ...over }).contradicts).toEqual(contradicts),
  );

  it.each([
    ['a scan', ''],
    ['a page in words of its own', '本证书由样张发证中心颁发，号码 20230001'],
    ['numbers that it only labels otherwise', '编号 GL2023011500005 证书编号 ZS202300005'],
  ])('does not contradict it where it is %s', (_, text) =>
    expect(compareWithList(text, listed).contradicts).toEqual([]),
  );

  it('agrees across the end of a row, and whatever the case', () =>
    expect(compareWithList('管理号 gl20230115\n00005', listed)).toMatchObject({
      agrees: ['managementNumber'],
      contradicts: [],
    }));

  it('agrees with no number that may stand on any page', () =>
    expect(compareWithList('第 12345 号', { qualification: '护士', certificateNumber: '12345' }).agrees).toEqual([]));
});
