import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete } from './recount.mjs';

const event = (id, txid, text) => ({ id: `019a4c1e-7b3b-7d10-9c4a-${id}`, txid, bytes: Buffer.from(text) });
const first = event('00000000000f', '9', 'first');
const second = event('0000000000a0', '10', 'second');
const later = event('0000000000a1', '11', 'later');
const marker = (data) => ({ data: { from_txid: '9', to_txid: '11', events: 2, sha256: SHA256, ...data } });
const SHA256 = 'a244a938366f699f81cdab5270e516ad36172df2428d3947e51c959e88ac0d25';

test('finds an epoch complete whatever the order', () => {
  assert.equal(isComplete(marker({}), [later, second, first]), true);
});

test('misses an event', () => {
  assert.equal(isComplete(marker({}), [first, later]), false);
});

test('finds an event that is not the one that was counted', () => {
  assert.equal(isComplete(marker({}), [first, event('0000000000a0', '10', 'other')]), false);
});

test('finds an event too many', () => {
  assert.equal(isComplete(marker({ to_txid: '12' }), [first, second, later]), false);
});

test('finds an empty epoch complete', () => {
  const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  assert.equal(isComplete(marker({ from_txid: '12', to_txid: '20', events: 0, sha256: nothing }), [first]), true);
});
