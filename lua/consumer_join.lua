-- Puts a consumer into a room, unless it is there, and tells the owner.
--
-- KEYS  1 consumer   hash
--       2 sequences  hash nodeId -> number of pushes
-- ARGV  1 consumer
--       2 room
--       3 position to start from, '<epoch>:<offset>'
--       4 life of the mailbox if it is made now, ms
--       5 prefix of the channels
--       6 in how many rooms a consumer may be
-- returns 1 if that changed something, 0 if it is there, -1 if it is in too many
local consumer_key, sequences_key = KEYS[1], KEYS[2]
local consumer, room, start = ARGV[1], ARGV[2], ARGV[3]
local life_if_new_ms, channel_prefix, max_rooms = ARGV[4], ARGV[5], tonumber(ARGV[6])

if redis.call('HEXISTS', consumer_key, 'r:' .. room) == 1 then
  return 0
end
local rooms = redis.call('HLEN', consumer_key)
local other_fields = {'user', 'device', 'node', 'fence', 'written', 'handover', 'batch', 'orphanOf'}
for _, value in ipairs(redis.call('HMGET', consumer_key, unpack(other_fields))) do
  if value then
    rooms = rooms - 1
  end
end
if rooms >= max_rooms then
  return -1
end
local is_new = redis.call('EXISTS', consumer_key) == 0
redis.call('HSET', consumer_key, 'r:' .. room, start)
if is_new then
  redis.call('PEXPIRE', consumer_key, life_if_new_ms)
end
local owner = redis.call('HMGET', consumer_key, 'node', 'fence')
local node, fence = owner[1], owner[2]
if node then
  push(sequences_key, channel_prefix, node, table.concat({'J', consumer, room, start, fence}, '\t'))
end
return 1
