/**
 * Tells where each message of a batch stands in its room's log.
 *
 * The broker's batch id is a list of `<epoch>:<from>-<to>` or `<epoch>:<offset>`, separated by
 * commas, one for each run of messages of one room, in the order of the messages. An id of another
 * form is nothing to rely on: its offsets are unknown.
 */

const SEGMENT = /^([^:,]+):(\d+)(?:-(\d+))?$/;

/** Returns one {epoch, offset} for each message; both are null where they are unknown. */
export function positionsOf(batchId, messageCount) {
  const positions = [];
  for (const segment of String(batchId).split(",")) {
    const [matched, epoch, from, to = from] = SEGMENT.exec(segment) ?? [];
    if (matched === undefined || Number(to) - Number(from) >= messageCount) {
      return unknown(messageCount);
    }
    for (let offset = Number(from); offset <= Number(to); offset++) {
      positions.push({ epoch, offset });
    }
  }
  return positions.length === messageCount ? positions : unknown(messageCount);
}

function unknown(messageCount) {
  return Array.from({ length: messageCount }, () => ({ epoch: null, offset: null }));
}
