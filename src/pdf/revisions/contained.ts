import { type Budget, damaged } from '../syntax/objects.ts';
import { Reader } from '../syntax/reader.ts';
import type { ObjectStream } from '../syntax/stream.ts';

/**
 * The numbers of the objects in an object stream, by their index, where all readers find the same ones: each number
 * once, and each object as a whole between its own place and the next one's. Some readers look for an object by its
 * number, others by its index, and some read no further than to the next place.
 * @throws SyntaxFailure damaged
 */
export function contained({ data, places, numbers }: ObjectStream, budget: Budget): readonly number[] {
  for (const [index, number] of numbers.entries()) {
    const reader = new Reader(data, places.get(number) as number, budget);
    reader.value();
    const end = reader.position;
    reader.skipSpace();
    const next = places.get(numbers[index + 1] as number) ?? data.length;
    // Of a number that stands there twice both places are the last one, so it ends behind the next.
    if (next < end || next > reader.position) throw damaged();
  }
  return numbers;
}
