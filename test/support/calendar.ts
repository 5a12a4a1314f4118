/** Reads a calendar as a calendar program does, with ical.js, which knows nothing of what wrote it. */
import ICAL from 'ical.js';

/** Zones in which a day begins at other instants than in Asia/Shanghai: earlier, much later, with summer time. */
export const ZONES = ['Asia/Shanghai', 'Pacific/Kiritimati', 'UTC', 'America/New_York', 'Africa/Cairo'];

interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  /** `YYYY-MM-DD`, the end exclusive. Both are days without a time. */
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly description: string;
  /** When they ring in the time zone of this process. */
  readonly alarms: readonly Date[];
}

/** The events of a calendar. @throws Error where it is none, or an event is not of whole days */
export function eventsOf(text: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.name !== 'vcalendar' || calendar.getFirstPropertyValue('version') !== '2.0') throw new Error(text);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    const { uid, sequence, startDate, endDate, summary, description } = event;
    if (!startDate.isDate || !endDate.isDate) throw new Error(component.toString());
    const alarms = component.getAllSubcomponents('valarm').map((alarm) => {
      const trigger = alarm.getFirstProperty('trigger');
      const rings = (trigger?.getFirstParameter('related') === 'END' ? endDate : startDate).clone();
      rings.isDate = false;
      rings.addDuration(trigger?.getFirstValue() as ICAL.Duration);
      return rings.toJSDate();
    });
    return { uid, sequence, start: startDate.toString(), end: endDate.toString(), summary, description, alarms };
  });
}
