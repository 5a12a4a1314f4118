import { inflateSync } from 'node:zlib';
import {
  type Budget,
  damaged,
  isCount,
  isDictionary,
  isName,
  type ObjectId,
  type PdfDictionary,
  type PdfValue,
} from './objects.ts';

/** A stream, its data still encoded. */
export interface PdfStream {
  readonly id: ObjectId;
  readonly dictionary: PdfDictionary;
  readonly data: Buffer;
}

export type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

/**
 * The data of a cross-reference or object stream: plain, or compressed in the one way that these have in practice.
 * @throws SyntaxFailure damaged, or too-complex where it would grow beyond the budget
 */
export function decoded({ dictionary, data }: PdfStream, resolve: Resolve, budget: Budget): Buffer {
  const filter = only(resolve(dictionary.get('Filter')), resolve);
  if (filter === undefined || filter === null) return data;
  if (!isName(filter, 'FlateDecode') && !isName(filter, 'Fl')) throw damaged();
  const inflated = inflate(data, budget);
  const parameters = only(resolve(dictionary.get('DecodeParms')), resolve);
  return isDictionary(parameters) ? unpredicted(inflated, parameters, resolve) : inflated;
}

function only(value: PdfValue | undefined, resolve: Resolve): PdfValue | undefined {
  if (!Array.isArray(value)) return value;
  if (value.length > 1) throw damaged();
  return resolve(value[0]);
}

function inflate(data: Buffer, budget: Budget): Buffer {
  try {
    const inflated = inflateSync(data, {
      maxOutputLength: Math.max(1, budget.inflatedBytesLeft),
      finishFlush: 2,
    });
    budget.spendInflated(inflated.length);
    return inflated;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      budget.spendInflated(budget.inflatedBytesLeft);
    throw error instanceof Error && error.message === 'too-complex' ? error : damaged();
  }
}

const PNG_PREDICTORS = 10;

/** Undoes the PNG predictors (ISO 32000-1, 7.4.4.4). */
function unpredicted(data: Buffer, parameters: PdfDictionary, resolve: Resolve): Buffer {
  const number = (key: string, fallback: number) => {
    const value = resolve(parameters.get(key)) ?? fallback;
    if (!isCount(value)) throw damaged();
    return value;
  };
  const predictor = number('Predictor', 1);
  if (predictor === 1) return data;
  const columns = number('Columns', 1);
  if (predictor < PNG_PREDICTORS || number('Colors', 1) !== 1 || number('BitsPerComponent', 8) !== 8) throw damaged();
  if (columns < 1 || columns > 1_024) throw damaged();
  const rows = Math.ceil(data.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const kind = data[row * (columns + 1)] as number;
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] as number) : 0;
      const up = row > 0 ? (out[at - columns] as number) : 0;
      const corner = row > 0 && column > 0 ? (out[at - columns - 1] as number) : 0;
      out[at] = (data[row * (columns + 1) + 1 + column] ?? 0) + predicted(kind, left, up, corner);
    }
  }
  return out;
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) throw damaged();
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
