/** Personal data as it may be shown without being asked for. */

/** A name with all but its first character hidden: 样**. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(rest.length);
};

/** A document number as the portal masked it, or masked here when the portal did not. */
export const maskIdNumber = (idNumber: string): string =>
  idNumber.includes('*') || idNumber.length < 4
    ? idNumber
    : idNumber.slice(0, 2) + '*'.repeat(Math.max(0, idNumber.length - 4)) + idNumber.slice(-2);
