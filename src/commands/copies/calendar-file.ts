/** A calendar (RFC 5545) with an event for every expiry. */
import { createHash } from 'node:crypto';
import ical, { ICalAlarmRelatesTo, ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import { addDays, daysBetween, type PlainDay } from '../../domain/calendar.ts';
import { printable } from '../../ui/printable.ts';

/** The day on which the last copy of a certificate ends. */
export interface Expiry {
  readonly portal: string;
  readonly certificateId: string;
  readonly qualification: string;
  readonly via?: 'import' | undefined;
  readonly path: string;
  readonly validUntil: PlainDay;
  /** The latest end of all copies that were ever saved, also of those that are gone. */
  readonly latestEnd: PlainDay;
}

interface CalendarOptions {
  readonly now: Date;
  /** From 0. The alarm rings at 9:00 so many days before the end. */
  readonly daysAhead: number;
  readonly text: {
    readonly title: string;
    event(qualification: string): string;
    details(date: string, path: string, certificate: string): string;
    /** Of a file that only a person can renew. */
    detailsByHand(date: string, path: string): string;
  };
}

const PRODUCT = { company: 'cert', product: 'cert', language: 'EN' };
const DAY_SECONDS = 86_400;
const ALARM_SECONDS = 9 * 3_600;

/**
 * A certificate has the same event in every calendar, so that a calendar program moves what it has: the UID stays, and
 * SEQUENCE and DTSTAMP, which without a METHOD is the time of the last revision, tell which one is newer. An alarm that
 * is over stays in: when that was, only the time zone of the calendar's reader tells.
 */
export function calendarOf(expiries: readonly Expiry[], { now, daysAhead, text }: CalendarOptions): string {
  const calendar = ical({ name: text.title, prodId: PRODUCT });
  for (const { portal, certificateId, qualification, path, validUntil, latestEnd, via } of expiries) {
    // RFC 5545, 3.3.11, has no control characters in a text; a folder may have some in its name.
    const summary = printable(text.event(qualification));
    const description = printable(
      via === 'import' ? text.detailsByHand(validUntil, path) : text.details(validUntil, path, certificateId),
    );
    calendar
      .createEvent({
        id: eventId(portal, certificateId),
        sequence: daysBetween('1970-01-01', latestEnd),
        stamp: now,
        // Days stay texts: the library reads a text without a time in UTC, and writes in UTC. A `Date` would be an instant.
        start: validUntil,
        end: addDays(validUntil, 1),
        allDay: true,
        summary,
        description,
        transparency: ICalEventTransparency.TRANSPARENT,
      })
      .createAlarm({
        type: ICalAlarmType.display,
        trigger: daysAhead * DAY_SECONDS - ALARM_SECONDS,
        description: summary,
      })
      // Else the library counts an alarm after the start from the end.
      .relatesTo(ICalAlarmRelatesTo.start);
  }
  return `${calendar.toString()}\r\n`;
}

/** The same for a certificate in every calendar, and nobody can tell from it whose it is (RFC 7986, 5.3). */
const eventId = (portal: string, certificateId: string): string =>
  createHash('sha256').update(`${portal}\n${certificateId}`).digest('hex').slice(0, 32);

/** Whether a text is a calendar that {@link calendarOf} made. */
export const isOurs = (text: string): boolean =>
  text.startsWith('BEGIN:VCALENDAR') && text.includes('PRODID:-//cert//cert//');
