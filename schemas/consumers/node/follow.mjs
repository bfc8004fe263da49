import { Kafka as KafkaBinding } from 'cloudevents';
import { Kafka, logLevel } from 'kafkajs';
import { isComplete } from './recount.mjs';

const kafka = new Kafka({ brokers: [process.argv[2]], clientId: 'follow', logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: 'follow-node', readUncommitted: false });
const seen = new Set();
let pending = []; // what no epoch has counted yet
let lastEpoch;

function take({ value, headers }) {
  const contentType = headers['content-type'].toString();
  const event = KafkaBinding.toEvent({ headers: { 'content-type': contentType }, value: value.toString() });
  if (seen.has(event.id)) {
    return;
  }
  seen.add(event.id);
  console.log(event.id, event.type, event.subject);
  if (event.type === 'dev.orchard.epoch.closed.v1') {
    closeEpoch(event);
  }
  if (event.txid) {
    pending.push({ id: event.id, txid: event.txid, bytes: value });
  }
}

// The first epoch that one sees began before one listened, unless it is the first of all.
function closeEpoch(marker) {
  const { epoch, to_txid } = marker.data;
  if (epoch === 1 || epoch === lastEpoch + 1) {
    console.log(`epoch ${epoch}: ${isComplete(marker, pending) ? 'complete' : 'EVENTS ARE MISSING'}`);
  } else if (lastEpoch) {
    console.log(`epoch ${epoch}: THE MARKER OF ${lastEpoch + 1} IS MISSING`);
  }
  lastEpoch = epoch;
  pending = pending.filter(({ txid }) => BigInt(txid) >= BigInt(to_txid));
}

await consumer.connect();
await consumer.subscribe({ topic: 'orchard.ledger.v1', fromBeginning: true });
await consumer.run({ eachMessage: async ({ message }) => take(message) });
