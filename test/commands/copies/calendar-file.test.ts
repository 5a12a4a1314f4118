import ICAL from 'ical.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { calendarOf, type Expiry, isOurs } from '../../../src/commands/copies/calendar-file.ts';
import { addDays } from '../../../src/domain/calendar.ts';
import { en } from '../../../src/ui/messages/en/index.ts';
import { zhCN } from '../../../src/ui/messages/zh-CN/index.ts';
import { eventsOf, ZONES } from '../../support/calendar.ts';

const NOW = new Date('2026-11-24T16:30:00Z');
const expiry = (validUntil: string, more: Partial<Expiry> = {}): Expiry => ({
  portal: 'https://portal.example',
  certificateId: 'c-1',
  qualification: '护士执业资格',
  path: '/home/sample/护士.pdf',
  validUntil,
  latestEnd: validUntil,
  ...more,
});
const write = (expiries: readonly Expiry[], daysAhead = 14, text = zhCN.remind) =>
  calendarOf(expiries, { now: NOW, daysAhead, text });
const eventOf = (text: string) => {
  const [event, ...others] = eventsOf(text);
  if (event === undefined || others.length > 0) throw new Error(text);
  return event;
};

afterEach(() => vi.unstubAllEnvs());

// Plain days, a leap day, turns of the year, and the days on which summer time begins or ends in New York and in
// Cairo, where one of them has no midnight.
const DAYS = ['2027-02-22', '2028-02-29', '2026-12-31', '2027-01-01', '2027-03-14', '2027-11-07'];
const CAIRO_DAYS = ['2027-04-30', '2027-10-28', '2027-10-29'];

describe.each(ZONES)('an event written in %s', (zone) => {
  it.each([...DAYS, ...CAIRO_DAYS])('is the whole of %s', (day) => {
    vi.stubEnv('TZ', zone);
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    const { start, end } = eventOf(write([expiry(day)]));
    expect([start, end]).toEqual([day, addDays(day, 1)]);
  });

  it.each([
    [14, '2027-02-08'],
    [1, '2027-02-21'],
    [0, '2027-02-22'],
    [90, '2026-11-24'],
  ])('rings %i days before at 9:00', (daysAhead, day) => {
    vi.stubEnv('TZ', zone);
    const { alarms } = eventOf(write([expiry('2027-02-22')], daysAhead));
    expect(alarms.map((alarm) => localTime(alarm))).toEqual([`${day} 09:00`]);
  });

  it('rings at one instant there', () => {
    vi.stubEnv('TZ', zone);
    const [alarm] = eventOf(write([expiry('2027-02-22')])).alarms;
    expect(alarm?.toISOString()).toBe(RINGS_AT[zone]);
  });
});

const localTime = (at: Date): string => at.toLocaleString('sv').slice(0, 16);

const RINGS_AT: Readonly<Record<string, string>> = {
  'Asia/Shanghai': '2027-02-08T01:00:00.000Z',
  'Pacific/Kiritimati': '2027-02-07T19:00:00.000Z',
  UTC: '2027-02-08T09:00:00.000Z',
  'America/New_York': '2027-02-08T14:00:00.000Z',
  'Africa/Cairo': '2027-02-08T07:00:00.000Z',
};

describe('the calendar', () => {
  it('tells when it was written, and keeps nobody busy', () => {
    const event = new ICAL.Component(ICAL.parse(write([expiry('2027-02-22')]))).getFirstSubcomponent('vevent');
    expect(event?.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-11-24T16:30:00Z');
    expect(event?.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  });

  it('has no property behind the alarm of an event (RFC 5545, 3.6.1)', () => {
    expect(write([expiry('2027-02-22')])).toContain('END:VALARM\r\nEND:VEVENT\r\n');
  });

  it('has one identity for a certificate, whichever copy is kept, and another for another', () => {
    const uid = (more: Partial<Expiry>) => eventOf(write([expiry('2027-02-22', more)])).uid;
    const one = uid({});
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(uid({ validUntil: '2027-05-01', path: '/elsewhere.pdf', qualification: '护士' })).toBe(one);
    expect(new Set([one, uid({ certificateId: 'c-2' }), uid({ portal: 'https://other.example' })]).size).toBe(3);
  });

  it('counts up with the end, and never down when a copy is lost', () => {
    const sequence = (validUntil: string, latestEnd = validUntil) =>
      eventOf(write([expiry(validUntil, { latestEnd })])).sequence;
    expect(sequence('2027-02-23')).toBe(sequence('2027-02-22') + 1);
    expect(sequence('2026-12-01', '2027-02-22')).toBe(sequence('2027-02-22'));
    expect(sequence('9999-12-31')).toBeLessThan(2 ** 31);
  });

  it('keeps every character, in lines of 75 bytes', () => {
    const path = `/home/sample/${'样张,甲;乙\\丙'.repeat(20)}\n😀.pdf`;
    const text = write([expiry('2027-02-22', { path, qualification: '护士, 执业; 资格\\甲'.repeat(8) })]);
    const lines = text.split('\r\n');
    expect(lines.pop()).toBe('');
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n\ufffd]/);
    }
    const { summary, description } = eventOf(text);
    expect(summary).toContain('护士, 执业; 资格\\甲'.repeat(8));
    expect(description).toContain(path);
  });

  it('has no control characters of a folder', () => {
    const text = write([expiry('2027-02-22', { path: '/home/sample\u001b[2J\u0007/护士.pdf' })]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  });

  it('is known as ours, also when an earlier release wrote it', () => {
    expect(isOurs(write([expiry('2027-02-22')], 14, en.remind))).toBe(true);
    expect(isOurs(write([]))).toBe(true);
    expect(isOurs(OF_AN_EARLIER_RELEASE)).toBe(true);
    expect(isOurs('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//diary//EN\r\n')).toBe(false);
  });
});

const OF_AN_EARLIER_RELEASE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//cert//cert//EN',
  'NAME:加注件',
  'X-WR-CALNAME:加注件',
  'BEGIN:VEVENT',
  'UID:a-00000001@portal.example',
  '',
].join('\r\n');
