'use strict'

// Writes src/test/resources/vectors/*.json with the parsers of the published clients.
//
//   NODE_PATH=<node_modules with the clients> node generate.js
//
// Every vector that goes round is also decoded here by the clients' own parser. So a codec that
// writes a vector's text byte for byte is one that the clients understand.

const assert = require('assert')
const fs = require('fs')
const path = require('path')

const revision3 = require('engine.io-parser')
const revision4 = require(
  require.resolve('engine.io-parser', { paths: [path.dirname(require.resolve('engine.io-client6'))] })
)
const jsonrpc = require('jsonrpc-lite')

const OUT = path.join(__dirname, '..', '..', 'resources', 'vectors')

const TEXTS = [
  '',
  'hello',
  '€€€',
  '😀 and \u2028\u2029',
  '"quoted" \\ and / and \b\f\n\r\t',
  '\u0000\u0001\u001f\u007f\u0080\u009f',
  '12:34:',
  'b4AAAA',
  '{"jsonrpc":"2.0","id":"1","result":"OK"}',
  '\ufeff\ufffd\uffff',
  'é'.repeat(300) + '😀'.repeat(300)
]
const BINARIES = ['', '00', '01020304', 'ff'.repeat(40), '00ff0010feb4'.repeat(50)]
const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop']

function write (name, vectors) {
  fs.writeFileSync(path.join(OUT, name + '.json'), JSON.stringify(vectors, null, 1) + '\n')
}

function toPacket (spec) {
  const packet = { type: spec.type }
  if (spec.hex !== undefined) packet.data = Buffer.from(spec.hex, 'hex')
  else if (spec.text !== '') packet.data = spec.text
  return packet
}

function toSpec (packet) {
  return Buffer.isBuffer(packet.data)
    ? { type: packet.type, hex: packet.data.toString('hex') }
    : { type: packet.type, text: packet.data === undefined ? '' : packet.data }
}

const textSpecs = TYPES.map((type) => ({ type, text: '' }))
  .concat(TEXTS.map((text) => ({ type: 'message', text })))
  .concat([{ type: 'ping', text: 'probe' }, { type: 'pong', text: 'probe' }])
const binarySpecs = BINARIES.map((hex) => ({ type: 'message', hex }))
const payloadSpecs = [
  [textSpecs[0]],
  textSpecs,
  [textSpecs[4], binarySpecs[2], textSpecs[8], binarySpecs[0], binarySpecs[4]]
]

function textFrame (parser, spec) {
  let text
  if (parser === revision3) parser.encodePacket(toPacket(spec), false, false, (out) => { text = out })
  else parser.encodePacket(toPacket(spec), false, (out) => { text = out })
  assert.deepStrictEqual(toSpec(parser.decodePacket(text)), spec)
  return { packet: spec, text }
}

function binaryFrame (parser, spec) {
  let bytes
  if (parser === revision3) parser.encodePacket(toPacket(spec), true, false, (out) => { bytes = out })
  else parser.encodePacket(toPacket(spec), true, (out) => { bytes = out })
  assert.deepStrictEqual(toSpec(parser.decodePacket(bytes)), spec)
  return { packet: spec, hex: bytes.toString('hex') }
}

function decodeAll3 (payload) {
  const packets = []
  revision3.decodePayload(payload, (packet) => { packets.push(toSpec(packet)) })
  return packets
}

function payload3 (specs) {
  let text
  let bytes
  revision3.encodePayload(specs.map(toPacket), false, (out) => { text = out })
  revision3.encodePayloadAsBinary(specs.map(toPacket), (out) => { bytes = out })
  assert.deepStrictEqual(decodeAll3(text), specs)
  assert.deepStrictEqual(decodeAll3(bytes), specs)
  return { packets: specs, text, hex: bytes.toString('hex') }
}

function payload4 (specs) {
  let text
  revision4.encodePayload(specs.map(toPacket), (out) => { text = out })
  assert.deepStrictEqual(revision4.decodePayload(text).map(toSpec), specs)
  return { packets: specs, text }
}

const MALFORMED = ['', '7', 'x', 'b', 'b9AAAA', ':', '4', '5:4', '-1:4', '1:4x', 'a:4', '1:7', '1', ' 1:4x', '4hello']
function isRefused (decode) {
  let refused
  try {
    refused = [].concat(decode()).some((packet) => packet.type === 'error' || packet.type === undefined)
  } catch (_) {
    refused = true
  }
  return refused
}

write('engineio-3', {
  texts: textSpecs.concat(binarySpecs).map((spec) => textFrame(revision3, spec)),
  binaries: binarySpecs.concat(TYPES.map((type) => ({ type, hex: '0a0b' }))).map((spec) => binaryFrame(revision3, spec)),
  payloads: payloadSpecs.map(payload3),
  refusedTexts: MALFORMED.filter((text) => isRefused(() => revision3.decodePacket(text))),
  refusedPayloads: MALFORMED.filter((text) => isRefused(() => decodeAll3(text)))
})

