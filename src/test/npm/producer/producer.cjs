'use strict'

// The real snapper-producer against a server under test: calls every method, sends bursts, and
// keeps sending while the server restarts. Ends with 0 if everything came as expected; prints
// "restart me" when it wants the server to stop and start.
//
// usage: node producer.cjs PORT SECRET

const assert = require('assert')
const Producer = require('snapper-producer')

const [port, secret] = process.argv.slice(2)
const BURST = 5000
const RESTART_BURST = 300

function connect (secretKeys) {
  const producer = new Producer(Number(port), '127.0.0.1', { secretKeys, producerId: 'backend-1' })
  producer.on('error', error => { producer.lastError = error })
  return producer
}

function call (producer, method, params) {
  return new Promise((resolve, reject) => {
    producer.request(method, params)((error, result) => error ? reject(error) : resolve(result))
  })
}

function event (emitter, name) {
  return new Promise(resolve => emitter.once(name, resolve))
}

async function refusal (promise) {
  return promise.then(() => assert.fail('not refused'), error => error)
}

async function main () {
  const producer = connect([secret])
  await event(producer, 'connect')

  for (let number = 0; number < BURST; number++) producer.sendMessage('burst', String(number))
  assert.strictEqual(await call(producer, 'publish', [['one', 'a'], ['two', 'b'], ['one', 'c']]), 3)
  assert.strictEqual(await call(producer, 'publish', ['one', '"\\\u0000 \u2028 \u{1F600}']), 1)
  assert.strictEqual(await call(producer, 'subscribe', ['one', 't.1']), 1)
  assert.strictEqual(await call(producer, 'unsubscribe', ['one', 't.1']), 0)
  assert.deepStrictEqual(
    await call(producer, 'consumers', ['user-1']), { length: 3, android: 0, ios: 1, web: 2 })
  assert.deepStrictEqual(await call(producer, 'echo', [{ a: [1.5, null] }]), [{ a: [1.5, null] }])
  assert.strictEqual((await refusal(call(producer, 'nothing', []))).code, -32601)
  const tooLong = await refusal(call(producer, 'subscribe', ['r'.repeat(257), 't.1']))
  assert.strictEqual(tooLong.code, -32602)
  assert.match(tooLong.data, /257.*256/)

  const stranger = connect(['another secret'])
  const error = await event(stranger, 'error')
  assert.strictEqual(error.code, 401)
  assert.strictEqual(error.message, 'Unauthorized')

  console.log('restart me')
  const reconnected = event(producer, 'connect')
  for (let number = 0; number < RESTART_BURST; number++) {
    producer.sendMessage('restart', String(number))
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  await reconnected
  assert.deepStrictEqual(await call(producer, 'echo', ['again']), ['again'])
  producer.close()
}

main().catch(failure => {
  console.error(failure)
  process.exit(1)
})
