import { describe, expect, it } from 'vitest';
import { matching, withoutLabel } from '../../../src/domain/selection.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { zhCN } from '../../../src/ui/messages/zh-CN/index.ts';

const certificates = [
  {
    id: 'c-built',
    certificateNumber: 'ZS202300005',
    managementNumber: 'GL2023011500005',
    enquiryNumber: 'CX00005',
    qualification: '一级建造师',
    specialty: '建筑工程',
  },
  {
    id: 'c-roads',
    certificateNumber: 'ZS-2023/〔6〕',
    managementNumber: undefined,
    enquiryNumber: 'CX00006',
    qualification: '一级建造师',
    specialty: '公路·桥梁',
  },
  { id: 'c-safe', certificateNumber: 'ZS202200004', qualification: '安全工程师', level: '中级' },
  { id: 'c-plain', certificateNumber: 'ZS1', qualification: '经济师' },
  { id: 'c-senior', certificateNumber: 'ZS2', qualification: '高级经济师', specialty: 'Human Resources' },
  { id: 'zs1', certificateNumber: 'ZS3', qualification: '样张' },
];
const meant = (selector: string) => matching(certificates, selector).map(({ id }) => id);

describe('what is shown can be typed back', () => {
  it.each([
    ['一级建造师 · 建筑工程', ['c-built']],
    ['一级建造师·建筑工程', ['c-built']],
    ['一级建造师 • 建筑工程', ['c-built']],
    ['一级建造师・建筑工程', ['c-built']],
    ['一级建造师．建筑工程', ['c-built']],
    ['一级建造师 建筑工程', ['c-built']],
    ['建筑工程 一级建造师', ['c-built']],
    ['一级建造师（建筑工程）', ['c-built']],
    ['一级 建造师-建筑 工程', ['c-built']],
    ['“一级建造师 · 建筑工程”', ['c-built']],
    ['一级建造师 · 建筑…', ['c-built']],
    ['\u200b建筑\u2060工程\ufeff', ['c-built']],
    ['公路桥梁', ['c-roads']],
    ['公路 • 桥梁', ['c-roads']],
    ['一级建造师', ['c-built', 'c-roads']],
    ['中级', ['c-safe']],
    ['安全工程师 中级', ['c-safe']],
    ['级别：中级', ['c-safe']],
    ['专业  建筑工程', ['c-built']],
    ['Specialty: ＨＵＭＡＮ resources', ['c-senior']],
    ['经济师', ['c-plain']],
    ['c-built (一级建造师 · 建筑工程)', ['c-built']],
    ['c-built  一级建造师 · 建筑工程', ['c-built']],
    ['CX00005', ['c-built']],
    ['cx ００００５', ['c-built']],
    ['查询编号：CX00005', ['c-built']],
    ['"查询编号: CX00005"', ['c-built']],
    ['Enquiry number  CX00006', ['c-roads']],
    ['管理号：GL2023011500005', ['c-built']],
    ['管理号（示例）：GL2023011500005', ['c-built']],
    ['Management number (管理号): GL 2023 0115 00005', ['c-built']],
    ['证书编号 ZS202300005', ['c-built']],
    ['证书编号ZS202300005', ['c-built']],
    ['zs202200004', ['c-safe']],
    ['ZS—2023／〔6〕', ['c-roads']],
    ['C–ROADS', ['c-roads']],
    ['编号（id）  c-safe', ['c-safe']],
    ['id: c-safe', ['c-safe']],
    ['GL2023011500005', ['c-built']],
    ['gl2023011500005', ['c-built']],
    ['ZS1', ['c-plain']],
    ['zs1', ['zs1']],
    ['Zs1', ['c-plain', 'zs1']],
    ['二级建造师 · 建筑工程', []],
    ['undefined', []],
    ['·', []],
    ['管理号：', []],
    ['“”', []],
  ])('%j means %j', (selector, ids) => expect(meant(selector)).toEqual(ids));

  it.each([en, zhCN])('with each label that stands in front of it', ({ term }) => {
    const shown = [
      [term.id, 'c-built'],
      [term.certificateNumber, 'ZS202300005'],
      [term.managementNumber, 'GL2023011500005'],
      [term.enquiryNumber, 'CX00005'],
      [term.specialty, '建筑工程'],
    ];
    for (const [label, value] of shown)
      for (const typed of [`${label}: ${value}`, `${label}：${value}`, `${label}  ${value}`])
        expect([typed, meant(typed)]).toEqual([typed, ['c-built']]);
  });

  it('tells which number its label means', () => {
    expect(withoutLabel('查询编号：CX1')).toEqual({ text: 'CX1', kind: 'enquiryNumber' });
    expect(withoutLabel('证书管理号 GL1')).toEqual({ text: 'GL1', kind: 'managementNumber' });
    expect(withoutLabel('GL1')).toEqual({ text: 'GL1' });
  });

  it('takes a bounded time for a selector without end', () => {
    expect(meant('一级 '.repeat(100_000))).toEqual([]);
  });
});
