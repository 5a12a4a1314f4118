/** A calendar (RFC 5545) with an event for every expiry. */
import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator';

/** What an event tells of a saved annotated copy. */
export interface Expiry {
  readonly portal: string;
  readonly certificateId: string;
  readonly qualification: string;
  readonly annotationId: string;
  readonly path: string;
  /** `YYYY-MM-DD` */
  readonly validUntil: string;
}

interface CalendarOptions {
  readonly now: Date;
  /** An alarm so many days before. */
  readonly daysAhead: number;
  readonly text: {
    readonly title: string;
    event(qualification: string): string;
    details(date: string, path: string, certificate: string): string;
  };
}

const PRODUCT = { company: 'cert', product: 'cert', language: 'EN' };
const DAY_SECONDS = 86_400;

/** The same expiry has the same UID in every calendar, so that a calendar program updates what it has. */
export function calendarOf(expiries: readonly Expiry[], { now, daysAhead, text }: CalendarOptions): string {
  const calendar = ical({ name: text.title, prodId: PRODUCT });
  for (const { portal, certificateId, qualification, annotationId, path, validUntil } of expiries)
    calendar
      .createEvent({
        id: `${annotationId}@${new URL(portal).host}`,
        stamp: now,
        start: localMidnight(validUntil),
        allDay: true,
        summary: text.event(qualification),
        description: text.details(validUntil, path, certificateId),
        transparency: ICalEventTransparency.TRANSPARENT,
      })
      .createAlarm({
        type: ICalAlarmType.display,
        trigger: daysAhead * DAY_SECONDS,
        description: text.event(qualification),
      });
  return `${calendar.toString()}\r\n`;
}

/** The library reads the date of an all-day event in the machine's time zone. */
const localMidnight = (day: string): Date => new Date(`${day}T00:00:00`);

/** Whether a text is a calendar that {@link calendarOf} made. */
export const isOurs = (text: string): boolean =>
  text.startsWith('BEGIN:VCALENDAR') && text.includes('PRODID:-//cert//cert//');
