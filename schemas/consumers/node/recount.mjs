import { createHash } from 'node:crypto';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** Whether the events that were received, as {id, txid, bytes}, are exactly those that the epoch's marker counts. */
export function isComplete(marker, received) {
  const { from_txid, to_txid, events, sha256: expected } = marker.data;
  const inEpoch = received
    .filter(({ txid }) => BigInt(from_txid) <= BigInt(txid) && BigInt(txid) < BigInt(to_txid))
    .sort((a, b) => (a.id < b.id ? -1 : 1)); // UUIDs in lower-case hex sort as their bytes do
  const id = (event) => Buffer.from(event.id.replaceAll('-', ''), 'hex');
  const hash = sha256(Buffer.concat(inEpoch.flatMap((event) => [id(event), sha256(event.bytes)])));
  return inEpoch.length === events && hash.toString('hex') === expected;
}
