-- Writes the last state of an evicted owner, if it is still waited for, and tells the new owner.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 fence of the evicted owner
--       3 prefix of the channels
--       4… the state, see write_state
-- returns 1 if it was taken, else 0
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, evicted_fence, channel_prefix = ARGV[1], ARGV[2], ARGV[3]

local fields = redis.call('HMGET', consumer_key, 'handover', 'node', 'fence')
local awaited, node, fence = fields[1], fields[2], fields[3]
if awaited ~= evicted_fence then
  return 0
end
write_state(consumer_key, 4)
redis.call('HDEL', consumer_key, 'handover', 'written')
if node then
  push(sequences_key, channel_prefix, node, table.concat({'H', consumer, fence}, '\t'))
end
return 1
