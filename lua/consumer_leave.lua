-- Takes a consumer out of a room and tells the owner.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 room
--       3 the room's end, '<epoch>:<offset>': what was published up to it still goes out
--       4 prefix of the channels
-- returns 1 if that changed something, else 0
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, room, last, channel_prefix = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

-- Read before: a room may be all that the mailbox has, and while the slot moves to another master
-- Redis refuses to look at a hash that has lost its last field.
local owner = redis.call('HMGET', consumer_key, 'node', 'fence')
local node, fence = owner[1], owner[2]
if redis.call('HDEL', consumer_key, 'r:' .. room) == 0 then
  return 0
end
if node then
  push(sequences_key, channel_prefix, node, table.concat({'L', consumer, room, last, fence}, '\t'))
end
return 1
