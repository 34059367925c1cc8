-- Writes into a mailbox what an earlier owner had only noted, once.
--
-- KEYS  1 consumer  hash
-- ARGV  1 fence of the owner
--       2 the field written as it was read: the note belongs to that claim, and is younger
--       3… the state, see write_state
-- returns the mailbox's fields and values
local consumer_key = KEYS[1]
local fence, written = ARGV[1], ARGV[2]

local fields = redis.call('HMGET', consumer_key, 'fence', 'written')
if fields[1] == fence and fields[2] == written then
  write_state(consumer_key, 3)
  redis.call('HDEL', consumer_key, 'written')
end
return redis.call('HGETALL', consumer_key)
