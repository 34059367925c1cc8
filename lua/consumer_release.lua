-- Writes an owner's last state and gives the mailbox up.
--
-- A mailbox that nobody owns since is written, too: doing it again, and doing it after another node
-- has given it up for this one, are harmless and keep what only this node knows.
--
-- KEYS  1 consumer  hash
--       2 owned     set of the consumers that the node owns on this partition
-- ARGV  1 consumer
--       2 node
--       3 fence of the owner
--       4 life of the mailbox from now on, ms
--       5… the state, see write_state
-- returns 1 if the fence was right, else 0
local consumer_key, owned_key = KEYS[1], KEYS[2]
local consumer, node, fence, life_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local fields = redis.call('HMGET', consumer_key, 'fence', 'node', 'orphanOf')
if fields[1] ~= fence or (fields[2] and fields[2] ~= node) then
  return 0
end
write_state(consumer_key, 5)
redis.call('HDEL', consumer_key, 'node')
if ARGV[5] ~= '=' then
  -- All that was noted is in it.
  redis.call('HDEL', consumer_key, 'written')
end
if fields[3] == node then
  redis.call('HDEL', consumer_key, 'orphanOf')
end
redis.call('PEXPIRE', consumer_key, life_ms)
redis.call('SREM', owned_key, consumer)
return 1
