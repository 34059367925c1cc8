-- Removes what one partition holds of a node that is gone. To be repeated until nothing is left.
--
-- The keys of the rooms and consumers follow from the members of the node's sets: they share this
-- partition's hash slot.
--
-- KEYS  1 rooms      set of the rooms that the node watches on this partition
--       2 owned      set of the consumers that the node owns on this partition
--       3 sequences  hash nodeId -> number of pushes
--       4 notes      hash of what the node has noted of the consumers of some partitions, this one
--                    included; lives on for those who come back
-- ARGV  1 node
--       2 prefix of the rooms' hashes
--       3 prefix of the hashes nodeId -> '<number of members> <version>'
--       4 prefix of the consumers' hashes
--       5 life of a room without watching nodes, ms
--       6 life of a mailbox that the node still owns, ms
--       7 how many rooms and how many consumers to handle in this step
-- returns how many rooms and consumers are left
local rooms_key, owned_key, sequences_key = KEYS[1], KEYS[2], KEYS[3]
local notes_key = KEYS[4]
local node, room_prefix, nodes_prefix, consumer_prefix = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local room_life_ms, mailbox_life_ms, step = ARGV[5], ARGV[6], ARGV[7]

for _, room in ipairs(redis.call('SRANDMEMBER', rooms_key, step)) do
  local nodes_key = nodes_prefix .. room
  redis.call('HDEL', nodes_key, node)
  keep_room(room_prefix .. room, nodes_key, room_life_ms)
  redis.call('SREM', rooms_key, room)
end
for _, consumer in ipairs(redis.call('SRANDMEMBER', owned_key, step)) do
  local consumer_key = consumer_prefix .. consumer
  local fields = redis.call('HMGET', consumer_key, 'node', 'orphanOf')
  if fields[1] == node then
    redis.call('HDEL', consumer_key, 'node')
    redis.call('PEXPIRE', consumer_key, mailbox_life_ms)
  end
  if fields[2] == node then
    redis.call('HDEL', consumer_key, 'orphanOf')
  end
  redis.call('SREM', owned_key, consumer)
end
redis.call('HDEL', sequences_key, node)
redis.call('PEXPIRE', notes_key, mailbox_life_ms)
return redis.call('SCARD', rooms_key) + redis.call('SCARD', owned_key)