const specs4 = (specs) => specs.filter((spec) => !(spec.text || '').includes('\u001e'))
write('engineio-4', {
  texts: textSpecs.concat(binarySpecs).map((spec) => textFrame(revision4, spec)),
  binaries: binarySpecs.map((spec) => binaryFrame(revision4, spec)),
  payloads: payloadSpecs.map((specs) => payload4(specs4(specs))),
  refusedTexts: MALFORMED.filter((text) => isRefused(() => revision4.decodePacket(text))),
  refusedPayloads: MALFORMED.concat(['4a\u001e', '\u001e4a', '4a\u001e\u001e4b', '4a\u001e9'])
    .filter((text) => isRefused(() => revision4.decodePayload(text)))
})

// Strings as JSON.stringify writes them; the values go by their UTF-16 units, because that is
// what they must keep, partnerless surrogates included.
const STRINGS = TEXTS.concat([
  '\ud800', '\udc00', '\udc00\ud800', 'a\ud83dz', '\ud83d\ud83d\ude00', '\ude00\ude00', 'x\udbff',
  Array.from({ length: 256 }, (_, unit) => String.fromCharCode(unit)).join('')
])
write('json-strings', STRINGS.map((value) => {
  const literal = JSON.stringify(value)
  assert.strictEqual(JSON.parse(literal), value)
  return { units: Array.from({ length: value.length }, (_, at) => value.charCodeAt(at)), literal }
}))

const IDS = ['x', '1a2b:3', 0, 1, -7, 9007199254740991]
const calls = []
for (const id of IDS) {
  calls.push(jsonrpc.request(id, 'echo', [1, 'two', { three: [null, true, 4.5e3] }]))
  calls.push(jsonrpc.request(id, 'ping'))
  calls.push(jsonrpc.success(id, 'OK'))
  calls.push(jsonrpc.success(id, null))
  calls.push(jsonrpc.success(id, { length: 1, web: 1 }))
  calls.push(jsonrpc.error(id, jsonrpc.JsonRpcError.methodNotFound()))
  calls.push(jsonrpc.error(id, new jsonrpc.JsonRpcError('Unauthorized', 401, 'expired')))
}
calls.push(jsonrpc.error(null, jsonrpc.JsonRpcError.parseError()))
calls.push(jsonrpc.notification('publish', [['room', 'message'], ['room', '"\u2028']]))
calls.push(jsonrpc.notification('invalid', []))
write('jsonrpc-messages', calls.map((call) => {
  const text = JSON.stringify(call)
  const parsed = jsonrpc.parse(text)
  assert.strictEqual(JSON.stringify(parsed.payload), text)
  return { type: parsed.type, text, message: call }
}))

const INVALID = [
  '', ' ', 'x', '{', '[]', '{}', '1', '"x"', 'null', '{"jsonrpc":"1.0","id":1,"method":"x"}',
  '{"id":1,"method":"x"}', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":1}',
  '{"jsonrpc":"2.0","id":{},"method":"x"}', '{"jsonrpc":"2.0","id":[1],"method":"x"}',
  '{"jsonrpc":"2.0","id":true,"method":"x"}', '{"jsonrpc":"2.0","id":1,"method":7}',
  '{"jsonrpc":"2.0","method":"x","params":"y"}', '{"jsonrpc":"2.0","id":1,"method":"x","params":7}',
  '{"jsonrpc":"2.0","id":1,"error":null}', '{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"x"}}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":2}}', '{"jsonrpc":"2.0","result":"OK"}',
  '{"jsonrpc":"2.0","id":"1","result":"OK"} x', "{'jsonrpc':'2.0'}", '{"jsonrpc":"2.0","method":"x",}',
  '\ufeff{"jsonrpc":"2.0","method":"x"}', '{"jsonrpc":"2.0","method":"\u0001"}'
]
for (const text of INVALID) assert.strictEqual(jsonrpc.parse(text).type, 'invalid', text)
write('jsonrpc-invalid', INVALID)

const ids = ['a', '0000018f-4', 'x:1']
const batches = [['m'], ['', '{"e":"x"}', '\ud800', '\u2028'], Array.from({ length: 50 }, (_, at) => 'm' + at)]
const deliveries = []
for (const id of ids) {
  for (const messages of batches) {
    const text = JSON.stringify(jsonrpc.request(id, 'publish', messages))
    assert.deepStrictEqual(jsonrpc.parse(text).payload.params, messages)
    deliveries.push({ id, quoted: messages.map((message) => JSON.stringify(message)), text })
  }
}
write('jsonrpc-deliveries', deliveries)
write('jsonrpc-acknowledgements', ids.map((id) => ({ id, text: JSON.stringify(jsonrpc.success(id, 'OK')) })))
