-- Puts a consumer into a room, unless it is there, and tells the owner.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 room
--       3 position to start from, '<epoch>:<offset>'
--       4 life of the mailbox if it is made now, ms
--       5 prefix of the channels
-- returns 1 if that changed something, else 0
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, room, start = ARGV[1], ARGV[2], ARGV[3]
local life_if_new_ms, channel_prefix = ARGV[4], ARGV[5]

local is_new = redis.call('EXISTS', consumer_key) == 0
if redis.call('HSETNX', consumer_key, 'r:' .. room, start) == 0 then
  return 0
end
if is_new then
  redis.call('PEXPIRE', consumer_key, life_if_new_ms)
end
local node = redis.call('HGET', consumer_key, 'node')
if node then
  push(sequences_key, channel_prefix, node, table.concat({'J', consumer, room, start}, '\t'))
end
return 1
