-- Gives up a mailbox for a dead node that owned it, and tells the node, which may live.
--
-- The answer must reach somebody who then takes the consumer off the user's list. So the node's
-- name stays in the field orphanOf and the consumer in its set until the mailbox is claimed or the
-- node is removed: whoever asks again gets the same answer.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 dead node
--       3 life of the mailbox from now on, ms
--       4 prefix of the channels
-- returns {user, fence}, or {} if the node did not own it any more
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, dead_node, life_ms, channel_prefix = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local fields = redis.call('HMGET', consumer_key, 'node', 'orphanOf', 'user', 'fence')
local node, orphan_of, user, fence = fields[1], fields[2], fields[3], fields[4]
if node == dead_node then
  redis.call('HDEL', consumer_key, 'node')
  redis.call('HSET', consumer_key, 'orphanOf', dead_node)
  redis.call('PEXPIRE', consumer_key, life_ms)
  push(sequences_key, channel_prefix, dead_node, table.concat({'O', consumer, fence}, '\t'))
elseif orphan_of ~= dead_node then
  return {}
end
return {user, fence}
